import Diagnostics
import YAML

/// What a tree does not keep of the text it was read from: comments, and which lists and mappings are written in brackets.
struct SourceComments {
  private let lines: [[Unicode.Scalar]]
  private let file: SourceFile

  init(_ text: String, file: SourceFile) {
    self.file = file
    lines = text.parts(separatedBy: "\n").map { Array($0.unicodeScalars) }
  }

  /// Whether `node` is written in brackets or braces.
  func isFlow(_ node: Node) -> Bool {
    guard node.origin.file === file else { return node.mapping?.isFlow ?? false }
    guard let line = line(node.origin.span.start.line) else { return false }
    let column = Int(node.origin.span.start.column) - 1
    return line.indices.contains(column) && (line[column] == "[" || line[column] == "{")
  }

  /// The comments on lines of their own directly above the place.
  func above(_ origin: Origin) -> [String] {
    var found: [String] = []
    guard origin.file === file else { return [] }
    var number = origin.span.start.line
    while number > 1, let line = line(number - 1), let comment = Self.comment(line) {
      found.insert(comment, at: 0)
      number -= 1
    }
    return found
  }

  /// The comment behind a value on its last line, with the space before it.
  func behind(_ node: Node) -> String {
    let end = node.origin.span.end
    guard node.origin.file === file, let line = line(end.line), Int(end.column) - 1 <= line.count else { return "" }
    return Self.comment(Array(line[(Int(end.column) - 1)...])).map { " " + $0 } ?? ""
  }

  private func line(_ number: UInt32) -> [Unicode.Scalar]? {
    let index = Int(number) - 1
    return lines.indices.contains(index) ? lines[index] : nil
  }

  /// The comment on a line that holds nothing else.
  private static func comment(_ line: [Unicode.Scalar]) -> String? {
    let rest = line.drop { $0 == " " || $0 == "\t" }
    guard rest.first == "#" else { return nil }
    var text = ""
    text.unicodeScalars.append(contentsOf: rest)
    return text
  }
}
