/// Types of JSON; `number` takes whole numbers too.
struct TypeSet: OptionSet, Hashable, Sendable {
  let rawValue: UInt8

  static let null = TypeSet(rawValue: 1 << 0)
  static let boolean = TypeSet(rawValue: 1 << 1)
  static let number = TypeSet(rawValue: 1 << 2)
  static let integer = TypeSet(rawValue: 1 << 3)
  static let string = TypeSet(rawValue: 1 << 4)
  static let array = TypeSet(rawValue: 1 << 5)
  static let object = TypeSet(rawValue: 1 << 6)

  /// In the order in which messages list them.
  private static let names: [(TypeSet, String)] = [
    (.null, "null"), (.boolean, "boolean"), (.number, "number"), (.integer, "integer"), (.string, "string"),
    (.array, "array"), (.object, "object"),
  ]

  /// The type of that name; none for an unknown name.
  init(named name: String) {
    self = Self.names.first { $0.1 == name }?.0 ?? []
  }

  init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// The names, in one order.
  var names: [String] { Self.names.filter { contains($0.0) }.map(\.1) }
}
