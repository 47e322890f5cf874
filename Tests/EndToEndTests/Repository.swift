import Foundation

/// The files of this repository that tests read.
enum Repository {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  static func isDirectory(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: root.appendingPathComponent(path).path, isDirectory: &isDirectory)
      && isDirectory.boolValue
  }

  /// All files below a directory, by their paths from there.
  static func texts(below directory: String) throws -> [String: String] {
    let base = root.appendingPathComponent(directory)
    var texts: [String: String] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: base.path) {
      let file = base.appendingPathComponent(path)
      if try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true {
        texts[path] = try String(contentsOf: file, encoding: .utf8)
      }
    }
    return texts
  }
}
