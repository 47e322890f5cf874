import YAML

/// Which fields two objects set differently.
enum FieldDifference {
  /// The paths of the fields, in the order of the first object; of a list that differs, only its own.
  static func paths(_ one: Node, _ other: Node) -> [String] {
    var found: [String] = []
    compare(one, other, "", 0, &found)
    return found
  }

  /// Objects nest as deep as YAML may; what is further down counts as one field.
  private static let depthLimit = 32

  private static func compare(_ one: Node, _ other: Node, _ path: String, _ depth: Int, _ found: inout [String]) {
    guard let left = one.mapping, let right = other.mapping, depth < depthLimit else {
      if !one.hasSameContent(as: other) { found.append(path.isEmpty ? "." : path) }
      return
    }
    for entry in left.entries {
      let name = path.isEmpty ? entry.key.text : "\(path).\(entry.key.text)"
      if let counterpart = right[entry.key.text] {
        compare(entry.value, counterpart, name, depth + 1, &found)
      } else {
        found.append(name)
      }
    }
    for entry in right.entries where left[entry.key.text] == nil {
      found.append(path.isEmpty ? entry.key.text : "\(path).\(entry.key.text)")
    }
  }
}
