import Diagnostics
import Documents
import Files

/// The words in what a build left out, by which an object that it may have held is recognised.
///
/// What is left out cannot be read as YAML, or not be built, so only its text is left to go by: that of the files, and
/// of what Kustomizations among them name by `path` and kustomization files by their entries.
struct LostWords {
  /// Files that are looked into; where there are more, anything may be in them.
  static let fileLimit = 2_000

  private let tree: any DocumentTree
  private var seen: Set<RepoPath> = []
  private var files = 0
  private var words: Set<String> = []

  private init(_ tree: any DocumentTree) {
    self.tree = tree
  }

  /// The words at `paths` of `tree`; nil where they cannot be told.
  static func words(at paths: [RepoPath?], in tree: any DocumentTree) -> Set<String>? {
    var lost = LostWords(tree)
    for path in paths {
      guard let path, lost.add(path, depth: 0) else { return nil }
    }
    return lost.words
  }

  private mutating func add(_ path: RepoPath, depth: Int) -> Bool {
    guard depth <= ManifestScan.depthLimit, files <= Self.fileLimit else { return false }
    guard seen.insert(path).inserted else { return true }
    if let entries = try? tree.entries(of: path) {
      return entries.allSatisfy { $0.kind == .special || add(path.child($0.name), depth: depth + 1) }
    }
    files += 1
    // Nothing there: an entry for a file that is missing, or a path in another source.
    guard let file = (try? tree.file(at: path)) ?? nil else { return depth > 0 }
    var folders: [RepoPath] = []
    let isKustomization = path.name.hasPrefix("kustomization.") || path.name == "Kustomization"
    for line in file.bytes.split(separator: UInt8(ascii: "\n")) {
      let found = line.split { !$0.isNamePart }.map { String(decoding: $0, as: UTF8.self) }
      words.formUnion(found.lazy.filter { $0.utf8.count > 2 })
      if isKustomization { folders += entries(in: line, of: path) }
      guard let key = found.firstIndex(of: "path"), key + 1 < found.count else { continue }
      let rest = line.split(whereSeparator: { !$0.isNamePart && $0 != UInt8(ascii: "/") })
      if let text = rest.last, let folder = RepoPath(clamping: String(decoding: text, as: UTF8.self)), folder != .root {
        folders.append(folder)
      }
    }
    // The names of what a ResourceSet makes are in its inputs, which can come from anywhere.
    if words.contains("ResourceSet") { return false }
    return folders.allSatisfy { add($0, depth: depth + 1) }
  }

  /// What is there under the names in a line of a kustomization file.
  private func entries(in line: ArraySlice<UInt8>, of file: RepoPath) -> [RepoPath] {
    let names = line.split { !$0.isNamePart && $0 != UInt8(ascii: "/") }
    return names.compactMap { name in
      guard let path = try? file.parent?.appending(String(decoding: name, as: UTF8.self)), path != .root,
        !file.isInside(path), ((try? tree.kind(of: path)) ?? nil) != nil
      else { return nil }
      return path
    }
  }
}

extension UInt8 {
  /// Whether it can stand in the name of an object.
  fileprivate var isNamePart: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
