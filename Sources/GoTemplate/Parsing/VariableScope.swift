/// The names of the variables that can be used at a place of a template.
struct VariableScope {
  private var names: [GoString] = ["$"]
  /// How often each name was declared.
  private var counts: [GoString: Int] = ["$": 1]

  var count: Int { names.count }

  func contains(_ name: GoString) -> Bool { counts[name] != nil }

  mutating func append(_ name: GoString) {
    names.append(name)
    counts[name, default: 0] += 1
  }

  /// Forgets the variables of a scope that ends.
  mutating func remove(from start: Int) {
    for name in names[start...] {
      if let count = counts[name], count > 1 { counts[name] = count - 1 } else { counts[name] = nil }
    }
    names.removeSubrange(start...)
  }
}
