import Diagnostics

/// A YAML value that knows where it comes from.
///
/// Anchors are expanded and merge keys (`<<`) merged when a file is read; shared content is shared in memory until changed.
public struct Node: Sendable {
  /// What the value is.
  public enum Value: Sendable {
    /// A string, number, boolean, null or timestamp.
    case scalar(Scalar)
    /// A list.
    case sequence([Node])
    /// Keys with values, in the order of the file.
    case mapping(Mapping)
  }

  /// What the value is.
  public var value: Value
  /// Where it comes from.
  public var origin: Origin

  /// A value with its origin.
  public init(_ value: Value, origin: Origin) {
    self.value = value
    self.origin = origin
  }

  /// A scalar with its origin.
  public init(scalar: Scalar, origin: Origin) {
    self.init(.scalar(scalar), origin: origin)
  }

  /// A string that stays a string whatever its text looks like.
  public init(string: String, origin: Origin) {
    self.init(.scalar(.string(string)), origin: origin)
  }

  /// The scalar, if it is one.
  public var scalar: Scalar? {
    if case .scalar(let scalar) = value { scalar } else { nil }
  }

  /// The list, if it is one.
  public var sequence: [Node]? {
    if case .sequence(let items) = value { items } else { nil }
  }

  /// The mapping, if it is one.
  public var mapping: Mapping? {
    if case .mapping(let mapping) = value { mapping } else { nil }
  }

  /// The value under `key`; nil when this is no mapping or has no such key.
  public subscript(key: String) -> Node? {
    if case .mapping(let mapping) = value { mapping[key] } else { nil }
  }

  /// The value under `second` in the mapping under `first`; nil when one of them is missing.
  public subscript(path first: String, second: String) -> Node? {
    guard case .mapping(let mapping) = value, let index = mapping.index(of: first),
      case .mapping(let inner) = mapping.entries[index].value.value
    else { return nil }
    return inner[second]
  }

  /// The value found by following `keys`; nil when one of them is missing.
  public subscript(path keys: String...) -> Node? {
    var node: Node? = self
    for key in keys {
      guard let next = node?[key] else { return nil }
      node = next
    }
    return node
  }

  /// Changes the mapping in place, without copying it. Nil when this is no mapping.
  public mutating func withMapping<Result, Failure: Error>(
    _ body: (inout Mapping) throws(Failure) -> Result
  ) throws(Failure) -> Result? {
    guard case .mapping(var mapping) = value else { return nil }
    value = .sequence([])  // so that `mapping` is the only reference while it changes
    defer { value = .mapping(mapping) }
    return try body(&mapping)
  }

  /// Changes the list in place, without copying it. Nil when this is no list.
  public mutating func withSequence<Result, Failure: Error>(
    _ body: (inout [Node]) throws(Failure) -> Result
  ) throws(Failure) -> Result? {
    guard case .sequence(var items) = value else { return nil }
    value = .sequence([])
    defer { value = .sequence(items) }
    return try body(&items)
  }
}
