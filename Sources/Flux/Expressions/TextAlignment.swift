import Diagnostics

/// Finds a part of a scalar's text in the file the scalar was written in.
///
/// Both are walked side by side: between them lie quotes, indentation, folded lines and simple escapes. A text that was
/// written otherwise (patched, substituted, with other escapes) is not found.
struct TextAlignment {
  private let source: ArraySlice<UInt8>
  private var offset: Int
  private let quote: UInt8?

  /// The span of `range` of `text`; for an empty range that of the last character in front of it. Nil where it is not found.
  static func span(of range: Range<Int>, of text: [UInt8], in origin: Origin) -> SourceSpan? {
    var range = range
    if range.isEmpty {
      guard let last = text[..<min(range.lowerBound, text.count)].lastIndex(where: { !$0.isYAMLSpace }) else {
        return nil
      }
      let start = text[...last].lastIndex { $0 & 0xC0 != 0x80 } ?? last
      range = start..<last + 1
    }
    guard range.upperBound <= text.count, let stretch = LineOffsets.range(of: origin.span, in: origin.file.bytes),
      var walk = TextAlignment(origin.file.bytes[stretch]), let offsets = walk.offsets(of: text)
    else { return nil }
    let first = offsets[range.lowerBound]
    let last = offsets[range.upperBound - 1]
    return SourceSpan(
      start: LineOffsets.position(of: first, from: stretch.lowerBound, at: origin.span.start, in: origin.file.bytes),
      end: LineOffsets.position(of: last + 1, from: stretch.lowerBound, at: origin.span.start, in: origin.file.bytes))
  }

  private init?(_ source: ArraySlice<UInt8>) {
    guard let first = source.first else { return nil }
    self.source = source
    offset = source.startIndex
    quote = first == UInt8(ascii: "'") || first == UInt8(ascii: "\"") ? first : nil
    if quote != nil {
      offset += 1
    } else if first == UInt8(ascii: "|") || first == UInt8(ascii: ">") {
      guard let lineEnd = source.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
      offset = lineEnd + 1
      skipSpace()
    }
  }

  private mutating func skipSpace() {
    while offset < source.endIndex, source[offset].isYAMLSpace { offset += 1 }
  }

  /// The place of each byte of `text`; nil when they do not agree.
  private mutating func offsets(of text: [UInt8]) -> [Int]? {
    var found: [Int] = []
    var index = 0
    while index < text.count {
      if text[index].isYAMLSpace {
        // The text of a block scalar may end in a line break that lies outside of its stretch.
        let start = min(offset, source.endIndex - 1)
        while index < text.count, text[index].isYAMLSpace {
          found.append(start)
          index += 1
        }
        skipSpace()
        continue
      }
      guard let place = take(text[index]) else { return nil }
      found.append(place)
      index += 1
    }
    return found
  }

  /// Takes the byte, or the escape that stands for it. Answers where it is.
  private mutating func take(_ byte: UInt8) -> Int? {
    guard offset < source.endIndex else { return nil }
    let escape = UInt8(ascii: "\\")
    let isDoubled = quote == UInt8(ascii: "'") && byte == quote
    let isEscaped = quote == UInt8(ascii: "\"") && source[offset] == escape && (byte == quote || byte == escape)
    if isDoubled || isEscaped {
      guard offset + 1 < source.endIndex, source[offset + 1] == byte else { return nil }
      offset += 1
    }
    guard source[offset] == byte else { return nil }
    offset += 1
    return offset - 1
  }
}

extension UInt8 {
  fileprivate var isYAMLSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }
}
