extension MapValue {
  /// Whether there may be other entries than it tells: an entry with an unknown value may be missing.
  var isUncertain: Bool { isOpen || keys.contains { self[$0]?.isUnknown ?? false } }
}

extension Value {
  /// The value of a field.
  func selecting(_ field: String) throws(EvaluationError) -> Value {
    switch self {
    case .unknown: return .anything
    case .map(let map):
      guard let value = map.find(.string(field)) else { throw .missing(field) }
      return value
    case .optional: return try optionalMember(.string(field))
    default: throw EvaluationError(.noSuchOverload, "type '\(typeName)' has no field '\(field)'")
    }
  }

  /// Whether there is such a field.
  func has(_ field: String) throws(EvaluationError) -> Value {
    switch self {
    case .unknown: return .unknown(.comparison)
    case .map(let map):
      guard let value = map.find(.string(field)) else { return .bool(false) }
      return value.isUnknown ? .unknown([.isTrue, .isFalse]) : .bool(true)
    case .optional(let held): return try held?.has(field) ?? .bool(false)
    default: throw EvaluationError(.noSuchOverload, "type '\(typeName)' has no field '\(field)'")
    }
  }

  /// What is under a key or at an index.
  func member(_ key: Value) throws(EvaluationError) -> Value {
    switch self {
    case .optional: return try optionalMember(key)
    case .map, .list: break
    default: throw .noSuchOverload([self, key])
    }
    guard let found = try find(key) else { throw .missing(key.shown) }
    return found
  }

  /// What is under a key or at an index, as an optional.
  func optionalMember(_ key: Value) throws(EvaluationError) -> Value {
    switch self {
    case .optional(let held): return try held?.optionalMember(key) ?? .optional(nil)
    case .map, .list:
      let found = try find(key)
      return found.map { $0.isUnknown ? .unknown([.isOther, .fails]) : .optional($0) } ?? .optional(nil)
    default: throw .noSuchOverload([self, key])
    }
  }

  private func find(_ key: Value) throws(EvaluationError) -> Value? {
    switch self {
    case .map(let map): return map.find(key)
    case .list(let items):
      guard key.isNumber else { throw .noSuchOverload([self, key]) }
      let index: Int?
      switch MapKey(key) {
      case .int(let number)?: index = Int(exactly: number)
      case .uint(let number)?: index = Int(exactly: number)
      default: index = nil
      }
      guard let index, items.indices.contains(index) else { return nil }
      return items[index]
    default: return nil
    }
  }

  private var shown: String {
    switch self {
    case .string(let text): text
    case .int(let number): "\(number)"
    case .uint(let number): "\(number)"
    case .bool(let flag): "\(flag)"
    default: typeName
    }
  }
}

extension EvaluationError {
  static func missing(_ key: String) -> EvaluationError { EvaluationError(.missing, "no such key: \(key)") }
}
