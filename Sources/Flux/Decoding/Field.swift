import Diagnostics

/// A value of a custom resource with the place it was written at.
@dynamicMemberLookup
public struct Field<Value: Sendable>: Sendable {
  /// What the field says.
  public var value: Value
  /// Where the value stands.
  public var origin: Origin

  /// A value with its origin.
  public init(_ value: Value, origin: Origin) {
    self.value = value
    self.origin = origin
  }

  /// A member of the value: `release.install?.timeout` reads through the field.
  public subscript<Member>(dynamicMember member: KeyPath<Value, Member>) -> Member {
    value[keyPath: member]
  }
}

extension Field: Equatable where Value: Equatable {}
extension Field: Hashable where Value: Hashable {}

/// One entry of a map from text to text, such as a label.
public struct StringEntry: Sendable, Hashable {
  /// The key.
  public var key: Field<String>
  /// The text under the key.
  public var value: Field<String>

  /// An entry with the places of both parts.
  public init(key: Field<String>, value: Field<String>) {
    self.key = key
    self.value = value
  }
}

extension [StringEntry] {
  /// The value under `key`; nil when there is none.
  public subscript(key: String) -> Field<String>? {
    first { $0.key.value == key }?.value
  }
}
