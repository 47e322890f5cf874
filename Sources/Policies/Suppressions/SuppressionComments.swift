import Diagnostics
import YAML

/// Finds suppressions in the comments of a file.
public enum SuppressionComments {
  /// The suppressions in `file`, and the statements that cannot be read.
  ///
  /// A comment behind a value covers its own line; a comment alone on its line covers the next line that is no comment.
  /// - Parameter documents: the file's documents, so that text in quotes or block scalars is not taken for a comment; empty when
  ///   the file is no YAML (a template) or does not parse.
  public static func find(in file: SourceFile, documents: [Document]) -> [Result<Suppression, SuppressionProblem>] {
    guard mayHold(file.bytes) else { return [] }
    let lines = file.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    var found: [Result<Suppression, SuppressionProblem>] = []
    var texts: [SourceSpan]?
    for (index, line) in lines.enumerated() {
      guard let comment = comment(in: line) else { continue }
      let column = UInt32(scalars(in: line[..<comment.start]) + 1)
      let position = SourcePosition(line: UInt32(index + 1), column: column)
      if texts == nil { texts = documents.flatMap { scalarSpans(in: $0.root, of: file) } }
      if texts?.contains(where: { $0.start < position && position < $0.end }) == true { continue }
      let end = SourcePosition(line: position.line, column: column + UInt32(scalars(in: line[comment.start...])))
      let location = Location(file: file, span: SourceSpan(start: position, end: end))
      let target = comment.standsAlone ? nextLine(after: index, of: lines) : index
      do {
        let statement = try SuppressionSyntax.read(comment.statement)
        found.append(
          .success(
            Suppression(
              rules: statement.rules, reason: statement.reason, until: statement.until,
              target: .line(path: file.path, line: UInt32(target + 1)), location: location)))
      } catch {
        found.append(.failure(SuppressionProblem(.malformed(error), at: location)))
      }
    }
    return found
  }

  /// Whether the keyword stands behind any `#`, which in most files it never does.
  private static func mayHold(_ bytes: [UInt8]) -> Bool {
    let keyword = Array(SuppressionSyntax.keyword.utf8)
    var next = 0
    while let mark = bytes.offset(of: UInt8(ascii: "#"), from: next) {
      next = mark + 1
      if bytes[next...].drop(while: { $0 == UInt8(ascii: " ") }).starts(with: keyword) { return true }
    }
    return false
  }

  private struct Comment {
    var start: Int
    var statement: String
    var standsAlone: Bool
  }

  /// The last `#` that starts a comment with the keyword: at the start of the line or behind a space.
  private static func comment(in line: ArraySlice<UInt8>) -> Comment? {
    let space = UInt8(ascii: " ")
    let keyword = Array(SuppressionSyntax.keyword.utf8)
    for start in line.indices where line[start] == UInt8(ascii: "#") {
      let isFirst = line[..<start].allSatisfy { $0 == space || $0 == UInt8(ascii: "\t") }
      guard isFirst || line[start - 1] == space || line[start - 1] == UInt8(ascii: "\t") else { continue }
      let text = line[(start + 1)...].drop { $0 == space }
      guard text.starts(with: keyword) else { continue }
      let rest = text.dropFirst(keyword.count)
      guard rest.first.map({ $0 == space || $0 == UInt8(ascii: "\r") }) ?? true else { continue }
      let statement = rest.last == UInt8(ascii: "\r") ? rest.dropLast() : rest
      return Comment(start: start, statement: String(decoding: statement, as: UTF8.self), standsAlone: isFirst)
    }
    return nil
  }

  private static func nextLine(after index: Int, of lines: [ArraySlice<UInt8>]) -> Int {
    var next = index + 1
    while next < lines.count {
      let first = lines[next].first { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
      if first != UInt8(ascii: "#") { break }
      next += 1
    }
    return next
  }

  private static func scalars(in bytes: ArraySlice<UInt8>) -> Int {
    bytes.count { $0 & 0xC0 != 0x80 }
  }

  /// The spans of all scalars. A file's nesting is limited by the reader.
  private static func scalarSpans(in node: Node, of file: SourceFile) -> [SourceSpan] {
    switch node.value {
    case .scalar:
      return node.origin.file == file ? [node.origin.span] : []
    case .sequence(let items): return items.flatMap { scalarSpans(in: $0, of: file) }
    case .mapping(let mapping): return mapping.entries.flatMap { scalarSpans(in: $0.value, of: file) }
    }
  }
}
