// Escapes that mean the same inside and outside of a class.
extension PatternCursor {
  /// `\d`, `\pL` and the like; nil, without having moved, when the escape is not one of them.
  mutating func characterSetEscape(foldsCase: Bool) throws(PatternError) -> CharacterSet? {
    guard next == "\\", let letter = peek(1) else { return nil }
    let set: CharacterSet
    switch letter {
    case "d", "D": set = .digit
    case "w", "W": set = .word
    case "s", "S": set = .space
    case "p", "P": return try property(isNegative: letter == "P", foldsCase: foldsCase)
    default: return nil
    }
    offset += 2
    guard ["D", "W", "S"].contains(letter) else { return set }
    return foldsCase ? set.folded.inverted : set.inverted
  }

  private mutating func property(isNegative: Bool, foldsCase: Bool) throws(PatternError) -> CharacterSet {
    let start = offset
    offset += 2
    guard let first = advance() else { throw PatternError(.invalidCharacterRange, text(from: start)) }
    var name = String(Character(first))
    var isNegative = isNegative
    if first == "{" {
      let nameStart = offset
      while let scalar = next, scalar != "}" { offset += 1 }
      name = text(from: nameStart)
      guard take("}") else { throw PatternError(.invalidCharacterRange, rest(from: start)) }
      if name.hasPrefix("^") {
        isNegative.toggle()
        name.removeFirst()
      }
    }
    guard let spelling = PropertyNames.spelling(of: name, folding: foldsCase) else {
      throw PatternError(.invalidCharacterRange, text(from: start))
    }
    return CharacterSet(properties: ["\\\(isNegative ? "P" : "p"){\(spelling)}"])
  }

  /// The scalar an escape such as `\n`, `\x41`, `\101` or `\.` stands for.
  mutating func scalarEscape() throws(PatternError) -> Unicode.Scalar {
    let start = offset
    offset += 1
    guard let scalar = advance() else { throw PatternError(.trailingBackslash, "") }
    switch scalar {
    case "1"..."7":
      // A single digit would be a back-reference, which RE2 does not have.
      guard let second = next, second.isOctalDigit else { throw PatternError(.invalidEscape, text(from: start)) }
      return octal(from: scalar)
    case "0": return octal(from: scalar)
    case "x": return try hexadecimal(from: start)
    case "a": return "\u{7}"
    case "f": return "\u{c}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "v": return "\u{b}"
    default:
      guard scalar.isASCII, scalar == "_" || !scalar.isWord else {
        throw PatternError(.invalidEscape, text(from: start))
      }
      return scalar
    }
  }

  private mutating func octal(from first: Unicode.Scalar) -> Unicode.Scalar {
    var value = first.value - 0x30
    for _ in 0..<2 {
      guard let digit = next, digit.isOctalDigit else { break }
      value = value * 8 + digit.value - 0x30
      offset += 1
    }
    return Unicode.Scalar(value) ?? "\0"
  }

  private mutating func hexadecimal(from start: Int) throws(PatternError) -> Unicode.Scalar {
    var value: UInt32 = 0
    if take("{") {
      var count = 0
      while let digit = next?.hexDigitValue {
        value = value * 16 + digit
        count += 1
        offset += 1
        guard value <= CharacterSet.highest else { break }
      }
      guard count > 0, value <= CharacterSet.highest, take("}"), let scalar = Unicode.Scalar(value) else {
        throw PatternError(.invalidEscape, text(from: start))
      }
      return scalar
    }
    for _ in 0..<2 {
      guard let digit = next?.hexDigitValue else { throw PatternError(.invalidEscape, text(from: start)) }
      value = value * 16 + digit
      offset += 1
    }
    return Unicode.Scalar(value) ?? "\0"
  }
}
