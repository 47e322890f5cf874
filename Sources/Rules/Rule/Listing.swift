/// Puts names into a sentence.
enum Listing {
  /// `a, b and c`; of many names only the first few and how many more there are.
  static func of(_ names: [String], atMost limit: Int = 4, _ conjunction: String = "and") -> String {
    if names.count > limit {
      return "\(names.prefix(limit - 1).joined(separator: ", ")) \(conjunction) \(names.count - limit + 1) more"
    }
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return "\(names.dropLast().joined(separator: ", ")) \(conjunction) \(last)"
  }
}
