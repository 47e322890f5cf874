import Diagnostics
import Files

/// Reads charts from folders and archives.
public enum ChartLoader {
  /// Files larger than this are refused, as Helm does.
  static let largestFile = 5 << 20
  /// Links to folders may lead this deep.
  private static let deepestFolder = 64

  /// The chart at a path of a tree: a folder, or an archive.
  public static func load(_ path: RepoPath, in tree: some FileTree) throws(HelmError) -> Chart {
    let isDirectory = try reading { () throws(FileError) in try isFolder(path, tree) }
    if isDirectory {
      let metadata = path.child("Chart.yaml")
      guard try reading({ () throws(FileError) in try tree.file(at: metadata) }) != nil else {
        throw HelmError(.chart, "unable to detect chart at \(metadata): no such file or directory")
      }
      var budget = LoadBudget()
      let found = try files(of: path, in: tree, &budget)
      return try built(found, &budget)
    }
    guard let file = try reading({ () throws(FileError) in try tree.file(at: path) }) else {
      throw HelmError(.chart, "path \(Self.quoted(path.string)) not found")
    }
    return try load(archive: file)
  }

  /// The files that a chart's archive holds: those of an archive, or of a folder that would be packed.
  public static func packedFiles(_ path: RepoPath, in tree: some FileTree) throws(HelmError) -> [Chart.File] {
    var budget = LoadBudget()
    if try reading({ () throws(FileError) in try isFolder(path, tree) }) {
      return try files(of: path, in: tree, &budget)
    }
    guard let file = try reading({ () throws(FileError) in try tree.file(at: path) }) else {
      throw HelmError(.chart, "path \(Self.quoted(path.string)) not found")
    }
    return try ChartArchive.files(in: file, &budget)
  }

  /// The chart of an archive.
  public static func load(archive: SourceFile) throws(HelmError) -> Chart {
    var budget = LoadBudget()
    let found = try ChartArchive.files(in: archive, &budget)
    guard found.contains(where: { $0.name == "Chart.yaml" }) else {
      throw HelmError(
        .chart, "unable to detect chart version, no Chart.yaml found", at: Location(file: archive))
    }
    return try built(found, &budget)
  }

  private static func built(_ files: [Chart.File], _ budget: inout LoadBudget) throws(HelmError) -> Chart {
    let chart = try ChartBuilder.build(files, &budget)
    guard ["v1", "v2"].contains(chart.metadata.apiVersion) else {
      throw HelmError(
        .chart, "unsupported chart version", at: chart.metadataFile.map { Location(file: $0.source) })
    }
    return chart
  }

  private static func quoted(_ text: String) -> String { "\"\(text)\"" }

  private static func reading<T>(_ body: () throws(FileError) -> T) throws(HelmError) -> T {
    do throws(FileError) {
      return try body()
    } catch {
      throw HelmError(.chart, error.message, at: error.location)
    }
  }

  private static func isFolder(_ path: RepoPath, _ tree: some FileTree) throws(FileError) -> Bool {
    if path == .root { return true }
    switch try tree.kind(of: path) {
    case .directory: return true
    case .link: return try tree.entries(of: path) != nil
    default: return false
    }
  }

  private static func files(
    of folder: RepoPath, in tree: some FileTree, _ budget: inout LoadBudget
  ) throws(HelmError) -> [Chart.File] {
    let ignoreFile = try reading { () throws(FileError) in try tree.file(at: folder.child(".helmignore")) }
    let rules = try IgnoreRules(ignoreFile.map { String(decoding: $0.bytes, as: UTF8.self) } ?? "")
    var found: [Chart.File] = []
    try walk(folder, "", tree, rules, depth: 0, &found, &budget)
    return found
  }

  private static func walk(
    _ folder: RepoPath, _ prefix: String, _ tree: some FileTree, _ rules: IgnoreRules, depth: Int,
    _ found: inout [Chart.File], _ budget: inout LoadBudget
  ) throws(HelmError) {
    guard depth < deepestFolder else { throw HelmError(.chart, "folders nest too deep at '\(folder)'") }
    let entries = try reading { () throws(FileError) in try tree.entries(of: folder) } ?? []
    for entry in entries {
      try budget.take(files: 1)
      let (path, name) = (folder.child(entry.name), prefix + entry.name)
      let isDirectory = try reading { () throws(FileError) in try isFolder(path, tree) }
      if rules.ignores(name, isDirectory: isDirectory) { continue }
      if isDirectory {
        try walk(path, name + "/", tree, rules, depth: depth + 1, &found, &budget)
        continue
      }
      guard entry.kind != .special, let file = try reading({ () throws(FileError) in try tree.file(at: path) }) else {
        throw HelmError(.chart, "cannot load irregular file \(path) as it has file mode type bits set")
      }
      guard file.bytes.count <= largestFile else {
        throw HelmError(
          .chart, "chart file \(quoted(entry.name)) is larger than the maximum file size \(largestFile)")
      }
      try budget.take(bytes: file.bytes.count)
      found.append(Chart.File(name: name, source: withoutMark(file)))
    }
  }

  /// The file without a byte order mark.
  static func withoutMark(_ file: SourceFile) -> SourceFile {
    guard file.bytes.starts(with: [0xEF, 0xBB, 0xBF]) else { return file }
    return SourceFile(path: file.path, bytes: Array(file.bytes.dropFirst(3)))
  }
}
