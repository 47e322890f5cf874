import TestSupport

/// A Swift file of the repository with what can be told of it line by line.
struct SwiftFile: Sendable, CustomStringConvertible {
  let path: String
  let lines: [Substring]

  static let sources = all(below: "Sources")
  static let tests = all(below: "Tests")

  private static func all(below directory: String) -> [SwiftFile] {
    Repository.files(below: directory).filter { $0.hasSuffix(".swift") }.compactMap { path in
      guard let text = try? Repository.text(path) else { return nil }
      var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      if lines.last?.isEmpty == true { lines.removeLast() }
      return SwiftFile(path: path, lines: lines)
    }
  }

  var description: String { path }
  var isGenerated: Bool { path.hasSuffix("+Generated.swift") }

  /// The target: the folder below `Sources`.
  var target: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }

  /// The modules that are imported.
  var imports: [String] {
    lines.compactMap { line in
      let words = line.split(separator: " ")
      guard let index = words.firstIndex(of: "import"), index + 1 < words.count,
        words[..<index].allSatisfy({ $0.hasPrefix("@") || ["public", "internal", "package", "private"].contains($0) })
      else { return nil }
      return String(words[index + 1].prefix { $0 != "." })
    }
  }

  /// Functions, initialisers and computed properties with the number of their lines: from the line that opens the body to
  /// the brace at the same indentation that closes it.
  var functions: [(name: String, line: Int, length: Int)] {
    var found: [(name: String, line: Int, length: Int)] = []
    for (index, line) in lines.enumerated() where Self.opensFunction(line) {
      let indentation = line.prefix { $0 == " " }
      let rest = lines[(index + 1)...]
      guard let end = rest.firstIndex(where: { $0.hasPrefix(indentation + "}") }) else { continue }
      found.append((String(line.dropFirst(indentation.count)), index + 1, end - index + 1))
    }
    return found
  }

  private static func opensFunction(_ line: Substring) -> Bool {
    guard line.hasSuffix("{") else { return false }
    let words = line.split(whereSeparator: { $0 == " " || $0 == "(" || $0 == "?" || $0 == "<" })
    let keyword = words.first { !modifiers.contains($0) && !$0.hasPrefix("@") }
    return keyword.map { ["func", "init", "subscript", "var"].contains($0) } ?? false
  }

  private static let modifiers: Set<Substring> = [
    "public", "private", "fileprivate", "package", "internal", "static", "mutating", "consuming", "borrowing",
    "override", "nonisolated", "indirect", "lazy", "convenience", "final",
  ]
}
