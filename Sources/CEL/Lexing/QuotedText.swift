/// The text between the quotes of a literal, and how to read it.
struct QuotedText {
  /// What is wrong with it; with the stretch of the escape that is to blame.
  struct Fault: Error {
    var message: String
    var range: Range<Int>?
  }

  var bytes: ArraySlice<UInt8>
  var isRaw: Bool
  /// In bytes `\x` and octal escapes stand for a byte, in a text for a character.
  var isBytes: Bool

  /// The bytes it stands for. A line end is `\n` however it is written.
  func value() throws(Fault) -> [UInt8] {
    var found: [UInt8] = []
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\\"), !isRaw {
        index = try appendEscape(at: index, to: &found)
      } else if byte == 0x0D {
        found.append(0x0A)
        index += index + 1 < bytes.endIndex && bytes[index + 1] == 0x0A ? 2 : 1
      } else {
        found.append(byte)
        index += 1
      }
    }
    return found
  }

  /// Appends what the escape at `index` stands for. Answers the index behind it.
  private func appendEscape(at index: Int, to found: inout [UInt8]) throws(Fault) -> Int {
    guard index + 1 < bytes.endIndex else { throw fault(index..<bytes.endIndex) }
    let letter = bytes[index + 1]
    if let simple = Self.simple[letter] {
      found.append(simple)
      return index + 2
    }
    let (length, radix): (Int, UInt32)
    switch letter {
    case UInt8(ascii: "x"), UInt8(ascii: "X"): (length, radix) = (2, 16)
    case UInt8(ascii: "u") where !isBytes: (length, radix) = (4, 16)
    case UInt8(ascii: "U") where !isBytes: (length, radix) = (8, 16)
    case UInt8(ascii: "0")...UInt8(ascii: "3"): (length, radix) = (3, 8)
    default: throw fault(index..<index + 2)
    }
    let first = radix == 8 ? index + 1 : index + 2
    let end = first + length
    guard end <= bytes.endIndex else { throw fault(index..<bytes.endIndex) }
    var code: UInt32 = 0
    for digit in bytes[first..<end] {
      guard let value = digit.hexValue, value < radix else { throw fault(index..<end) }
      code = code << (radix == 8 ? 3 : 4) | value
    }
    if isBytes {
      found.append(UInt8(truncatingIfNeeded: code))
    } else {
      guard let scalar = Unicode.Scalar(code) else {
        throw Fault(message: "invalid unicode code point", range: index..<end)
      }
      found.append(contentsOf: Array(String(Character(scalar)).utf8))
    }
    return end
  }

  private func fault(_ range: Range<Int>) -> Fault { Fault(message: "unable to unescape string", range: range) }

  private static let simple: [UInt8: UInt8] = [
    UInt8(ascii: "a"): 0x07, UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C, UInt8(ascii: "n"): 0x0A,
    UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09, UInt8(ascii: "v"): 0x0B, UInt8(ascii: "\\"): UInt8(ascii: "\\"),
    UInt8(ascii: "'"): UInt8(ascii: "'"), UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "`"): UInt8(ascii: "`"),
    UInt8(ascii: "?"): UInt8(ascii: "?"),
  ]
}
