/// `slugify`: small letters, digits and dashes, cut at a word to fit a label (github.com/gosimple/slug for English).
enum Slug {
  private static let limit = 63

  /// The slug of a text; nil when it holds letters whose transliteration is not known.
  static func make(_ text: String) -> String? {
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      guard let spelled = spelling(of: scalar) else { return nil }
      for byte in spelled.utf8 { append(byte, to: &bytes) }
    }
    let edges: Set<UInt8> = [UInt8(ascii: "-"), UInt8(ascii: "_")]
    let trimmed = bytes.drop { edges.contains($0) }
    let end = trimmed.lastIndex { !edges.contains($0) }.map { $0 + 1 } ?? trimmed.startIndex
    return String(decoding: cut(trimmed[..<end]), as: UTF8.self)
  }

  private static func append(_ byte: UInt8, to bytes: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): bytes.append(byte | 0x20)
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      bytes.append(byte)
    default:
      if bytes.last != UInt8(ascii: "-") { bytes.append(UInt8(ascii: "-")) }
    }
  }

  private static func cut(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard bytes.count > limit else { return bytes }
    let dash = bytes.prefix(limit + 1).lastIndex(of: UInt8(ascii: "-"))
    return dash.map { bytes[..<$0] } ?? bytes.prefix(limit)
  }

  private static func spelling(of scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "&": return "and"
    case "@": return "at"
    case "'", "\"", "’", "‘", "“", "”", "–", "—", "‐", "‑", "‒", "―": return marks[scalar] ?? "-"
    default: return scalar.isASCII ? String(scalar) : letters[scalar]
    }
  }

  /// What the library says for any language, in front of its transliteration.
  private static let marks: [Unicode.Scalar: String] = [
    "\"": "", "'": "", "’": "", "‒": "-", "–": "-", "—": "-", "―": "-",
  ]

  /// The letters of the Latin-1 and Latin Extended-A blocks, in the order of their code points.
  private static let letters: [Unicode.Scalar: String] = {
    let latin1 =
      "A A A A A A AE C E E E E I I I I D N O O O O O x O U U U U Y Th ss "
      + "a a a a a a ae c e e e e i i i i d n o o o o o / o u u u u y th y"
    let extended =
      "A a A a A a C c C c C c C c D d D d E e E e E e E e E e G g G g G g G g H h H h I i I i I i I i I i IJ ij J j "
      + "K k k L l L l L l L l L l N n N n N n 'n NG ng O o O o O o OE oe R r R r R r S s S s S s S s T t T t T t "
      + "U u U u U u U u U u U u W w Y y Y Z z Z z Z z s"
    var found: [Unicode.Scalar: String] = [:]
    for (first, text) in [(UInt32(0xC0), latin1), (0x100, extended)] {
      for (index, spelling) in text.split(separator: " ").enumerated() {
        if let scalar = Unicode.Scalar(first + UInt32(index)) { found[scalar] = String(spelling) }
      }
    }
    return found
  }()
}
