import Diagnostics
import Files
import Glibc
import YAML

/// A folder of a corpus on disk, read as it is.
struct CorpusFolder {
  let path: String
  private let tree: DiskTree

  /// The folder at `path`; nil where there is none.
  init?(_ path: String) {
    guard let tree = try? DiskTree(root: path) else { return nil }
    self.path = path
    self.tree = tree
  }

  /// The bytes of a file; nil where there is none.
  func bytes(_ relative: String) -> [UInt8]? {
    guard let path = try? RepoPath(relative) else { return nil }
    return (try? tree.file(at: path))??.bytes
  }

  /// The text of a file; nil where there is none.
  func text(_ relative: String) -> String? {
    bytes(relative).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The first document of a YAML or JSON file; nil where there is none or it cannot be read.
  func document(_ relative: String) -> Node? {
    guard var bytes = bytes(relative) else { return nil }
    if relative.hasSuffix(".json") { bytes = Self.escapingSeparators(bytes) }
    return (try? YAMLReader.read(SourceFile(path: relative, bytes: bytes)))?.first?.root
  }

  /// JSON with its line and paragraph separators escaped, which YAML takes for line breaks, and DEL, which it does not take.
  private static func escapingSeparators(_ bytes: [UInt8]) -> [UInt8] {
    var escaped: [UInt8] = []
    escaped.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if bytes[index] == 0xE2, bytes[index...].dropFirst().prefix(2).elementsEqual([0x80, 0xA8]) {
        escaped += Array("\\u2028".utf8)
        index += 3
      } else if bytes[index] == 0xE2, bytes[index...].dropFirst().prefix(2).elementsEqual([0x80, 0xA9]) {
        escaped += Array("\\u2029".utf8)
        index += 3
      } else if bytes[index] == 0x7F {
        escaped += Array("\\u007f".utf8)
        index += 1
      } else {
        escaped.append(bytes[index])
        index += 1
      }
    }
    return escaped
  }

  /// The names of the folders in this one, sorted.
  var folders: [String] {
    let entries = (try? tree.entries(of: .root)) ?? nil
    return (entries ?? []).filter { $0.kind == .directory }.map(\.name)
  }

  /// The lines of a table with tabs, without its head.
  func table(_ relative: String) -> [[String]] {
    (text(relative) ?? "").split(separator: "\n").dropFirst().map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }
}

extension SuiteResult {
  /// Counts a case, and prints a line where it failed.
  mutating func count(_ name: String, _ outcome: Outcome) {
    switch outcome {
    case .passed: passed += 1
    case .failed(let reason):
      failed += 1
      print("\(name): \(reason)")
    case .skipped(let reason):
      skipped += 1
      print("\(name): skipped, \(reason)")
    }
  }

  /// How a case went.
  enum Outcome {
    case passed
    case failed(String)
    case skipped(String)
  }
}

/// Shows where two texts part, in one line.
func firstDifference(_ actual: String, _ expected: String) -> String {
  let (left, right) = (
    actual.split(separator: "\n", omittingEmptySubsequences: false),
    expected.split(separator: "\n", omittingEmptySubsequences: false)
  )
  for index in 0..<max(left.count, right.count) {
    let (found, wanted) = (index < left.count ? left[index] : "<end>", index < right.count ? right[index] : "<end>")
    if found != wanted {
      return "line \(index + 1) is \(String(found).debugDescription), expected \(String(wanted).debugDescription)"
    }
  }
  return "the same lines"
}
