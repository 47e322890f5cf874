import TestSupport
import Testing

@Suite struct LayerTests {
  @Test func everyTargetHasItsRow() {
    let targets = Set(SwiftFile.sources.map(\.target))
    #expect(targets.subtracting(Layers.allowed.keys).subtracting(Layers.free) == [])
  }

  @Test func importsPointDown() {
    for file in SwiftFile.sources where !Layers.free.contains(file.target) {
      for module in file.imports {
        if let users = Layers.foreign[module] {
          #expect(users.contains(file.target), "\(file) imports \(module)")
        } else {
          #expect(Layers.allowed[file.target]?.contains(module) == true, "\(file) imports \(module)")
        }
      }
    }
  }

  @Test func noTargetIsAboveItself() {
    func below(_ target: String, _ seen: Set<String>) -> Bool {
      if seen.contains(target) { return false }
      return (Layers.allowed[target] ?? []).allSatisfy { below($0, seen.union([target])) }
    }
    for target in Layers.allowed.keys { #expect(below(target, []), "\(target) imports itself in a circle") }
  }
}

@Suite struct BudgetTests {
  /// Longer than the rest, each for a reason.
  static let longFiles: [String: Int] = [:]
  static let longFunctions: [String: Int] = [:]

  @Test func filesStayReadable() {
    for file in SwiftFile.sources + SwiftFile.tests where !file.isGenerated {
      let budget = Self.longFiles[file.path] ?? 400
      #expect(file.lines.count <= budget, "\(file) has \(file.lines.count) lines: split it by concern")
    }
  }

  @Test func functionsFitOnAScreen() {
    for file in SwiftFile.sources where !file.isGenerated {
      let budget = Self.longFunctions[file.path] ?? 60
      for function in file.functions where function.length > budget {
        Issue.record("\(file):\(function.line): \(function.name) has \(function.length) lines")
      }
    }
  }

  /// The reader of functions is itself tested: it must see a long one.
  @Test func longFunctionsAreSeen() {
    let body = Array(repeating: Substring("    work()"), count: 70)
    let file = SwiftFile(
      path: "a.swift", lines: ["  private static func long(", "    _ a: Int", "  ) {"] + body + ["  }"])
    #expect(file.functions.isEmpty)
    let short = SwiftFile(path: "a.swift", lines: ["  private static func long() {"] + body + ["  }"])
    #expect(short.functions.map(\.length) == [72])
  }
}

@Suite struct WordingTests {
  /// What must not be in the program: each hides a failure or a type.
  private static let forbidden = ["try!", "fatalError(", ": Any ", ": Any,", "[Any]", "as!", "@unchecked Sendable"]
  /// Handles of C libraries and result slots of threads are checked by hand, and say so beside it.
  private static let exceptions: Set = [
    "Sources/Workers/Workers.swift", "Sources/Git/RepositoryHandle.swift",
  ]

  @Test func nothingForbiddenIsUsed() {
    for file in SwiftFile.sources where !Layers.free.contains(file.target) {
      for (index, line) in file.lines.enumerated() {
        let code = line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line
        for word in Self.forbidden where code.contains(word) {
          if word == "@unchecked Sendable", Self.exceptions.contains(file.path) { continue }
          Issue.record("\(file):\(index + 1): \(word)")
        }
      }
    }
  }

  @Test func linksBetweenDocumentsLeadSomewhere() {
    let pages =
      Repository.files(below: "docs").filter { $0.hasSuffix(".md") }
      + ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"].filter(Repository.exists)
    for page in pages {
      guard let text = try? Repository.text(page) else { continue }
      for target in Self.links(in: text) where !Self.exists(target, from: page) {
        Issue.record("\(page) links to \(target), which is not there")
      }
    }
  }

  /// The targets of `[text](target)`, without those on the web.
  private static func links(in text: String) -> [String] {
    text.split(separator: "](").dropFirst().compactMap { rest in
      let target = rest.prefix { $0 != ")" && $0 != " " && $0 != "\n" }
      let file = target.prefix { $0 != "#" }
      return file.isEmpty || file.contains("://") || file.hasPrefix("mailto:") ? nil : String(file)
    }
  }

  private static func exists(_ target: String, from page: String) -> Bool {
    var parts = page.split(separator: "/").dropLast().map(String.init)
    for part in target.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(String(part)) }
    }
    return Repository.exists(parts.joined(separator: "/"))
  }
}
