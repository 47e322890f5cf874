extension Rule {
  /// All rules.
  public static let catalogue: [Rule] = []
}
