/// What `html`, `js` and `urlquery` do with text.
public enum Escaping {
  /// HTML's five special characters as references.
  public static func html(_ text: GoString) -> GoString {
    var out: [UInt8] = []
    for byte in text.bytes {
      switch byte {
      case 0: out.append("\u{FFFD}")
      case UInt8(ascii: "\""): out.append("&#34;")
      case UInt8(ascii: "'"): out.append("&#39;")
      case UInt8(ascii: "&"): out.append("&amp;")
      case UInt8(ascii: "<"): out.append("&lt;")
      case UInt8(ascii: ">"): out.append("&gt;")
      default: out.append(byte)
      }
    }
    return GoString(out)
  }

  /// Text for a string of JavaScript.
  public static func javaScript(_ text: GoString) -> GoString {
    var (out, index) = ([UInt8](), 0)
    while index < text.count {
      let (scalar, length, _) = GoString.decode(text.bytes, at: index)
      switch scalar {
      case "\\": out.append(#"\\"#)
      case "'": out.append(#"\'"#)
      case "\"": out.append(#"\""#)
      case "<": out.append(#"\u003C"#)
      case ">": out.append(#"\u003E"#)
      case "&": out.append(#"\u0026"#)
      case "=": out.append(#"\u003D"#)
      default:
        if scalar.isPrintableInGo {
          out += text.bytes[index..<(index + length)]
        } else {
          out.append("\\u" + Quoting.hex(scalar.value, 4, upper: true))
        }
      }
      index += length
    }
    return GoString(out)
  }

  /// Text for the query of a URL, with spaces as `+`.
  public static func query(_ text: GoString) -> GoString {
    percentEncoded(text) { byte in
      byte == UInt8(ascii: " ") ? [UInt8(ascii: "+")] : nil
    }
  }

  /// Percent-encodes all but letters, digits and `-_.~`; `special` may say otherwise for a byte.
  public static func percentEncoded(_ text: GoString, special: (UInt8) -> [UInt8]?) -> GoString {
    var out: [UInt8] = []
    for byte in text.bytes {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: out.append(byte)
      case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "~"): out.append(byte)
      default: out += special(byte) ?? Array(("%" + Quoting.hex(UInt32(byte), 2, upper: true)).utf8)
      }
    }
    return GoString(out)
  }
}
