/// A page of examples: prose, files in fenced blocks, and what is expected, marked in place.
///
/// The format is explained in `testdata/rules/README.md`.
public struct LiteratePage: Sendable {
  /// The text behind `# `.
  public let title: String
  /// Its examples, in order.
  public let examples: [LiterateExample]

  /// Reads a page.
  /// - Throws: ``LiterateError`` where it does not keep to the format.
  public init(_ text: String) throws {
    var reader = PageReader()
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      try reader.take(String(line), number: index + 1)
    }
    (title, examples) = try reader.finish()
  }
}

/// One section of a page: a small repository.
public struct LiterateExample: Sendable, CustomStringConvertible {
  /// The text behind `## `.
  public var title: String
  /// Its files by path.
  public var files: [String: String] = [:]
  /// What is expected of them, in order.
  public var expectations: [LiterateExpectation] = []

  /// Whether nothing is expected.
  public var isGood: Bool { expectations.isEmpty }
  /// The title.
  public var description: String { title }
}

/// A finding that is expected on a line of a file.
public struct LiterateExpectation: Sendable, Hashable {
  /// The rule.
  public var rule: String
  /// A part of the message.
  public var message: String
  /// The text that the finding points at; nil when the page does not say.
  public var text: String?
  /// The file.
  public var path: String
  /// The line, from 1.
  public var line: Int
}

/// Where a page does not keep to the format.
public struct LiterateError: Error, CustomStringConvertible {
  /// What is wrong, with the line.
  public let description: String
}

private struct PageReader {
  private var title = ""
  private var examples: [LiterateExample] = []
  private var file: (path: String, lines: [String])?
  private var isInOtherBlock = false
  private var pending: [LiterateExpectation] = []

  mutating func take(_ line: String, number: Int) throws {
    if line.hasPrefix("```") {
      try fence(line, number)
    } else if file != nil {
      try fileLine(line, number)
    } else if !isInOtherBlock, line.hasPrefix("## ") {
      examples.append(LiterateExample(title: String(line.dropFirst(3))))
    } else if !isInOtherBlock, line.hasPrefix("# "), title.isEmpty {
      title = String(line.dropFirst(2))
    }
  }

  private mutating func fence(_ line: String, _ number: Int) throws {
    if let (path, lines) = file {
      guard pending.isEmpty else { throw LiterateError(description: "line \(number): an expectation without a line") }
      examples[examples.count - 1].files[path] = lines.joined(separator: "\n") + "\n"
      file = nil
    } else if isInOtherBlock {
      isInOtherBlock = false
    } else if let mark = line.range(of: "path=") {
      guard !examples.isEmpty else { throw LiterateError(description: "line \(number): a file before any section") }
      file = (String(line[mark.upperBound...].prefix { $0 != " " }), [])
    } else {
      isInOtherBlock = true
    }
  }

  private mutating func fileLine(_ line: String, _ number: Int) throws {
    guard let path = file?.path else { return }
    file?.lines.append(line)
    let position = file?.lines.count ?? 0
    guard let mark = line.range(of: "# expect: ") else {
      // What stands alone above a line is meant for the next line that is no expectation.
      for var expectation in pending {
        expectation.line = position
        examples[examples.count - 1].expectations.append(expectation)
      }
      pending = []
      return
    }
    let expectation = try expectation(String(line[mark.upperBound...]), path, position, number)
    if line[..<mark.lowerBound].allSatisfy({ $0 == " " }) {
      pending.append(expectation)
    } else {
      examples[examples.count - 1].expectations.append(expectation)
    }
  }

  /// `RULE "part of the message" at "text"`, the last part optional.
  private func expectation(_ text: String, _ path: String, _ line: Int, _ number: Int) throws -> LiterateExpectation {
    let parts = text.split(separator: "\"", omittingEmptySubsequences: false).map(String.init)
    let rule = parts[0].filter { $0 != " " }
    let isPlain = parts.count == 3
    let isPlaced = parts.count == 5 && parts[2] == " at "
    guard !rule.isEmpty, isPlain || isPlaced else {
      throw LiterateError(description: "line \(number): not RULE \"message\" or RULE \"message\" at \"text\"")
    }
    return LiterateExpectation(
      rule: rule, message: parts[1], text: isPlaced ? parts[3] : nil, path: path, line: line)
  }

  func finish() throws -> (String, [LiterateExample]) {
    guard file == nil, !isInOtherBlock else { throw LiterateError(description: "a fenced block is not closed") }
    return (title, examples)
  }
}

extension String {
  fileprivate func range(of needle: String) -> Range<String.Index>? { firstRange(of: needle) }
}
