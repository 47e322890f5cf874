import Pattern

/// The standard functions of texts.
enum Texts {
  static let all = [
    test("contains") { $0.index(of: $1) != nil }, test("startsWith") { $0.starts(with: $1) },
    test("endsWith") { $0.reversed().starts(with: $1.reversed()) }, matches,
  ]

  private static func test(_ name: String, _ holds: @escaping @Sendable ([UInt8], [UInt8]) -> Bool) -> Function {
    Function(name, [.member([.string, .string], .bool)]) { (values, budget) throws(EvaluationError) in
      guard case .string(let text) = values[0], case .string(let part) = values[1] else {
        throw .noSuchOverload(values)
      }
      try budget.spend(onSearchIn: text, for: part)
      return .bool(holds(Array(text.utf8), Array(part.utf8)))
    }
  }

  /// RE2 never takes long; where the matcher here gives up, nothing is known.
  private static let matches = Function(
    "matches", [.global([.string, .string], .bool), .member([.string, .string], .bool)]
  ) { (values, budget) throws(EvaluationError) in
    guard case .string(let text) = values[0], case .string(let source) = values[1] else {
      throw .noSuchOverload(values)
    }
    try budget.spend(100 + source.utf8.count)
    let pattern: Pattern
    do throws(PatternError) {
      pattern = try Pattern(source, limits: MatchLimits(steps: 200_000, kibibytes: 8_192))
    } catch {
      throw EvaluationError(error.isOfThisEngine ? .limit : .invalid, "\(error)")
    }
    do {
      return .bool(try pattern.matches(text))
    } catch {
      throw EvaluationError(.limit, "the regular expression takes too long")
    }
  }
}

extension PatternError {
  /// Whether only the engine here finds the pattern too large or too deep: RE2 may take it.
  var isOfThisEngine: Bool { [.engine, .tooLarge, .tooDeep].contains(code) }
}

extension [UInt8] {
  /// Where `part` begins first, at or after `start`.
  func index(of part: [UInt8], from start: Int = 0) -> Int? {
    guard part.count <= count else { return nil }
    guard let first = part.first else { return start <= count ? start : nil }
    var index = start
    while index + part.count <= count {
      if self[index] == first, self[index..<index + part.count].elementsEqual(part) { return index }
      index += 1
    }
    return nil
  }
}
