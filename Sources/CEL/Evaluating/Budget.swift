/// The work an evaluation may still do.
struct Budget {
  private(set) var remaining: Int

  init(_ limit: Int) {
    remaining = limit
  }

  mutating func spend(_ cost: Int = 1) throws(EvaluationError) {
    remaining -= min(cost, remaining + 1)
    guard remaining >= 0 else { throw EvaluationError(.limit, "the expression costs more than it may") }
  }

  /// For work on so many parts of a text, a list or a map.
  mutating func spend(onParts count: Int) throws(EvaluationError) {
    try spend(count / 10)
  }

  /// For the search for one text in another, which can compare nearly all of one at each place of the other.
  mutating func spend(onSearchIn text: String, for part: String) throws(EvaluationError) {
    try spend(text.utf8.count / 10 * (1 + part.utf8.count / 100))
  }
}
