import Diagnostics

/// The lines of a file, found once.
struct SourceLines: Sendable {
  private let bytes: [UInt8]
  /// Where each line starts and where it ends, without its line break.
  private let ranges: [Range<Int>]

  /// Breaks lines where YAML does: at LF, CR, CR LF, and at NEL, LS and PS.
  init(_ file: SourceFile) {
    let bytes = file.bytes
    var ranges: [Range<Int>] = []
    var start = 0
    var index = 0
    while index < bytes.count {
      let length = Self.lineBreak(bytes, at: index)
      if length > 0 {
        ranges.append(start..<index)
        start = index + length
      }
      index += max(length, 1)
    }
    ranges.append(start..<bytes.count)
    self.bytes = bytes
    self.ranges = ranges
  }

  var count: Int { ranges.count }

  /// The length of a line in bytes, counted from 1; 0 behind the end.
  func length(_ line: Int) -> Int {
    line >= 1 && line <= ranges.count ? ranges[line - 1].count : 0
  }

  /// The text of a line, counted from 1; nil behind the end.
  func text(_ line: Int) -> String? {
    guard line >= 1, line <= ranges.count else { return nil }
    return String(decoding: bytes[ranges[line - 1]], as: UTF8.self)
  }

  /// Whether the bytes of `word` stand anywhere in the file.
  func contains(_ word: String) -> Bool {
    let wanted = Array(word.utf8)
    guard let first = wanted.first, bytes.count >= wanted.count else { return false }
    return (0...(bytes.count - wanted.count)).contains { start in
      bytes[start] == first && bytes[start..<(start + wanted.count)].elementsEqual(wanted)
    }
  }

  private static func lineBreak(_ bytes: [UInt8], at index: Int) -> Int {
    func byte(_ offset: Int) -> UInt8 { index + offset < bytes.count ? bytes[index + offset] : 0 }
    switch bytes[index] {
    case 0x0A: return 1
    case 0x0D: return byte(1) == 0x0A ? 2 : 1
    case 0xC2: return byte(1) == 0x85 ? 2 : 0
    case 0xE2: return byte(1) == 0x80 && (byte(2) == 0xA8 || byte(2) == 0xA9) ? 3 : 0
    default: return 0
    }
  }
}
