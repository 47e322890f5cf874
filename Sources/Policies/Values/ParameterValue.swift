/// The value of a rule's parameter, as a pack or the configuration gives it.
public enum ParameterValue: Sendable, Hashable {
  /// True or false.
  case boolean(Bool)
  /// A whole number.
  case integer(Int)
  /// A text, also a duration such as `10m`.
  case text(String)
  /// Texts.
  case list([String])
  /// Texts under names.
  case table([String: String])
}

/// A type that a rule's parameter can have.
public protocol ParameterConvertible: Sendable {
  /// What the configuration may say.
  static var shape: ConfigShape { get }
  /// Takes over a value of that shape; nil for any other.
  init?(_ value: ParameterValue)
  /// The value as the configuration would say it.
  var parameterValue: ParameterValue { get }
}

extension Bool: ParameterConvertible {
  /// True or false.
  public static var shape: ConfigShape { .boolean }
  /// A boolean.
  public init?(_ value: ParameterValue) {
    guard case .boolean(let flag) = value else { return nil }
    self = flag
  }
  /// A boolean.
  public var parameterValue: ParameterValue { .boolean(self) }
}

extension Int: ParameterConvertible {
  /// A whole number.
  public static var shape: ConfigShape { .integer(minimum: 0) }
  /// An integer.
  public init?(_ value: ParameterValue) {
    guard case .integer(let number) = value else { return nil }
    self = number
  }
  /// An integer.
  public var parameterValue: ParameterValue { .integer(self) }
}

extension String: ParameterConvertible {
  /// Any text.
  public static var shape: ConfigShape { .text(.any) }
  /// A text.
  public init?(_ value: ParameterValue) {
    guard case .text(let text) = value else { return nil }
    self = text
  }
  /// A text.
  public var parameterValue: ParameterValue { .text(self) }
}

extension [String]: ParameterConvertible {
  /// A list of texts.
  public static var shape: ConfigShape { .list(of: .text(.any)) }
  /// A list.
  public init?(_ value: ParameterValue) {
    guard case .list(let items) = value else { return nil }
    self = items
  }
  /// A list.
  public var parameterValue: ParameterValue { .list(self) }
}

extension [String: String]: ParameterConvertible {
  /// Texts under names.
  public static var shape: ConfigShape { .table(of: .text(.any)) }
  /// A table.
  public init?(_ value: ParameterValue) {
    guard case .table(let entries) = value else { return nil }
    self = entries
  }
  /// A table.
  public var parameterValue: ParameterValue { .table(self) }
}

/// Several of the named values of a type.
public struct Choices<Value>: ParameterConvertible, Hashable
where Value: RawRepresentable & CaseIterable & Hashable & Sendable, Value.RawValue == String {
  /// The values, as they are written.
  public var values: [Value]

  /// A choice.
  public init(_ values: [Value]) { self.values = values }

  /// A list of names.
  public static var shape: ConfigShape { .list(of: .text(.oneOf(Value.allCases.map(\.rawValue)))) }
  /// The values with these names.
  public init?(_ value: ParameterValue) {
    guard case .list(let names) = value else { return nil }
    self.init(names.compactMap(Value.init))
  }
  /// Their names.
  public var parameterValue: ParameterValue { .list(values.map(\.rawValue)) }
}

/// A parameter that chooses among named values conforms through its names.
extension ParameterConvertible where Self: RawRepresentable & CaseIterable, RawValue == String {
  /// One of the names.
  public static var shape: ConfigShape { .text(.oneOf(allCases.map(\.rawValue))) }
  /// A name.
  public init?(_ value: ParameterValue) {
    guard case .text(let text) = value else { return nil }
    self.init(rawValue: text)
  }
  /// Its name.
  public var parameterValue: ParameterValue { .text(rawValue) }
}
