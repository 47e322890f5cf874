import Diagnostics

/// Finds the bytes to change for an edit of a tree that was read from a file.
///
/// The nodes given to it must come from that file as it is.
public struct YAMLEditor: Sendable {
  private let file: SourceFile
  private var lines: LineIndex

  /// An editor of `file`.
  /// - Throws: ``YAMLError`` when it is not written in UTF-8.
  public init(_ file: SourceFile) throws(YAMLError) {
    guard !file.bytes.starts(with: [0xFE, 0xFF]), !file.bytes.starts(with: [0xFF, 0xFE]) else {
      throw YAMLError(.notEditable("the file is in UTF-16"), at: Location(file: file))
    }
    self.file = file
    lines = LineIndex(file)
  }

  /// Puts `scalar` in the place of the scalar `node`, with its quotes where they fit. A scalar in plain style is
  /// written as it is; a string (``Scalar/string(_:)``) is quoted where its text looks like something else.
  public mutating func replace(_ node: Node, with scalar: Scalar) throws(YAMLError) -> TextEdit {
    guard let old = node.scalar, node.origin.file == file else { throw failure("it is no scalar of the file", node) }
    var range = lines.range(of: node.origin.span)
    var text = InlineScalar.text(scalar, like: old.style)
    if range.isEmpty {
      guard followsSign(range.lowerBound) else { throw failure("nothing is written there", node) }
      if range.lowerBound > 0, !isSpace(range.lowerBound - 1) { text.insert(UInt8(ascii: " "), at: 0) }
      return TextEdit(range: range, replacement: text)
    }
    switch file.bytes[range.lowerBound] {
    case UInt8(ascii: "&"), UInt8(ascii: "!"): throw failure("it has an anchor or a tag", node)
    default: break
    }
    if old.style == .literal || old.style == .folded {
      while range.upperBound > range.lowerBound, isBreak(range.upperBound - 1) {
        range = range.lowerBound..<(range.upperBound - 1)
      }
    }
    return TextEdit(range: range, replacement: text)
  }

  /// Puts a new key with a scalar behind the last entry of `mapping`.
  public mutating func insert(_ key: String, _ scalar: Scalar, into mapping: Node) throws(YAMLError) -> TextEdit {
    guard let content = mapping.mapping, mapping.origin.file == file else {
      throw failure("it is no mapping of the file", mapping)
    }
    guard content[key] == nil else { throw failure("it has the key '\(key)' already", mapping) }
    let range = lines.range(of: mapping.origin.span)
    let entry = InlineScalar.text(.string(key)) + Array(": ".utf8) + InlineScalar.text(scalar)
    if content.isFlow {
      try checkBraces(range, mapping)
      let close = range.upperBound - 1
      guard let last = written(content, in: mapping).last else {
        return TextEdit(range: close..<close, replacement: entry)
      }
      let end = try valueEnd(of: last, mapping)
      let separator = Array((hasComma(in: end..<close) ? " " : ", ").utf8)
      let start = file.bytes[end..<close].allSatisfy { $0 == UInt8(ascii: " ") } ? end : close
      return TextEdit(range: start..<close, replacement: separator + entry)
    }
    guard let first = written(content, in: mapping).first else { throw failure("it has no key of its own", mapping) }
    let firstStart = lines.offset(of: first.keyOrigin.span.start)
    guard !followsQuestionMark(firstStart) else { throw failure("its keys are written with '?'", mapping) }
    let indentation = Array(repeating: UInt8(ascii: " "), count: Int(first.keyOrigin.span.start.column) - 1)
    if range.upperBound > 0, isBreak(range.upperBound - 1) {
      // Behind a block scalar, which ends where the next line starts.
      return TextEdit(range: range.upperBound..<range.upperBound, replacement: indentation + entry + lineBreak)
    }
    let end = lines.lineEnd(around: range.upperBound)
    return TextEdit(range: end..<end, replacement: lineBreak + indentation + entry)
  }

