/// Reads an expression scalar by scalar.
struct PatternCursor {
  let scalars: [Unicode.Scalar]
  var offset = 0

  init(_ source: String) {
    scalars = Array(source.unicodeScalars)
  }

  var isAtEnd: Bool { offset >= scalars.count }
  var next: Unicode.Scalar? { peek(0) }

  func peek(_ distance: Int) -> Unicode.Scalar? {
    offset + distance < scalars.count ? scalars[offset + distance] : nil
  }

  func startsWith(_ text: StaticString) -> Bool {
    var distance = 0
    for scalar in text.description.unicodeScalars {
      guard peek(distance) == scalar else { return false }
      distance += 1
    }
    return true
  }

  /// Takes `scalar` if it is next.
  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    offset += 1
    return true
  }

  /// Takes whatever is next.
  mutating func advance() -> Unicode.Scalar? {
    guard let scalar = next else { return nil }
    offset += 1
    return scalar
  }

  /// The text from `start` to here.
  func text(from start: Int) -> String {
    text(start..<offset)
  }

  /// The text of a part.
  func text(_ range: Range<Int>) -> String {
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars[range])
    return text
  }

  /// The text from `start` to the end.
  func rest(from start: Int) -> String {
    text(start..<scalars.count)
  }
}

extension Unicode.Scalar {
  var isDigit: Bool { ("0"..."9").contains(self) }
  var isOctalDigit: Bool { ("0"..."7").contains(self) }
  var isASCIILetter: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) }
  /// A letter, digit or underscore of ASCII.
  var isWord: Bool { isASCIILetter || isDigit || self == "_" }

  var hexDigitValue: UInt32? {
    switch self {
    case "0"..."9": value - 0x30
    case "a"..."f": value - 0x61 + 10
    case "A"..."F": value - 0x41 + 10
    default: nil
    }
  }
}
