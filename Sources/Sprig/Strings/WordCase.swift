import GoTemplate

/// `snakecase`, `kebabcase` and `camelcase`: words found the way the Go library `xstrings` finds them.
enum WordCase {
  private enum Kind { case none, number, upper, letters, connector, punctuation, other }

  private struct Word {
    var kind: Kind
    var scalars: ArraySlice<Unicode.Scalar>
  }

  static func isConnector(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "-" || scalar == "_" || scalar.isSpaceInGo
  }

  private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .otherPunctuation:
      true
    default: false
    }
  }

  private static func isNumber(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .decimalNumber, .letterNumber, .otherNumber: true
    default: false
    }
  }

  /// Scripts without case, such as Chinese, are no alphabets to the library.
  private static func isAlphabet(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isLetterInGo && scalar.properties.generalCategory != .otherLetter
  }

  // MARK: Words

  private static func nextWord(_ rest: inout ArraySlice<Unicode.Scalar>) -> Word {
    guard let first = rest.first else { return Word(kind: .none, scalars: []) }
    if isConnector(first) { return take(&rest, .connector, while: isConnector) }
    if isPunctuation(first) { return take(&rest, .punctuation, while: isPunctuation) }
    if Letters.isUpper(first) { return upperWord(&rest) }
    if isAlphabet(first) {
      return take(&rest, .letters) { isAlphabet($0) && !Letters.isUpper($0) }
    }
    if isNumber(first) { return take(&rest, .number, while: isNumber) }
    return take(&rest, .other) { !isConnector($0) && !isAlphabet($0) && !isNumber($0) && !isPunctuation($0) }
  }

  private static func take(
    _ rest: inout ArraySlice<Unicode.Scalar>, _ kind: Kind, while isWanted: (Unicode.Scalar) -> Bool
  ) -> Word {
    let end = rest.dropFirst().firstIndex { !isWanted($0) } ?? rest.endIndex
    defer { rest = rest[end...] }
    return Word(kind: kind, scalars: rest[..<end])
  }

  /// `HTTPStatus` is `HTTP` and `Status`: the last capital starts the next word.
  private static func upperWord(_ rest: inout ArraySlice<Unicode.Scalar>) -> Word {
    guard let second = rest.dropFirst().first, isAlphabet(second) else { return take(&rest, .upper) { _ in false } }
    guard Letters.isUpper(second) else {
      return take(&rest, .upper) { isAlphabet($0) && !Letters.isUpper($0) }
    }
    var end = rest.firstIndex { !Letters.isUpper($0) } ?? rest.endIndex
    if end < rest.endIndex, isAlphabet(rest[end]) { end -= 1 }
    defer { rest = rest[end...] }
    return Word(kind: .upper, scalars: rest[..<end])
  }

  // MARK: Joined words

  static func joined(_ text: GoString, by connector: Unicode.Scalar) -> GoString {
    var joiner = Joiner(connector: connector, rest: text.scalars[...])
    joiner.run()
    return GoString(scalars: joiner.out)
  }

  private struct Joiner {
    let connector: Unicode.Scalar
    var rest: ArraySlice<Unicode.Scalar>
    var out: [Unicode.Scalar] = []

    mutating func run() {
      var word = nextWord(&rest)
      while !rest.isEmpty {
        if word.kind != .connector { write(word) }
        let previous = word
        word = nextWord(&rest)
        switch previous.kind {
        case .number:
          writeLettersAndNumbers(&word)
          connect(before: word, [.none, .punctuation, .connector])
        case .connector: write(previous)
        case .punctuation: break
        default: afterLetters(&word)
        }
      }
      write(word)
    }

    private mutating func afterLetters(_ word: inout Word) {
      guard word.kind == .number else { return connect(before: word, [.connector, .punctuation]) }
      guard !rest.isEmpty else { return }
      let number = word
      word = nextWord(&rest)
      guard word.kind == .letters else {
        // A number belongs to the word before it: "Bld4Floor" is "bld4_floor".
        write(number)
        return connect(before: word, [.connector, .punctuation])
      }
      // Unless small letters follow: "HTTP2xx" is "http_2xx".
      out.append(connector)
      write(number)
      writeLettersAndNumbers(&word)
      connect(before: word, [.none, .connector, .punctuation])
    }

    private mutating func writeLettersAndNumbers(_ word: inout Word) {
      while word.kind == .letters || word.kind == .number {
        write(word)
        word = nextWord(&rest)
      }
    }

    private mutating func connect(before word: Word, _ excluded: [Kind]) {
      if !excluded.contains(word.kind) { out.append(connector) }
    }

    private mutating func write(_ word: Word) {
      guard word.kind == .upper || word.kind == .connector else {
        out += word.scalars
        return
      }
      for scalar in word.scalars {
        out.append(isConnector(scalar) ? connector : Letters.isUpper(scalar) ? Letters.lower(scalar) : scalar)
      }
    }
  }

  // MARK: Pascal case

  static func pascal(_ text: GoString) -> GoString {
    let scalars = text.scalars
    guard let start = scalars.firstIndex(where: { !isConnector($0) }) else { return text }
    var out = Array(scalars[..<start])
    var startsUpper = Letters.isUpper(scalars[start])
    var current = Letters.upper(scalars[start])
    for next in scalars[(start + 1)...] {
      let previous = current
      current = next
      if isConnector(current) && isConnector(previous) {
        out.append(previous)
      } else if isConnector(previous) {
        startsUpper = Letters.isUpper(current)
        current = Letters.upper(current)
      } else {
        // A word all in capitals keeps only its first one.
        if startsUpper && Letters.isUpper(current) {
          current = Letters.lower(current)
        } else if startsUpper {
          startsUpper = false
        }
        out.append(previous)
      }
    }
    return GoString(scalars: out + [current])
  }
}
