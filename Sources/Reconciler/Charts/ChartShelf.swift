import Diagnostics
import Files
import Helm
import Versions
import YAML

/// The charts at hand: folders and archives below the chart directories, by name and version.
///
/// Layouts: a chart's folder anywhere below (`ingress-nginx/Chart.yaml`), archives as `helm pull` and Helm's cache leave
/// them (`ingress-nginx-4.15.1.tgz`).
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
    var isArchive: Bool
  }

  private var copies: [String: [Copy]] = [:]
  /// As deep as charts are looked for below a directory.
  private static let maximumDepth = 4

  /// The charts below `directories`; where two are the same, the first counts.
  public init(_ directories: [Directory] = []) {
    for directory in directories { collect(below: .root, of: directory, depth: 0) }
  }

  private mutating func collect(below path: RepoPath, of directory: Directory, depth: Int) {
    guard depth <= Self.maximumDepth, let entries = try? directory.tree.entries(of: path) else { return }
    if entries.contains(where: { $0.name == "Chart.yaml" && $0.kind == .file }) {
      addFolder(path, of: directory)
      return
    }
    for entry in entries {
      switch entry.kind {
      case .directory: collect(below: path.child(entry.name), of: directory, depth: depth + 1)
      case .file where entry.name.hasSuffix(".tgz"): addArchive(path.child(entry.name), of: directory)
      default: break
      }
    }
  }

  private mutating func addFolder(_ path: RepoPath, of directory: Directory) {
    guard let file = try? directory.tree.file(at: path.child("Chart.yaml")),
      let root = try? YAMLReader.readFirst(file)?.root, let name = root["name"]?.scalar?.text,
      let version = root["version"]?.scalar.flatMap({ try? Version($0.text) })
    else { return }
    add(Copy(version: version, path: path, directory: directory, isArchive: false), name: name)
  }

  /// `name-version.tgz`: the version starts behind the first dash that a version can follow.
  private mutating func addArchive(_ path: RepoPath, of directory: Directory) {
    let stem = path.name.dropLast(".tgz".count)
    for dash in stem.indices where stem[dash] == "-" {
      guard let version = try? Version(strict: String(stem[stem.index(after: dash)...])) else { continue }
      add(Copy(version: version, path: path, directory: directory, isArchive: true), name: String(stem[..<dash]))
      return
    }
  }

  private mutating func add(_ copy: Copy, name: String) {
    guard !copies[name, default: []].contains(where: { $0.version == copy.version }) else { return }
    copies[name, default: []].append(copy)
  }

  /// The newest copy of a chart that `constraint` allows, as source-controller chooses it.
  func newest(_ name: String, allowedBy constraint: String) -> Copy? {
    let allowed = (copies[name] ?? []).filter { copy in
      // An exact version is compared as text first: constraints leave pre-releases out.
      if copy.version.original == constraint { return true }
      return (try? Constraint(constraint.isEmpty ? "*" : constraint))?.allows(copy.version) ?? false
    }
    return allowed.max { $0.version < $1.version }
  }

  /// The versions of a chart that are at hand, newest first: what to say where none fits.
  func versions(of name: String) -> [String] {
    (copies[name] ?? []).sorted { $1.version < $0.version }.map(\.version.original)
  }
}
