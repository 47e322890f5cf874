import GoTemplate

/// Upper and lower case, character by character as Go has it.
enum Letters {
  static func upper(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if scalar.isASCII { return isLowerASCII(scalar) ? Unicode.Scalar(UInt8(scalar.value - 32)) : scalar }
    return single(scalar.properties.uppercaseMapping, scalar)
  }

  static func lower(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if scalar.isASCII { return isUpperASCII(scalar) ? Unicode.Scalar(UInt8(scalar.value + 32)) : scalar }
    return single(scalar.properties.lowercaseMapping, scalar)
  }

  private static func titled(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    scalar.isASCII ? upper(scalar) : single(scalar.properties.titlecaseMapping, scalar)
  }

  /// Go maps a character to one character, or leaves it.
  private static func single(_ mapped: String, _ scalar: Unicode.Scalar) -> Unicode.Scalar {
    let scalars = mapped.unicodeScalars
    guard let first = scalars.first, scalars.count == 1 else { return scalar }
    return first
  }

  private static func isLowerASCII(_ scalar: Unicode.Scalar) -> Bool { (0x61...0x7A).contains(scalar.value) }
  private static func isUpperASCII(_ scalar: Unicode.Scalar) -> Bool { (0x41...0x5A).contains(scalar.value) }

  static func isUpper(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII ? isUpperASCII(scalar) : scalar.properties.generalCategory == .uppercaseLetter
  }

  static func isLower(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII ? isLowerASCII(scalar) : scalar.properties.generalCategory == .lowercaseLetter
  }

  static func mapped(_ text: GoString, _ change: (Unicode.Scalar) -> Unicode.Scalar) -> GoString {
    GoString(scalars: text.scalars.lazy.map(change))
  }

  /// `strings.Title`: the first letter of each word.
  static func title(_ text: GoString) -> GoString {
    var previous: Unicode.Scalar = " "
    return mapped(text) { scalar in
      defer { previous = scalar }
      return isSeparator(previous) ? titled(scalar) : scalar
    }
  }

  private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      return !(isLowerASCII(scalar) || isUpperASCII(scalar) || (0x30...0x39).contains(scalar.value) || scalar == "_")
    }
    return !scalar.isLetterInGo && !scalar.isDigitInGo && scalar.isSpaceInGo
  }

  /// The first letter of each word in lower case; words are apart by white space.
  static func uncapitalized(_ text: GoString) -> GoString {
    var isFirst = true
    return mapped(text) { scalar in
      defer { isFirst = scalar.isSpaceInGo }
      return isFirst ? lower(scalar) : scalar
    }
  }

  /// Case swapped, as the Go library `goutils` does it: titles at word starts.
  static func swapped(_ text: GoString) -> GoString {
    var isFirst = true
    return mapped(text) { scalar in
      defer { isFirst = scalar.isSpaceInGo }
      if isUpper(scalar) || scalar.properties.generalCategory == .titlecaseLetter { return lower(scalar) }
      if isLower(scalar) { return isFirst ? titled(scalar) : upper(scalar) }
      return scalar
    }
  }

  /// The first letter of each word; the Go library takes each byte for a character.
  static func initials(_ text: GoString) -> GoString {
    var (out, isFirst) = ([Unicode.Scalar](), true)
    for byte in text.bytes {
      let scalar = Unicode.Scalar(byte)
      if scalar.isSpaceInGo {
        isFirst = true
      } else if isFirst {
        out.append(scalar)
        isFirst = false
      }
    }
    return GoString(scalars: out)
  }
}
