import Diagnostics
import Files
import YAML

/// What inputs are made from.
struct FuzzCorpus {
  /// A folder with everything below it.
  struct Tree {
    var files: [(path: RepoPath, bytes: [UInt8])]
  }

  /// A directory of a tree that something begins with.
  struct Start {
    /// The position in ``trees``.
    var tree: Int
    var directory: RepoPath
  }

  /// Larger files make slow cases and find nothing more.
  private static let maximumFileBytes = 64 << 10

  /// YAML and JSON files.
  private(set) var documents: [[UInt8]] = []
  /// Texts with variables.
  private(set) var substitutions: [[UInt8]] = []
  /// Go templates.
  private(set) var templates: [[UInt8]] = []
  /// Expressions in CEL.
  private(set) var expressions: [[UInt8]] = []
  /// Folders, such as a test case or a repository.
  private(set) var trees: [Tree] = []
  /// Directories with a kustomization file.
  private(set) var kustomizations: [Start] = []
  /// Directories with a chart.
  private(set) var charts: [Start] = []
  /// Trees that are Flux repositories.
  private(set) var repositories: [Start] = []

  /// Reads folders. A folder's own folders are the trees; tables of cases give texts with variables and templates.
  init(_ directories: [String]) throws {
    for directory in directories {
      let disk = try DiskTree(root: directory)
      for entry in try disk.entries(of: .root) ?? [] {
        let path = RepoPath.root.child(entry.name)
        switch entry.kind {
        case .directory: try addTree(at: path, of: disk)
        case .file: try addTable(at: path, of: disk)
        case .link, .special: break
        }
      }
    }
  }

  private mutating func addTree(at root: RepoPath, of disk: DiskTree) throws {
    var tree = Tree(files: [])
    for path in try TreeWalk(disk, below: root).files {
      guard let bytes = (try? disk.file(at: path))??.bytes, bytes.count <= Self.maximumFileBytes,
        let own = path.relative(to: root)
      else { continue }
      tree.files.append((own, bytes))
      if own.name.hasSuffix(".yaml") || own.name.hasSuffix(".yml") { documents.append(bytes) }
      if own.string.contains("templates/") { templates.append(bytes) }
    }
    addStarts(in: tree)
    trees.append(tree)
  }

  private mutating func addStarts(in tree: Tree) {
    for (path, bytes) in tree.files {
      guard let directory = path.parent else { continue }
      let start = Start(tree: trees.count, directory: directory)
      switch path.name {
      case "kustomization.yaml", "kustomization.yml", "Kustomization": kustomizations.append(start)
      case "Chart.yaml": charts.append(start)
      default: break
      }
      let isFlux = String(decoding: bytes, as: UTF8.self).contains("kustomize.toolkit.fluxcd.io")
      if isFlux, repositories.last?.tree != trees.count {
        repositories.append(Start(tree: trees.count, directory: .root))
      }
    }
  }

  private mutating func addTable(at path: RepoPath, of disk: DiskTree) throws {
    guard path.name.hasSuffix(".json") || path.name.hasSuffix(".yaml"), let file = try disk.file(at: path) else {
      return
    }
    if file.bytes.count <= Self.maximumFileBytes { documents.append(file.bytes) }
    let root = (try? YAMLReader.read(file))?.first?.root
    for test in (root?["section"]?.sequence ?? []).flatMap({ $0["test"]?.sequence ?? [] }) {
      if let expression = test["expr"]?.scalar { expressions.append(Array(expression.text.utf8)) }
    }
    for one in root?["cases"]?.sequence ?? [] {
      if let expression = one["expression"]?.scalar { expressions.append(Array(expression.text.utf8)) }
      if let input = one["input"]?.scalar { substitutions.append(Array(input.text.utf8)) }
      if let template = one["template"]?.scalar { templates.append(Array(template.text.utf8)) }
    }
  }
}
