import CLibArchive
import Diagnostics

/// Reads the files of a chart's `.tgz` in memory. Nothing is written, and no name may lead out of the chart.
enum ChartArchive {
  /// All files of an archive together may not be larger, as in Helm.
  static let largestTotal = 100 << 20
  private static let chunk = 64 << 10

  static func files(in archive: SourceFile, _ budget: inout LoadBudget) throws(HelmError) -> [Chart.File] {
    guard archive.bytes.starts(with: [0x1F, 0x8B]) else {
      throw HelmError(.chart, complaint(archive), at: Location(file: archive))
    }
    guard let reader = unsafe archive_read_new() else { throw HelmError(.chart, "cannot read archives") }
    defer { unsafe archive_read_free(reader) }
    unsafe archive_read_support_filter_gzip(reader)
    unsafe archive_read_support_format_tar(reader)
    return try unsafe archive.bytes.withUnsafeBufferPointer { buffer throws(HelmError) -> [Chart.File] in
      guard unsafe archive_read_open_memory(reader, buffer.baseAddress, buffer.count) == ARCHIVE_OK else {
        throw unsafe failure(reader, archive)
      }
      return try unsafe entries(reader, archive, &budget)
    }
  }

  /// Helm looks at the first 512 bytes of a file; where it is shorter, zeros follow.
  private static func complaint(_ archive: SourceFile) -> String {
    if archive.path.hasSuffix(".yml") || archive.path.hasSuffix(".yaml") {
      return "file '\(archive.path)' seems to be a YAML file, but expected a gzipped archive"
    }
    let head = archive.bytes.prefix(512)
    let isText = head.count == 512 && head.allSatisfy { $0 >= 0x20 || [0x09, 0x0A, 0x0C, 0x0D, 0x1B].contains($0) }
    let kind = isText ? "text/plain; charset=utf-8" : "application/octet-stream"
    return "file '\(archive.path)' does not appear to be a gzipped archive; got '\(kind)'"
  }

  private static func failure(_ reader: OpaquePointer, _ archive: SourceFile) -> HelmError {
    let reason = unsafe archive_error_string(reader).map { unsafe String(cString: $0) } ?? "unreadable"
    return HelmError(.chart, "cannot read archive: \(reason)", at: Location(file: archive))
  }

  private static func entries(
    _ reader: OpaquePointer, _ archive: SourceFile, _ budget: inout LoadBudget
  ) throws(HelmError) -> [Chart.File] {
    var files: [Chart.File] = []
    var remaining = largestTotal
    var entry: OpaquePointer?
    while true {
      let status = unsafe archive_read_next_header(reader, &entry)
      if status == ARCHIVE_EOF { break }
      guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry = unsafe entry else {
        throw unsafe failure(reader, archive)
      }
      // Folders are known by the files in them.
      if unsafe archive_entry_filetype(entry) & 0o170000 == 0o040000 { continue }
      let path = unsafe archive_entry_pathname(entry).map { unsafe String(cString: $0) } ?? ""
      try budget.take(files: 1, bytes: path.utf8.count)
      let name = try innerName(path)
      let bytes = try unsafe content(reader, archive, path, &remaining)
      try budget.take(bytes: bytes.count)
      let source = SourceFile(path: "\(archive.path)/\(path)", bytes: bytes)
      files.append(Chart.File(name: name, source: ChartLoader.withoutMark(source)))
    }
    guard !files.isEmpty else { throw HelmError(.chart, "no files in chart archive", at: Location(file: archive)) }
    return files
  }

  private static func content(
    _ reader: OpaquePointer, _ archive: SourceFile, _ path: String, _ remaining: inout Int
  ) throws(HelmError) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: chunk)
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { unsafe archive_read_data(reader, $0.baseAddress, chunk) }
      if count == 0 { return bytes }
      guard count > 0 else { throw unsafe failure(reader, archive) }
      remaining -= count
      guard remaining > 0 else {
        throw HelmError(.chart, "decompressed chart is larger than the maximum size \(largestTotal)")
      }
      bytes += buffer[..<count]
      guard bytes.count <= ChartLoader.largestFile else {
        throw HelmError(
          .chart,
          "decompressed chart file \"\(path)\" is larger than the maximum file size \(ChartLoader.largestFile)")
      }
    }
  }

  /// The path without the folder of the chart.
  private static func innerName(_ path: String) throws(HelmError) -> String {
    let delimiter: Character = path.contains("\\") ? "\\" : "/"
    let parts = path.split(separator: delimiter, omittingEmptySubsequences: false)
    guard parts.first != "Chart.yaml" else { throw HelmError(.chart, "chart yaml not in base directory") }
    let inner = parts.dropFirst()
    if inner.count > 1 && inner.first == "" { throw HelmError(.chart, "chart illegally contains absolute paths") }
    var cleaned: [Substring] = []
    for part in inner where !part.isEmpty && part != "." {
      if part == ".." {
        guard cleaned.popLast() != nil else { throw HelmError(.chart, "chart illegally references parent directory") }
      } else {
        cleaned.append(part)
      }
    }
    guard let first = cleaned.first else {
      throw HelmError(.chart, "chart illegally contains content outside the base directory: \"\(path)\"")
    }
    if first.utf8.count == 2, first.last == ":", cleaned.count > 1 {
      throw HelmError(.chart, "chart contains illegally named files")
    }
    return cleaned.joined(separator: "/")
  }
}
