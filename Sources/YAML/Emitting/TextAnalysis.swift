/// What the characters of a text allow: which of YAML's styles can hold it.
///
/// The same questions, in the same order, as the emitter of libyaml and its port go-yaml ask.
struct TextAnalysis {
  var hasLineBreaks = false
  var allowsPlain = true
  var allowsSingleQuotes = true
  var allowsBlock = true

  /// - Parameter tabsAreSpecial: v2 writes a tab in double quotes only, v3 also in block style.
  init(_ text: Span<UInt8>, tabsAreSpecial: Bool) {
    guard text.count > 0 else {
      allowsBlock = false
      return
    }
    var scan = Scan()
    if text.count >= 3, text[0] == text[1], text[1] == text[2],
      text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: ".")
    {
      scan.hasIndicators = true
    }
    var index = 0
    while index < text.count {
      let width = UTF8Byte.width(text[index])
      if index == 0 { scan.takeFirst(text, width) } else { scan.takeIndicator(text, at: index, width) }
      scan.takeSpace(text, at: index, width, tabsAreSpecial: tabsAreSpecial)
      index += width
    }
    judge(scan)
  }

  private mutating func judge(_ scan: Scan) {
    hasLineBreaks = scan.hasBreaks
    if scan.startsOrEndsWithSpace || scan.hasBreakSpace || scan.hasSpaceBreak || scan.hasSpecial || scan.hasTab
      || scan.hasBreaks || scan.hasIndicators
    {
      allowsPlain = false
    }
    if scan.hasBreakSpace || scan.hasSpaceBreak || scan.hasTab || scan.hasSpecial { allowsSingleQuotes = false }
    if scan.endsWithSpace || scan.hasSpaceBreak || scan.hasSpecial { allowsBlock = false }
  }

  private struct Scan {
    var hasIndicators = false
    var hasBreaks = false
    var hasSpecial = false
    var hasTab = false
    var startsOrEndsWithSpace = false
    var endsWithSpace = false
    /// A break with a space behind it.
    var hasBreakSpace = false
    /// A space with a break behind it.
    var hasSpaceBreak = false
    var previousSpace = false
    var previousBreak = false
    var precededByBlank = true

    mutating func takeFirst(_ text: Span<UInt8>, _ width: Int) {
      switch text[0] {
      case UInt8(ascii: "#"), UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
        UInt8(ascii: "}"), UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "!"), UInt8(ascii: "|"),
        UInt8(ascii: ">"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "%"), UInt8(ascii: "@"),
        UInt8(ascii: "`"):
        hasIndicators = true
      case UInt8(ascii: "?"), UInt8(ascii: ":"), UInt8(ascii: "-"):
        if UTF8Byte.isBlankOrEnd(text, 1) { hasIndicators = true }
      default: break
      }
    }

    mutating func takeIndicator(_ text: Span<UInt8>, at index: Int, _ width: Int) {
      switch text[index] {
      case UInt8(ascii: ":"):
        if UTF8Byte.isBlankOrEnd(text, index + 1) { hasIndicators = true }
      case UInt8(ascii: "#"):
        if precededByBlank { hasIndicators = true }
      default: break
      }
    }

    mutating func takeSpace(_ text: Span<UInt8>, at index: Int, _ width: Int, tabsAreSpecial: Bool) {
      let byte = text[index]
      if byte == UInt8(ascii: "\t"), !tabsAreSpecial {
        hasTab = true
      } else if !UTF8Byte.isPrintable(text, index) {
        hasSpecial = true
      }
      let isEdge = index == 0 || index + width == text.count
      if byte == UInt8(ascii: " ") {
        if isEdge { startsOrEndsWithSpace = true }
        if index + width == text.count { endsWithSpace = true }
        if previousBreak { hasBreakSpace = true }
        (previousSpace, previousBreak, precededByBlank) = (true, false, true)
      } else if UTF8Byte.isBreak(text, index) {
        hasBreaks = true
        if isEdge { startsOrEndsWithSpace = true }
        if previousSpace { hasSpaceBreak = true }
        (previousSpace, previousBreak, precededByBlank) = (false, true, true)
      } else {
        (previousSpace, previousBreak) = (false, false)
        precededByBlank = byte == UInt8(ascii: "\t") || byte == 0
      }
    }
  }
}

/// Texts of letters, digits and a few harmless signs, which most names and words are: they stand plain in any place,
/// unless they look like something else.
enum TameText {
  private static let low = mask(of: "-./0123456789")
  private static let high = mask(of: "ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz")

  private static func mask(of signs: String) -> UInt64 {
    signs.utf8.reduce(0) { $0 | 1 << UInt64($1 & 63) }
  }

  static func check(_ text: Span<UInt8>) -> Bool {
    guard text.count > 0, text[0] != UInt8(ascii: "-"), text[0] != UInt8(ascii: ".") else { return false }
    let (low, high) = (low, high)
    for index in text.indices {
      let byte = text[index]
      let mask = byte < 64 ? low : byte < 128 ? high : 0
      if mask >> UInt64(byte & 63) & 1 == 0 { return false }
    }
    return true
  }
}

/// Questions about one character of a text in UTF-8.
enum UTF8Byte {
  static func width(_ lead: UInt8) -> Int {
    lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
  }

  static func isBlankOrEnd(_ text: Span<UInt8>, _ index: Int) -> Bool {
    index >= text.count || text[index] == UInt8(ascii: " ") || text[index] == UInt8(ascii: "\t")
  }

  /// LF, CR, and what YAML 1.1 counts as line breaks besides: NEL, LS, PS.
  static func isBreak(_ text: Span<UInt8>, _ index: Int) -> Bool {
    switch text[index] {
    case 0x0A, 0x0D: true
    case 0xC2: text[index + 1] == 0x85
    case 0xE2: text[index + 1] == 0x80 && text[index + 2] & 0xFE == 0xA8
    default: false
    }
  }

  /// What is written as it is. Characters beyond the basic plane, such as emoji, are not among them in go-yaml.
  static func isPrintable(_ text: Span<UInt8>, _ index: Int) -> Bool {
    let byte = text[index]
    if byte < 0x80 { return byte == 0x0A || (byte >= 0x20 && byte <= 0x7E) }
    switch byte {
    case 0xC2: return text[index + 1] >= 0xA0
    case 0xEF:
      let (second, third) = (text[index + 1], text[index + 2])
      return !(second == 0xBB && third == 0xBF) && !(second == 0xBF && third >= 0xBE)
    default: return byte < 0xF0
    }
  }
}
