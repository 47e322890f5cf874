import Diagnostics
import Files
import Foundation

/// The checkout that the tests belong to.
public enum Repository {
  /// Its root on the disk.
  public static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The text of a file, by its path from the root.
  public static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  /// Whether a file or directory stands there.
  public static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root.appendingPathComponent(path).path)
  }

  /// The paths of all files below a directory, from the root, sorted.
  public static func files(below directory: String) -> [String] {
    let base = root.appendingPathComponent(directory)
    guard let found = FileManager.default.enumerator(at: base, includingPropertiesForKeys: [.isRegularFileKey]) else {
      return []
    }
    var paths: [String] = []
    for case let url as URL in found {
      guard (try? url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true else { continue }
      paths.append(String(url.standardizedFileURL.path.dropFirst(root.standardizedFileURL.path.count + 1)))
    }
    return paths.sorted()
  }

  /// The files below some directories as a tree, each under its path from the root.
  public static func tree(_ directories: [String]) throws -> MemoryTree {
    var tree = MemoryTree()
    for path in directories.flatMap(files) {
      let bytes = [UInt8](try Data(contentsOf: root.appendingPathComponent(path)))
      tree.insert(SourceFile(path: path, bytes: bytes), at: try RepoPath(path))
    }
    return tree
  }
}
