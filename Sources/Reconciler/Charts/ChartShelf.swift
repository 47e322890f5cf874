import Diagnostics
import Files
import Helm
import Pattern
import Versions
import YAML

/// The charts at hand: folders and archives below the chart directories, by name and version.
///
/// Layouts: a chart's folder anywhere below (`ingress-nginx/Chart.yaml`), archives as `helm pull` and Helm 3's cache leave
/// them (`ingress-nginx-4.15.1.tgz`; by digest `ingress-nginx@sha256-….tgz`), and Helm 4's cache, whose archives have the
/// names of their digests (`content/ab/ab….chart`).
public struct ChartShelf: Sendable {
  /// A directory with charts.
  public struct Directory: Sendable {
    /// Its files.
    public var tree: any FileTree
    /// Whether it is a part of the repository, so that places in its files mean something to a reader of the report.
    public var isInRepository: Bool

    /// A directory with charts.
    public init(_ tree: any FileTree, isInRepository: Bool) {
      self.tree = tree
      self.isInRepository = isInRepository
    }
  }

  /// One version of a chart.
  struct Copy: Sendable {
    var version: Version
    var path: RepoPath
    var directory: Directory
    var directoryNumber: Int
    var isArchive: Bool
  }

  private var copies: [String: [Copy]] = [:]
  /// Archives by their names without `.tgz`.
  private var archives: [String: Copy] = [:]
  /// As deep as charts are looked for below a directory.
  private static let maximumDepth = 4

  /// The charts below `directories`; where two are the same, the first counts.
  public init(_ directories: [Directory] = []) {
    for (number, directory) in directories.enumerated() { collect(below: .root, of: directory, number, depth: 0) }
  }

  private mutating func collect(below path: RepoPath, of directory: Directory, _ number: Int, depth: Int) {
    guard depth <= Self.maximumDepth, let entries = try? directory.tree.entries(of: path) else { return }
    if entries.contains(where: { $0.name == "Chart.yaml" && $0.kind == .file }) {
      addFolder(path, of: directory, number)
      return
    }
    for entry in entries {
      switch entry.kind {
      case .directory: collect(below: path.child(entry.name), of: directory, number, depth: depth + 1)
      case .file where entry.name.hasSuffix(".tgz"): addArchive(path.child(entry.name), of: directory, number)
      case .file where entry.name.hasSuffix(".chart"): addCached(path.child(entry.name), of: directory, number)
      default: break
      }
    }
  }

  private mutating func addFolder(_ path: RepoPath, of directory: Directory, _ number: Int) {
    guard let file = try? directory.tree.file(at: path.child("Chart.yaml")),
      let root = try? YAMLReader.readFirst(file)?.root, let name = root["name"]?.scalar?.text,
      let version = root["version"]?.scalar.flatMap({ try? Version($0.text) })
    else { return }
    add(
      Copy(version: version, path: path, directory: directory, directoryNumber: number, isArchive: false), name: name)
  }

  /// An archive whose name tells nothing: it is opened.
  private mutating func addCached(_ path: RepoPath, of directory: Directory, _ number: Int) {
    guard let file = try? directory.tree.file(at: path), let chart = try? ChartLoader.load(archive: file),
      let version = try? Version(chart.metadata.version)
    else { return }
    add(
      Copy(version: version, path: path, directory: directory, directoryNumber: number, isArchive: true),
      name: chart.metadata.name)
  }

  /// `name-version.tgz`: the version starts behind the first dash that a version can follow.
  private mutating func addArchive(_ path: RepoPath, of directory: Directory, _ number: Int) {
    let stem = path.name.dropLast(".tgz".count)
    var copy = Copy(
      version: Version(0, 0, 0), path: path, directory: directory, directoryNumber: number, isArchive: true)
    if archives[String(stem)] == nil { archives[String(stem)] = copy }
    for dash in stem.indices where stem[dash] == "-" {
      let text = stem[stem.index(after: dash)...]
      guard (try? Version(strict: String(text.first == "v" ? text.dropFirst() : text))) != nil,
        let version = try? Version(String(text))
      else { continue }
      copy.version = version
      add(copy, name: String(stem[..<dash]))
      return
    }
  }

  private mutating func add(_ copy: Copy, name: String) {
    guard !copies[name, default: []].contains(where: { $0.version == copy.version }) else { return }
    copies[name, default: []].append(copy)
  }

  /// The newest copy of a chart that `constraint` allows, as source-controller chooses it. With a `filter` only versions
  /// count that the regular expression matches; one that is none lets nothing through.
  func newest(_ name: String, allowedBy constraint: String, filter: String? = nil) -> Copy? {
    let range = try? Constraint(constraint.isEmpty ? "*" : constraint)
    let pattern = filter.flatMap { $0.isEmpty ? nil : $0 }.map { text in try? Pattern(text) }
    let allowed = (copies[name] ?? []).filter { copy in
      if let pattern {
        guard let pattern, (try? pattern.matches(copy.version.original)) == true else { return false }
      }
      // An exact version is compared as text first: constraints leave pre-releases out.
      return copy.version.original == constraint || range?.allows(copy.version) ?? false
    }
    return allowed.max { $0.version < $1.version }
  }

  /// The copy of a chart with this tag, which has `_` where a version has `+`, and may have a `v` in front.
  func copy(of name: String, tag: String) -> Copy? {
    let text = tag.split(separator: "_", omittingEmptySubsequences: false).joined(separator: "+")
    let wanted = try? Version(text)
    let same = copies[name]?.first { copy in
      copy.version.original == text
        || wanted.map { $0.compare(copy.version) == 0 && $0.metadata == copy.version.metadata } ?? false
    }
    return same ?? archives["\(name)-\(tag)"]
  }

  /// The copy of a chart that was pulled by its digest.
  func copy(of name: String, digest: String) -> Copy? {
    archives["\(name)@\(digest.split(separator: ":").joined(separator: "-"))"]
  }

  /// The versions of a chart that are at hand, newest first: what to say where none fits.
  func versions(of name: String) -> [String] {
    (copies[name] ?? []).sorted { $1.version < $0.version }.map(\.version.original)
  }
}