  /// Takes the entry of `key` out of `mapping`; one that becomes empty is written `{}`.
  public mutating func remove(_ key: String, from mapping: Node) throws(YAMLError) -> TextEdit {
    guard let content = mapping.mapping, mapping.origin.file == file else {
      throw failure("it is no mapping of the file", mapping)
    }
    let entries = written(content, in: mapping)
    guard let index = entries.firstIndex(where: { $0.key.text == key }) else {
      throw failure("it has no key '\(key)' of its own", mapping)
    }
    let start = lines.offset(of: entries[index].keyOrigin.span.start)
    let end = try valueEnd(of: entries[index], mapping)
    guard !followsQuestionMark(start) else { throw failure("the key is written with '?'", mapping) }
    guard !mayHoldAnchor(start..<end) else { throw failure("the entry may hold an anchor", mapping) }
    let next = index + 1 < entries.count ? lines.offset(of: entries[index + 1].keyOrigin.span.start) : nil
    if content.isFlow {
      try checkBraces(lines.range(of: mapping.origin.span), mapping)
      if let next { return TextEdit(range: start..<next, replacement: []) }
      let from = index > 0 ? try valueEnd(of: entries[index - 1], mapping) : start
      return TextEdit(range: from..<end, replacement: [])
    }
    if entries.count == 1 { return TextEdit(range: start..<trimmedEnd(end), replacement: Array("{}".utf8)) }
    let lineStart = lines.lineStart(around: start)
    guard (lineStart..<start).allSatisfy({ isSpace($0) }) else {
      return TextEdit(range: start..<(next ?? end), replacement: [])
    }
    return TextEdit(range: lineStart..<nextLine(after: end), replacement: [])
  }

  /// The entries that stand in the mapping itself, merged ones left out.
  private func written(_ content: Mapping, in mapping: Node) -> [Mapping.Entry] {
    let span = mapping.origin.span
    return content.entries.filter {
      $0.keyOrigin.file == file && span.start <= $0.keyOrigin.span.start && $0.keyOrigin.span.end <= span.end
    }
  }

  private mutating func valueEnd(of entry: Mapping.Entry, _ mapping: Node) throws(YAMLError) -> Int {
    let span = entry.value.origin.span
    guard span.start >= entry.keyOrigin.span.end, span.end <= mapping.origin.span.end else {
      throw failure("the value is an alias", mapping)
    }
    return lines.offset(of: span.end)
  }

  /// The line break of the file.
  private var lineBreak: [UInt8] {
    guard let index = file.bytes.firstIndex(of: 0x0A), index > 0, file.bytes[index - 1] == 0x0D else { return [0x0A] }
    return [0x0D, 0x0A]
  }

  /// The byte behind the line that `offset` is in, or `offset` itself where a line starts there.
  private func nextLine(after offset: Int) -> Int {
    offset > 0 && isBreak(offset - 1) ? offset : lines.nextLine(around: offset)
  }

  /// `end` without the line break that a block scalar ends with.
  private func trimmedEnd(_ end: Int) -> Int {
    var index = end
    while index > 0, isBreak(index - 1) { index -= 1 }
    return index
  }

  /// A mapping in brackets, `[a: 1]`, counts as flow too, but it has no braces to put anything in.
  private func checkBraces(_ range: Range<Int>, _ mapping: Node) throws(YAMLError) {
    guard range.count > 1, file.bytes[range.lowerBound] == UInt8(ascii: "{"),
      file.bytes[range.upperBound - 1] == UInt8(ascii: "}")
    else { throw failure("it has no braces of its own", mapping) }
  }

  /// Whether a comma stands in the range, comments left out.
  private func hasComma(in range: Range<Int>) -> Bool {
    var index = range.lowerBound
    while index < range.upperBound {
      if file.bytes[index] == UInt8(ascii: ",") { return true }
      index = file.bytes[index] == UInt8(ascii: "#") ? lines.lineEnd(around: index) : index + 1
    }
    return false
  }

  /// Whether the last thing before `index` says that a value comes: `:` or `-`.
  private func followsSign(_ index: Int) -> Bool {
    let end = contentEnd(before: index)
    return end > 0 && (file.bytes[end - 1] == UInt8(ascii: ":") || file.bytes[end - 1] == UInt8(ascii: "-"))
  }

  private func followsQuestionMark(_ index: Int) -> Bool {
    let end = contentEnd(before: index)
    return end > 0 && file.bytes[end - 1] == UInt8(ascii: "?")
  }

  /// Whether bytes look like an anchor, which something elsewhere may need.
  private func mayHoldAnchor(_ range: Range<Int>) -> Bool {
    range.contains { index in
      file.bytes[index] == UInt8(ascii: "&") && (index == 0 || isSpace(index - 1) || isBreak(index - 1))
        && index + 1 < file.bytes.count && !isSpace(index + 1)
    }
  }

  private func contentEnd(before close: Int) -> Int {
    var index = close
    while index > 0, isSpace(index - 1) { index -= 1 }
    return index
  }

  private func isSpace(_ index: Int) -> Bool {
    file.bytes[index] == UInt8(ascii: " ") || file.bytes[index] == UInt8(ascii: "\t")
  }

  private func isBreak(_ index: Int) -> Bool {
    file.bytes[index] == 0x0A || file.bytes[index] == 0x0D
  }

  private func failure(_ reason: String, _ node: Node) -> YAMLError {
    YAMLError(.notEditable(reason), at: node.origin.location)
  }
}
