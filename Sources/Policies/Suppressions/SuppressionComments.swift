import Diagnostics
import YAML

/// Finds suppressions in the comments of a file.
public enum SuppressionComments {
  /// The suppressions in `file`, and the statements that cannot be read.
  ///
  /// A comment behind a value covers its own line; a comment alone on its line covers the next line that is no comment. Where
  /// a block scalar starts on that line, all of it is covered. Comments inside a block scalar count, for the document that
  /// is written there, such as a patch or the values of a chart.
  /// - Parameter documents: the file's documents, so that text in quotes is not taken for a comment; empty when the file is no
  ///   YAML (a template) or does not parse.
  public static func find(in file: SourceFile, documents: [Document]) -> [Result<Suppression, SuppressionProblem>] {
    guard mayHold(file.bytes) else { return [] }
    let lines = file.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    var found: [Result<Suppression, SuppressionProblem>] = []
    var texts: [Text]?
    for (index, line) in lines.enumerated() {
      guard let comment = comment(in: line) else { continue }
      let known = texts ?? documents.flatMap { self.texts(in: $0.root, of: file, isPatch: false) }
      texts = known
      let column = UInt32(scalars(in: line[..<comment.start]) + 1)
      let position = SourcePosition(line: UInt32(index + 1), column: column)
      let around = known.first { $0.holds(position) }
      if let around, !around.isBlock { continue }
      let end = SourcePosition(line: position.line, column: column + UInt32(scalars(in: line[comment.start...])))
      let place = Location(file: file, span: SourceSpan(start: position, end: end))
      let target = UInt32((comment.standsAlone ? nextLine(after: index, of: lines) : index) + 1)
      let last = known.first { $0.isBlock && $0.span.start.line == target }?.lastLine ?? target
      let read = read(comment, at: place, .lines(path: file.path, target...max(target, last)), inside: around)
      // What is no statement and may be any text is text.
      if case .failure = read, around?.isPatch == false { continue }
      found.append(read)
    }
    return found
  }

  private static func read(
    _ comment: Comment, at place: Location, _ target: Suppression.Target, inside text: Text?
  ) -> Result<Suppression, SuppressionProblem> {
    do throws(SuppressionSyntax.Mistake) {
      if let keyword = comment.badKeyword { throw .badKeyword(keyword) }
      let statement = try SuppressionSyntax.read(comment.statement)
      return .success(
        Suppression(
          rules: statement.rules, reason: statement.reason, until: statement.until, target: target, location: place,
          isPossiblyText: text.map { !$0.isPatch } ?? false))
    } catch {
      return .failure(SuppressionProblem(.malformed(error), at: place))
    }
  }

  /// A scalar in the file.
  private struct Text {
    let span: SourceSpan
    let isBlock: Bool
    /// Whether it is certain to be a document of its own.
    let isPatch: Bool

    /// Whether a comment at `position` would be part of it. Behind the `|` or `>` of a block scalar it would not.
    func holds(_ position: SourcePosition) -> Bool {
      span.start < position && position < span.end && !(isBlock && span.start.line == position.line)
    }

    var lastLine: UInt32 { span.end.column == 1 ? span.end.line - 1 : span.end.line }
  }

  /// Whether the keyword stands behind any `#`, which in most files it never does.
  private static func mayHold(_ bytes: [UInt8]) -> Bool {
    var next = 0
    while let mark = bytes.offset(of: UInt8(ascii: "#"), from: next) {
      next = mark + 1
      if bytes[next...].drop(while: isBlank).startsWithKeyword { return true }
    }
    return false
  }

  private struct Comment {
    var start: Int
    var statement: String
    var standsAlone: Bool
    /// What stands in the place of the keyword, where it is not quite that.
    var badKeyword: String?
  }

  /// The first `#` that starts a comment with the keyword: at the start of the line or behind a space.
  private static func comment(in line: ArraySlice<UInt8>) -> Comment? {
    for start in line.indices where line[start] == UInt8(ascii: "#") {
      let isFirst = line[..<start].allSatisfy(isBlank)
      guard isFirst || isBlank(line[start - 1]) else { continue }
      let text = line[(start + 1)...].drop(while: isBlank)
      guard text.startsWithKeyword else { continue }
      let rest = text.dropFirst(SuppressionSyntax.keyword.utf8.count)
      let statement = String(decoding: rest.last == UInt8(ascii: "\r") ? rest.dropLast() : rest, as: UTF8.self)
      let isExact = text.starts(with: SuppressionSyntax.keyword.utf8)
      if isExact, rest.first.map({ isBlank($0) || $0 == UInt8(ascii: "\r") }) ?? true {
        return Comment(start: start, statement: statement, standsAlone: isFirst)
      }
      // Another word that begins like the keyword is none.
      if let next = rest.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(next) { continue }
      let word = text.prefix { !isBlank($0) && $0 != UInt8(ascii: "\r") }
      return Comment(
        start: start, statement: statement, standsAlone: isFirst, badKeyword: String(decoding: word, as: UTF8.self))
    }
    return nil
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

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

  /// All scalars. A file's nesting is limited by the reader.
  private static func texts(in node: Node, of file: SourceFile, isPatch: Bool) -> [Text] {
    switch node.value {
    case .scalar(let scalar):
      guard node.origin.file == file else { return [] }
      let isBlock = scalar.style == .literal || scalar.style == .folded
      return [Text(span: node.origin.span, isBlock: isBlock, isPatch: isBlock && isPatch)]
    case .sequence(let items):
      // `patchesStrategicMerge` is a list of patches.
      return items.flatMap { texts(in: $0, of: file, isPatch: isPatch) }
    case .mapping(let mapping):
      return mapping.entries.flatMap { entry in
        let isPatch = ["patch", "patchesStrategicMerge"].contains(entry.key.text)
        return texts(in: entry.value, of: file, isPatch: isPatch)
      }
    }
  }
}

extension ArraySlice<UInt8> {
  /// Whether it begins with the keyword, in whatever case.
  fileprivate var startsWithKeyword: Bool {
    var rest = self[...]
    for letter in SuppressionSyntax.keyword.utf8 {
      guard let byte = rest.popFirst(), byte | 0x20 == letter || byte == letter else { return false }
    }
    return true
  }
}
