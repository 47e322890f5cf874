/// The content of a character class: ranges of scalars, and Unicode properties by PCRE2's names.
struct CharacterSet {
  var ranges: [ClosedRange<UInt32>] = []
  /// Such as `\p{Lu}`.
  var properties: [String] = []

  static let highest: UInt32 = 0x10FFFF

  mutating func formUnion(_ other: CharacterSet) {
    ranges += other.ranges
    properties += other.properties
  }

  /// Everything that is not in these ranges. Properties are negated by their own letter, so a set with properties has no use for it.
  var inverted: CharacterSet {
    var result: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if range.lowerBound > next { result.append(next...(range.lowerBound - 1)) }
      next = max(next, range.upperBound + 1)
    }
    if next <= Self.highest { result.append(next...Self.highest) }
    return CharacterSet(ranges: result)
  }

  /// With what Unicode folds onto the ASCII letters k and s, so that a complement of it is right under `(?i)`.
  var folded: CharacterSet {
    var result = self
    if contains("k") || contains("K") { result.ranges.append(0x212A...0x212A) }
    if contains("s") || contains("S") { result.ranges.append(0x17F...0x17F) }
    for range in ranges {
      result.ranges += Self.otherCase(of: range)
    }
    return result
  }

  private func contains(_ scalar: Unicode.Scalar) -> Bool {
    ranges.contains { $0.contains(scalar.value) }
  }

  /// The letters of ASCII in `range`, in the other case.
  private static func otherCase(of range: ClosedRange<UInt32>) -> [ClosedRange<UInt32>] {
    let (upper, lower): (ClosedRange<UInt32>, ClosedRange<UInt32>) = (0x41...0x5A, 0x61...0x7A)
    var result: [ClosedRange<UInt32>] = []
    if range.overlaps(upper) {
      let part = range.clamped(to: upper)
      result.append((part.lowerBound + 32)...(part.upperBound + 32))
    }
    if range.overlaps(lower) {
      let part = range.clamped(to: lower)
      result.append((part.lowerBound - 32)...(part.upperBound - 32))
    }
    return result
  }

  /// As PCRE2 writes it, brackets included. Surrogates are left out: PCRE2 refuses them in UTF-8, where they cannot occur.
  func written(negated: Bool) -> String {
    var parts = properties
    for range in ranges {
      for part in [range.clamped(below: 0xD7FF), range.clamped(above: 0xE000)] {
        guard let part else { continue }
        let low = "\\x{\(String(part.lowerBound, radix: 16))}"
        parts.append(part.count == 1 ? low : "\(low)-\\x{\(String(part.upperBound, radix: 16))}")
      }
    }
    if parts.isEmpty { return negated ? "(?s:.)" : "(?!)" }
    return (negated ? "[^" : "[") + parts.joined() + "]"
  }
}

extension ClosedRange<UInt32> {
  fileprivate func clamped(below limit: UInt32) -> ClosedRange? {
    lowerBound <= limit ? lowerBound...Swift.min(upperBound, limit) : nil
  }

  fileprivate func clamped(above limit: UInt32) -> ClosedRange? {
    upperBound >= limit ? Swift.max(lowerBound, limit)...upperBound : nil
  }
}

// The named sets of RE2: ASCII only, whatever the text.
extension CharacterSet {
  private static func of(_ pairs: (Unicode.Scalar, Unicode.Scalar)...) -> CharacterSet {
    CharacterSet(ranges: pairs.map { $0.0.value...$0.1.value })
  }

  static let digit = of(("0", "9"))
  static let word = of(("0", "9"), ("A", "Z"), ("_", "_"), ("a", "z"))
  /// Unlike Perl's, without the vertical tab.
  static let space = of(("\t", "\n"), ("\u{c}", "\r"), (" ", " "))

  /// The set of a POSIX class such as `alpha`.
  static func posix(_ name: String) -> CharacterSet? {
    switch name {
    case "alnum": of(("0", "9"), ("A", "Z"), ("a", "z"))
    case "alpha": of(("A", "Z"), ("a", "z"))
    case "ascii": of(("\0", "\u{7f}"))
    case "blank": of(("\t", "\t"), (" ", " "))
    case "cntrl": of(("\0", "\u{1f}"), ("\u{7f}", "\u{7f}"))
    case "digit": digit
    case "graph": of(("!", "~"))
    case "lower": of(("a", "z"))
    case "print": of((" ", "~"))
    case "punct": of(("!", "/"), (":", "@"), ("[", "`"), ("{", "~"))
    case "space": of(("\t", "\r"), (" ", " "))
    case "upper": of(("A", "Z"))
    case "word": word
    case "xdigit": of(("0", "9"), ("A", "F"), ("a", "f"))
    default: nil
    }
  }
}
