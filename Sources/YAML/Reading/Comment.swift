import CLibYAML
import Diagnostics

/// A comment of a YAML file.
public struct Comment: Sendable, Hashable {
  /// From `#` to the end of the line.
  public var span: SourceSpan
  /// What stands behind `#`, white space around it left out.
  public var text: String
  /// Whether nothing but white space stands before it in its line.
  public var isAlone: Bool
}

/// Finds the comments of a file. Trees do not carry them: few readers ask.
public enum Comments {
  /// The comments of `file`, in their order. A `#` inside a scalar is none.
  /// - Throws: ``YAMLError`` where the file is not YAML.
  public static func scan(_ file: SourceFile) throws(YAMLError) -> [Comment] {
    guard file.bytes.contains(UInt8(ascii: "#")) else { return [] }
    var lines = LineIndex(file)
    var found: [Comment] = []
    var index = lines.contentStart
    let scalars = try EscapedApostrophes.read(file) { bytes throws(YAMLError) in
      try findScalars(in: bytes, of: file)
    } restore: { found, escapes in
      found.map { FoundScalar(span: escapes.restored($0.span), isBlock: $0.isBlock) }
    }
    for scalar in scalars {
      let range = lines.range(of: scalar.span)
      guard !range.isEmpty else { continue }
      // A block scalar starts with a header, `|` or `>`, which a comment may follow.
      let header = scalar.isBlock ? min(lines.lineEnd(around: range.lowerBound), range.upperBound) : range.lowerBound
      let content = header..<range.upperBound
      scan(lines, index..<max(index, content.lowerBound), into: &found)
      index = max(index, content.upperBound)
    }
    scan(lines, index..<lines.bytes.count, into: &found)
    return found
  }

  private struct FoundScalar {
    var span: SourceSpan
    var isBlock: Bool
  }

  private static func findScalars(in bytes: [UInt8], of file: SourceFile) throws(YAMLError) -> [FoundScalar] {
    try unsafe bytes.withUnsafeBufferPointer { buffer throws(YAMLError) -> [FoundScalar] in
      var parser = unsafe EventParser(over: buffer, of: file)
      var found: [FoundScalar] = []
      while true {
        let event = try unsafe parser.next()
        if unsafe event.pointee.type == YAML_STREAM_END_EVENT { return found }
        guard unsafe event.pointee.type == YAML_SCALAR_EVENT else { continue }
        let style = unsafe event.pointee.data.scalar.style
        let span = unsafe SourceSpan(event)
        found.append(
          FoundScalar(span: span, isBlock: style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE))
      }
    }
  }

  /// Between scalars, a `#` at the start of a line or behind white space starts a comment.
  private static func scan(_ lines: LineIndex, _ range: Range<Int>, into found: inout [Comment]) {
    var index = range.lowerBound
    while index < range.upperBound {
      guard lines.bytes[index] == UInt8(ascii: "#"),
        index == lines.contentStart || isSpace(lines.bytes[index - 1])
      else {
        index += 1
        continue
      }
      let end = lines.lineEnd(around: index)
      let start = lines.lineStart(around: index)
      let text = lines.bytes[(index + 1)..<end]
      let trimmed = text.drop { isSpace($0) }
      let length = trimmed.count - trimmed.reversed().prefix { isSpace($0) }.count
      found.append(
        Comment(
          span: SourceSpan(start: lines.position(of: index), end: lines.position(of: end)),
          text: String(decoding: trimmed.prefix(length), as: UTF8.self),
          isAlone: lines.bytes[start..<index].allSatisfy { isSpace($0) }))
      index = end
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == 0x0A || byte == 0x0D
  }
}
