/// The key of an entry of a map. Whole numbers are the same key whatever their type.
public enum MapKey: Sendable, Hashable {
  case bool(Bool)
  case int(Int64)
  case uint(UInt64)
  case string(String)

  /// The key that a value is; nil for a value that cannot be one.
  init?(_ value: Value) {
    switch value {
    case .bool(let flag): self = .bool(flag)
    case .int(let number): self = .int(number)
    case .uint(let number): self = .uint(number)
    case .string(let text): self = .string(text)
    case .double(let number):
      if let whole = Int64(exactly: number) {
        self = .int(whole)
      } else if let whole = UInt64(exactly: number) {
        self = .uint(whole)
      } else {
        return nil
      }
    default: return nil
    }
  }

  /// The key as a value.
  public var value: Value {
    switch self {
    case .bool(let flag): .bool(flag)
    case .int(let number): .int(number)
    case .uint(let number): .uint(number)
    case .string(let text): .string(text)
    }
  }

  /// Equal as keys: numbers by their value, texts by their bytes.
  public static func == (left: MapKey, right: MapKey) -> Bool {
    switch (left, right) {
    case (.bool(let one), .bool(let other)): one == other
    case (.string(let one), .string(let other)): one.hasSameBytes(as: other)
    case (.int(let one), .int(let other)): one == other
    case (.uint(let one), .uint(let other)): one == other
    case (.int(let one), .uint(let other)): one >= 0 && UInt64(one) == other
    case (.uint(let one), .int(let other)): other >= 0 && UInt64(other) == one
    default: false
    }
  }

  /// The same for equal keys.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .bool(let flag): hasher.combine(flag)
    case .int(let number): hasher.combine(UInt64(bitPattern: number))
    case .uint(let number): hasher.combine(number)
    case .string(let text): hasher.combine(text)
    }
  }
}

extension String {
  /// Swift takes canonically equivalent texts for equal, CEL only the same ones.
  func hasSameBytes(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
