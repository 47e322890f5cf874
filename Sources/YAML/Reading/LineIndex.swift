import Diagnostics

/// Where the lines of a file start, to turn lines and columns, as libyaml counts them, into bytes.
struct LineIndex {
  /// The text as UTF-8, whatever the file is written in.
  let bytes: [UInt8]
  /// The byte that each line starts at.
  private let starts: [Int]
  /// Where the last search ended: questions that go forward in a long line are answered in one walk.
  private var last: (position: SourcePosition, offset: Int)

  init(_ file: SourceFile) {
    bytes = Self.utf8(file.bytes)
    let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    var starts = [hasMark ? 3 : 0]
    for index in bytes.indices where Self.endsLine(bytes, index) { starts.append(index + 1) }
    self.starts = starts
    last = (SourceSpan.fileStart.start, starts[0])
  }

  /// The first byte behind the byte order mark.
  var contentStart: Int { starts[0] }

  /// Whether the byte is the last one of a line break: LF, CR, and YAML 1.1's NEL, LS, PS.
  private static func endsLine(_ bytes: [UInt8], _ index: Int) -> Bool {
    switch bytes[index] {
    case 0x0A: true
    case 0x0D: index + 1 == bytes.count || bytes[index + 1] != 0x0A
    case 0x85: index >= 1 && bytes[index - 1] == 0xC2
    case 0xA8, 0xA9: index >= 2 && bytes[index - 1] == 0x80 && bytes[index - 2] == 0xE2
    default: false
    }
  }

  /// UTF-16 is recognised by its byte order mark, as libyaml does.
  private static func utf8(_ bytes: [UInt8]) -> [UInt8] {
    let isBigEndian = bytes.starts(with: [0xFE, 0xFF])
    guard isBigEndian || bytes.starts(with: [0xFF, 0xFE]) else { return bytes }
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    for index in stride(from: 2, to: bytes.count - 1, by: 2) {
      let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      units.append(isBigEndian ? first << 8 | second : second << 8 | first)
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  /// The byte at a position; the end of the text for one behind it.
  mutating func offset(of position: SourcePosition) -> Int {
    guard position.line >= 1, Int(position.line) <= starts.count else { return bytes.count }
    var (column, offset): (UInt32, Int) = (1, starts[Int(position.line) - 1])
    if last.position.line == position.line, last.position.column <= position.column {
      (column, offset) = (last.position.column, last.offset)
    }
    while column < position.column, offset < bytes.count {
      offset += UTF8Byte.width(bytes[offset])
      column += 1
    }
    offset = min(offset, bytes.count)
    last = (position, offset)
    return offset
  }

  /// The bytes of a span.
  mutating func range(of span: SourceSpan) -> Range<Int> {
    let start = offset(of: span.start)
    return start..<max(start, offset(of: span.end))
  }

  /// The number of the line around a byte, from 0.
  private func line(around offset: Int) -> Int {
    var (low, high) = (0, starts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The position of a byte.
  func position(of offset: Int) -> SourcePosition {
    let line = line(around: offset)
    var column: UInt32 = 1
    var index = starts[line]
    while index < min(offset, bytes.count) {
      index += UTF8Byte.width(bytes[index])
      column += 1
    }
    return SourcePosition(line: UInt32(line + 1), column: column)
  }

  /// The byte that the line around `offset` starts at.
  func lineStart(around offset: Int) -> Int {
    starts[line(around: offset)]
  }

  /// The byte that the line behind the one around `offset` starts at, or the end of the text.
  func nextLine(around offset: Int) -> Int {
    let next = line(around: offset) + 1
    return next < starts.count ? starts[next] : bytes.count
  }

  /// The byte behind the content of the line around `offset`: its line break, or the end of the text.
  func lineEnd(around offset: Int) -> Int {
    let next = line(around: offset) + 1
    guard next < starts.count else { return bytes.count }
    let end = starts[next]
    switch bytes[end - 1] {
    case 0x0A: return end >= 2 && bytes[end - 2] == 0x0D ? end - 2 : end - 1
    case 0x0D: return end - 1
    case 0x85: return end - 2
    default: return end - 3
    }
  }
}
