import Diagnostics
import Files

/// Another repository whose files Git puts into a folder of this one.
struct Submodule: Sendable {
  /// The folder, from the root of the repository.
  var path: RepoPath
  /// Where the repository is.
  var url: String

  /// What `.gitmodules` in the root of `tree` lists, in Git's format for configurations.
  static func all(in tree: any FileTree) throws(FileError) -> [Submodule] {
    guard let file = try tree.file(at: RepoPath.root.child(".gitmodules")) else { return [] }
    var found: [Submodule] = []
    var path: RepoPath?
    var url = ""
    func enter() {
      if let path, path != .root { found.append(Submodule(path: path, url: url)) }
    }
    for line in String(decoding: file.bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
      let text = line.trimmingSpaces
      if text.hasPrefix("[") {
        enter()
        (path, url) = (nil, "")
      }
      guard let separator = text.firstIndex(of: "=") else { continue }
      let value = text[text.index(after: separator)...].trimmingSpaces.trimmingQuotes
      switch text[..<separator].trimmingSpaces {
      case "path": path = RepoPath(clamping: String(value))
      case "url": url = String(value)
      default: break
      }
    }
    enter()
    return found
  }
}

/// A submodule whose files are not in an artifact.
struct AbsentSubmodule: Sendable {
  var submodule: Submodule
  /// Whether the source fetches it, so that only the analysis lacks it.
  var isFetched: Bool
}

extension Substring {
  fileprivate var trimmingSpaces: Substring {
    let blank: Set<Character> = [" ", "\t"]
    var rest = drop { blank.contains($0) }
    while let last = rest.last, blank.contains(last) { rest.removeLast() }
    return rest
  }

  fileprivate var trimmingQuotes: Substring {
    guard count > 1, first == "\"", last == "\"" else { return self }
    return dropFirst().dropLast()
  }
}
