extension Node {
  /// The tree as it is once it has been JSON in between, where Go takes all numbers for floating ones: whole numbers beyond
  /// 2^53 are rounded.
  public func afterJSON() -> Node {
    guard holdsLargeNumbers else { return self }
    switch value {
    case .scalar(let scalar):
      switch scalar.resolved {
      case .int(let number): return Node(scalar: .float(Double(number)), origin: origin)
      case .uint(let number): return Node(scalar: .float(Double(number)), origin: origin)
      default: return self
      }
    case .sequence(let items):
      return Node(.sequence(items.map { $0.afterJSON() }), origin: origin)
    case .mapping(let mapping):
      let entries = mapping.entries.map {
        Mapping.Entry(key: $0.key, keyOrigin: $0.keyOrigin, value: $0.value.afterJSON())
      }
      return Node(.mapping(Mapping(entries, isFlow: mapping.isFlow)), origin: origin)
    }
  }

  private var holdsLargeNumbers: Bool {
    switch value {
    case .scalar(let scalar):
      // 2^53 has 16 digits.
      guard scalar.style == .plain, scalar.text.utf8.count >= 14 else { return false }
      switch scalar.resolved {
      case .int(let number): return number.magnitude > 1 << 53
      case .uint: return true
      default: return false
      }
    case .sequence(let items): return items.contains(where: \.holdsLargeNumbers)
    case .mapping(let mapping): return mapping.entries.contains { $0.value.holdsLargeNumbers }
    }
  }
}
