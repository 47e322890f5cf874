import Diagnostics

/// Reads the files of a chart's `.tgz` in memory. Nothing is written, and no name may lead out of the chart.
enum ChartArchive {
  /// All files of an archive together may not be larger, as in Helm.
  static let largestTotal = 100 << 20

  static func files(in archive: SourceFile, _ budget: inout LoadBudget) throws(HelmError) -> [Chart.File] {
    let entries: [TarArchive.Entry]
    do {
      entries = try TarArchive.entries(
        of: archive,
        limits: .init(total: largestTotal, file: ChartLoader.largestFile, entries: LoadBudget.mostFiles))
    } catch {
      throw failure(error, archive)
    }
    var files: [Chart.File] = []
    // Folders are known by the files in them.
    for entry in entries where entry.kind != .directory {
      try budget.take(files: 1, bytes: entry.path.utf8.count + entry.bytes.count)
      let source = SourceFile(path: "\(archive.path)/\(entry.path)", bytes: entry.bytes)
      files.append(Chart.File(name: try innerName(entry.path), source: ChartLoader.withoutMark(source)))
    }
    guard !files.isEmpty else { throw HelmError(.chart, "no files in chart archive", at: Location(file: archive)) }
    return files
  }

  private static func failure(_ failure: TarArchive.Failure, _ archive: SourceFile) -> HelmError {
    switch failure {
    case .notGzip: HelmError(.chart, complaint(archive), at: Location(file: archive))
    case .damaged(let reason): HelmError(.chart, "cannot read archive: \(reason)", at: Location(file: archive))
    case .tooMany(let limit): HelmError(.chart, "chart has more than \(limit) files")
    case .tooLarge(let limit):
      HelmError(.chart, "decompressed chart is larger than the maximum size \(limit)")
    case .fileTooLarge(let path, let limit):
      HelmError(.chart, "decompressed chart file \"\(path)\" is larger than the maximum file size \(limit)")
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
