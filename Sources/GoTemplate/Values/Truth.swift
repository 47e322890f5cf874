extension Value {
  /// Whether the value counts as true: not the empty value of its type, as `if` asks.
  public var isTrue: Bool {
    switch self {
    case .missing, .null: false
    case .bool(let value): value
    case .int(let value, _): value != 0
    case .uint(let value, _): value != 0
    case .double(let value): value != 0
    case .complex(let real, let imaginary): real != 0 || imaginary != 0
    case .string(let value): !value.isEmpty
    case .bytes(let value): !value.isEmpty
    case .list(let value): !value.elements.isEmpty
    case .dict(let value): !value.entries.isEmpty
    case .object(let value): value.underlying?.isTrue ?? true
    }
  }

  /// Whether both are of the same type and equal all the way down, as Go's `reflect.DeepEqual` has it.
  public func isDeepEqual(to other: Value) -> Bool {
    switch (self, other) {
    case (.missing, .missing), (.null, .null), (.missing, .null), (.null, .missing): true
    case (.bool(let left), .bool(let right)): left == right
    case (.int(let left, let width), .int(let right, let otherWidth)): left == right && width == otherWidth
    case (.uint(let left, let width), .uint(let right, let otherWidth)): left == right && width == otherWidth
    case (.double(let left), .double(let right)): left == right
    case (.complex(let left, let leftPart), .complex(let right, let rightPart)): left == right && leftPart == rightPart
    case (.string(let left), .string(let right)): left == right
    case (.bytes(let left), .bytes(let right)): left == right
    case (.list(let left), .list(let right)):
      left === right
        || left.elementType == right.elementType && left.elements.count == right.elements.count
          && zip(left.elements, right.elements).allSatisfy { $0.isDeepEqual(to: $1) }
    case (.dict(let left), .dict(let right)):
      left === right
        || left.type == right.type && left.entries.count == right.entries.count
          && left.entries.allSatisfy { key, value in right[key].map { value.isDeepEqual(to: $0) } ?? false }
    case (.object(let left), .object(let right)): left.type == right.type && left.isEqual(to: right)
    default: false
    }
  }
}
