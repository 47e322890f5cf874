/// The order in which go-yaml prints the keys of a map: numbers in keys by their value, letters behind other characters.
struct KeyOrder {
  /// v3 puts letters in front of other characters behind a digit.
  let lettersLeadBehindDigits: Bool

  /// Whether `left` is printed before `right`.
  func comesFirst(_ left: String, _ right: String) -> Bool {
    if let quick = quickly(left.utf8.span, right.utf8.span) { return quick }
    return comesFirst(Array(left.unicodeScalars), Array(right.unicodeScalars))
  }

  /// Most keys of objects part at two ASCII letters, or one is the start of the other.
  private func quickly(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool? {
    for index in 0..<min(left.count, right.count) {
      let (first, second) = (left[index], right[index])
      guard first < 0x80, second < 0x80 else { return nil }
      if first == second { continue }
      return isLetter(first) && isLetter(second) ? first < second : nil
    }
    return left.count < right.count
  }

  private func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private func comesFirst(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Bool {
    guard let index = zip(left, right).enumerated().first(where: { $1.0 != $1.1 })?.offset else {
      return left.count < right.count
    }
    let (first, second) = (left[index], right[index])
    switch (first.isGoLetter, second.isGoLetter) {
    case (true, true): return first < second
    case (true, false), (false, true):
      let isBehindDigit = index > 0 && left[index - 1].isGoDigit
      return lettersLeadBehindDigits && isBehindDigit ? first.isGoLetter : second.isGoLetter
    case (false, false): break
    }
    let start = hasLeadingDigit(left, before: index) && (first == "0" || second == "0") ? Int64(1) : 0
    let (one, other) = (run(left, from: index, start: start), run(right, from: index, start: start))
    if one.value != other.value { return one.value < other.value }
    return one.end == other.end ? first < second : one.end < other.end
  }

  /// Whether the digits directly before `index` hold one that is not zero, which makes further zeros count.
  private func hasLeadingDigit(_ text: [Unicode.Scalar], before index: Int) -> Bool {
    text[..<index].reversed().prefix { $0.isGoDigit }.contains { $0 != "0" }
  }

  private func run(_ text: [Unicode.Scalar], from index: Int, start: Int64) -> (value: Int64, end: Int) {
    var (value, end) = (start, index)
    while end < text.count, text[end].isGoDigit {
      value = value &* 10 &+ Int64(text[end].value) &- 48
      end += 1
    }
    return (value, end)
  }
}

extension Unicode.Scalar {
  /// Go's `unicode.IsLetter`.
  fileprivate var isGoLetter: Bool {
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
    default: false
    }
  }

  /// Go's `unicode.IsDigit`.
  fileprivate var isGoDigit: Bool {
    properties.generalCategory == .decimalNumber
  }
}
