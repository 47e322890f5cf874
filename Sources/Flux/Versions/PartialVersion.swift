/// A version in which numbers may be missing or wildcards.
struct PartialVersion: Sendable, Hashable {
  /// The numbers before the first that is missing or a wildcard, up to three.
  var numbers: [UInt64] = []
  var prerelease = ""
  var build = ""
  /// Whether `x`, `X` or `*` stands for a number.
  var holdsWildcard = false
  /// Whether it has neither a leading `v` nor leading zeros.
  var isStrict = true

  /// What it is with zeros for what is missing.
  var filled: SemanticVersion {
    func number(_ index: Int) -> UInt64 { index < numbers.count ? numbers[index] : 0 }
    return SemanticVersion(number(0), number(1), number(2), prerelease: prerelease, build: build)
  }

  /// Whether numbers are missing or wildcards.
  var isDirty: Bool { numbers.count < 3 }

  init?(_ text: some StringProtocol) {
    var rest = Array(text.utf8)[...]
    if rest.first == UInt8(ascii: "v") {
      rest = rest.dropFirst()
      isStrict = false
    }
    guard let build = Self.cut(&rest, at: UInt8(ascii: "+")), Self.areIdentifiers(build, numbersMayStartWithZero: true),
      let prerelease = Self.cut(&rest, at: UInt8(ascii: "-")),
      Self.areIdentifiers(prerelease, numbersMayStartWithZero: false)
    else { return nil }
    self.build = String(decoding: build, as: UTF8.self)
    self.prerelease = String(decoding: prerelease, as: UTF8.self)
    let parts = rest.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard (1...3).contains(parts.count) else { return nil }
    for part in parts {
      guard take(part) else { return nil }
    }
  }

  /// One number or wildcard.
  private mutating func take(_ part: ArraySlice<UInt8>) -> Bool {
    if part.count == 1, let first = part.first, first | 0x20 == UInt8(ascii: "x") || first == UInt8(ascii: "*") {
      holdsWildcard = true
      return true
    }
    guard !part.isEmpty, part.allSatisfy(\.isDigit), let number = UInt64(String(decoding: part, as: UTF8.self)) else {
      return false
    }
    if part.count > 1, part.first == UInt8(ascii: "0") { isStrict = false }
    if !holdsWildcard { numbers.append(number) }
    return true
  }

  /// Takes what stands behind the first `mark` off `text`: empty without a mark, nil where nothing follows it.
  private static func cut(_ text: inout ArraySlice<UInt8>, at mark: UInt8) -> ArraySlice<UInt8>? {
    guard let index = text.firstIndex(of: mark) else { return [] }
    let tail = text[(index + 1)...]
    text = text[..<index]
    return tail.isEmpty ? nil : tail
  }

  private static func areIdentifiers(_ text: ArraySlice<UInt8>, numbersMayStartWithZero: Bool) -> Bool {
    if text.isEmpty { return true }
    return text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { part in
      guard !part.isEmpty, part.allSatisfy({ $0.isDigit || $0.isLetter || $0 == UInt8(ascii: "-") }) else {
        return false
      }
      let isPaddedNumber = part.count > 1 && part.first == UInt8(ascii: "0") && part.allSatisfy(\.isDigit)
      return numbersMayStartWithZero || !isPaddedNumber
    }
  }
}

extension UInt8 {
  /// Whether it is an ASCII letter.
  var isLetter: Bool { self | 0x20 >= UInt8(ascii: "a") && self | 0x20 <= UInt8(ascii: "z") }
}
