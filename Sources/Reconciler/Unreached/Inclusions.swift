import ClusterModel
import Diagnostics
import Files
import YAML

/// Which kustomization files name which files and folders, as they are written: also where nothing builds them.
struct Inclusions {
  /// An entry of a kustomization file.
  struct Entry {
    /// The folder of the kustomization file.
    var directory: RepoPath
    /// Where the entry stands.
    var place: Location
  }

  private var entries: [RepoPath: [Entry]] = [:]
  /// Where the kustomization file of each folder starts.
  private(set) var kustomizations: [RepoPath: Location] = [:]
  /// The `namespace` that the kustomization file of each folder sets.
  private(set) var namespaces: [RepoPath: String] = [:]

  private static let lists = [
    "resources", "bases", "components", "generators", "transformers", "validators", "configurations", "crds",
    "patchesStrategicMerge",
  ]

  init(_ files: [AnalysedFile]) {
    for file in files where ManifestScan.kustomizationNames.contains(file.path.name) {
      guard let directory = file.path.parent else { continue }
      kustomizations[directory] = Location(file: file.file)
      guard let root = file.documents.first?.root else { continue }
      namespaces[directory] = root["namespace"]?.scalar?.text
      for key in Self.lists {
        for item in root[key]?.sequence ?? [] { add(item, directory) }
      }
      for key in ["patches", "patchesJson6902", "replacements"] {
        for item in root[key]?.sequence ?? [] {
          if let path = item["path"] { add(path, directory) }
        }
      }
    }
  }

  private mutating func add(_ item: Node, _ directory: RepoPath) {
    guard let text = item.scalar?.text, !text.contains("://"), let path = try? directory.appending(text),
      path != directory
    else { return }
    entries[path, default: []].append(Entry(directory: directory, place: item.origin.location))
  }

  /// The folders whose kustomizations take in a file, directly or over others, the nearest first.
  func folders(takingIn file: RepoPath) -> [RepoPath] {
    var found: [RepoPath] = []
    var seen: Set = [file]
    var queue = [file]
    var next = 0
    while next < queue.count {
      for entry in entries(naming: queue[next]) where seen.insert(entry.directory).inserted {
        found.append(entry.directory)
        queue.append(entry.directory)
      }
      next += 1
    }
    return found
  }

  /// The entries that name a file or folder.
  func entries(naming path: RepoPath) -> [Entry] { entries[path] ?? [] }
}
