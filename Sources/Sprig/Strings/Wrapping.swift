import GoTemplate

/// `wrap` and `wrapWith`: lines of a width in bytes, broken at spaces.
enum Wrapping {
  static func wrap(_ text: GoString, width: Int, newline: GoString, breaksLongWords: Bool) -> GoString {
    let bytes = text.bytes
    let width = max(width, 1)
    let separator = newline.isEmpty ? [UInt8(ascii: "\n")] : newline.bytes
    var (out, offset) = ([UInt8](), 0)
    while bytes.count - offset > width, out.count <= Limits.largestOutput {
      if bytes[offset] == UInt8(ascii: " ") {
        offset += 1
        continue
      }
      let space = bytes[offset...(offset + width)].lastIndex(of: UInt8(ascii: " "))
      if let space {
        out += bytes[offset..<space] + separator
        offset = space + 1
      } else if breaksLongWords {
        out += bytes[offset..<(offset + width)] + separator
        offset += width
      } else if let next = bytes[(offset + width)...].firstIndex(of: UInt8(ascii: " ")) {
        out += bytes[offset..<next] + separator
        offset = next + 1
      } else {
        out += bytes[offset...]
        offset = bytes.count
      }
    }
    return GoString(out + bytes[offset...])
  }
}

/// `abbrev` and `abbrevboth`: text cut to a width in bytes, with dots where something is left out.
enum Abbreviation {
  private static let dots = Array("...".utf8)

  static func cut(_ text: GoString, from offset: Int, width: Int) -> GoString {
    let bytes = text.bytes
    if bytes.count <= width { return text }
    var offset = min(offset, bytes.count)
    if bytes.count - offset < width - 3 { offset = bytes.count - (width - 3) }
    if offset <= 4 { return GoString(bytes[..<(width - 3)] + dots) }
    guard width >= 7 else { return "" }
    if offset + width - 3 < bytes.count {
      let rest = GoString(bytes[offset...])
      return GoString(dots + (width - 3 < 4 ? [] : cut(rest, from: 0, width: width - 3).bytes))
    }
    return GoString(dots + bytes[(bytes.count - (width - 3))...])
  }
}
