extension Node {
  /// Whether two values say the same, wherever they were written and in whatever order their keys stand.
  public func hasSameContent(as other: Node) -> Bool {
    switch (value, other.value) {
    case (.scalar(let left), .scalar(let right)):
      return left.resolved == right.resolved
    case (.sequence(let left), .sequence(let right)):
      return left.count == right.count && zip(left, right).allSatisfy { $0.hasSameContent(as: $1) }
    case (.mapping(let left), .mapping(let right)):
      return left.count == right.count
        && left.entries.allSatisfy { entry in right[entry.key.text]?.hasSameContent(as: entry.value) ?? false }
    default:
      return false
    }
  }
}

extension Node {
  /// Whether `text` is a scalar in it. Nesting is limited by the reader.
  public func holds(text: String) -> Bool {
    switch value {
    case .scalar(let scalar): scalar.text == text
    case .sequence(let items): items.contains { $0.holds(text: text) }
    case .mapping(let mapping): mapping.entries.contains { $0.value.holds(text: text) }
    }
  }
}
