/// Escapes of double-quoted scalars.
enum Escape {
  private static let hexDigits = Array("0123456789ABCDEF".utf8)

  /// Writes the character at `index` as an escape; moves `index` behind it.
  static func write(_ text: Span<UInt8>, _ index: inout Int, into output: inout EmitterOutput) {
    let scalar = decode(text, &index)
    output.put(UInt8(ascii: "\\"))
    if let letter = letter(for: scalar) {
      output.put(letter)
      return
    }
    let (sign, digits): (UInt8, Int) =
      switch scalar {
      case ...0xFF: (UInt8(ascii: "x"), 2)
      case ...0xFFFF: (UInt8(ascii: "u"), 4)
      default: (UInt8(ascii: "U"), 8)
      }
    output.put(sign)
    for place in (0..<digits).reversed() {
      output.put(hexDigits[Int(scalar >> UInt32(place * 4) & 0xF)])
    }
  }

  private static func decode(_ text: Span<UInt8>, _ index: inout Int) -> UInt32 {
    let width = UTF8Byte.width(text[index])
    let masks: [UInt8] = [0x7F, 0x1F, 0x0F, 0x07]
    var value = UInt32(text[index] & masks[width - 1])
    let end = index + width
    index += 1
    while index < end {
      value = value << 6 | UInt32(text[index] & 0x3F)
      index += 1
    }
    return value
  }

  private static func letter(for scalar: UInt32) -> UInt8? {
    switch scalar {
    case 0x00: UInt8(ascii: "0")
    case 0x07: UInt8(ascii: "a")
    case 0x08: UInt8(ascii: "b")
    case 0x09: UInt8(ascii: "t")
    case 0x0A: UInt8(ascii: "n")
    case 0x0B: UInt8(ascii: "v")
    case 0x0C: UInt8(ascii: "f")
    case 0x0D: UInt8(ascii: "r")
    case 0x1B: UInt8(ascii: "e")
    case 0x22: UInt8(ascii: "\"")
    case 0x5C: UInt8(ascii: "\\")
    case 0x85: UInt8(ascii: "N")
    case 0xA0: UInt8(ascii: "_")
    case 0x2028: UInt8(ascii: "L")
    case 0x2029: UInt8(ascii: "P")
    default: nil
    }
  }
}
