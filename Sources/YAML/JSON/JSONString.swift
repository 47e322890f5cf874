/// Strings as Go's encoding/json prints them.
public enum JSONString {
  private static let hexDigits = Array("0123456789abcdef".utf8)

  /// Appends `text` in quotes.
  /// - Parameter escapesHTML: whether `<`, `>` and `&` are escaped, as `json.Marshal` does.
  public static func append(_ text: String, to bytes: inout [UInt8], escapesHTML: Bool) {
    let span = text.utf8.span
    bytes.append(UInt8(ascii: "\""))
    for index in span.indices {
      let byte = span[index]
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0x08: bytes += Array(#"\b"#.utf8)
      case 0x09: bytes += Array(#"\t"#.utf8)
      case 0x0A: bytes += Array(#"\n"#.utf8)
      case 0x0C: bytes += Array(#"\f"#.utf8)
      case 0x0D: bytes += Array(#"\r"#.utf8)
      case 0..<0x20: appendEscape(UInt32(byte), to: &bytes)
      case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"):
        if escapesHTML { appendEscape(UInt32(byte), to: &bytes) } else { bytes.append(byte) }
      case 0xA8, 0xA9:
        // Line and paragraph separators (E2 80 A8, E2 80 A9) end lines in JavaScript.
        if index >= 2, span[index - 1] == 0x80, span[index - 2] == 0xE2 {
          bytes.removeLast(2)
          appendEscape(0x2020 + UInt32(byte & 0x0F), to: &bytes)
        } else {
          bytes.append(byte)
        }
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func appendEscape(_ scalar: UInt32, to bytes: inout [UInt8]) {
    bytes += Array(#"\u"#.utf8)
    for shift in [12, 8, 4, 0] as [UInt32] { bytes.append(hexDigits[Int(scalar >> shift & 0xF)]) }
  }
}
