import GoTemplate

/// Defaults, choices, and what a value is.
enum DefaultFunctions {
  static let functions: [Function] = [
    Function("default", .any, variadic: .any) { arguments in
      arguments.count < 2 || Casting.isEmpty(arguments[1]) ? arguments[0] : arguments[1]
    },
    Function("empty", .any) { .bool(Casting.isEmpty($0[0])) },
    Function("coalesce", variadic: .any) { $0.first { !Casting.isEmpty($0) } ?? .null },
    Function("all", variadic: .any) { .bool($0.allSatisfy { !Casting.isEmpty($0) }) },
    Function("any", variadic: .any) { .bool($0.contains { !Casting.isEmpty($0) }) },
    Function("ternary", .any, .any, .bool) { $0[2].isTrue ? $0[0] : $0[1] },
    Function("typeOf", .any) { .text(typeName($0[0])) },
    Function("typeIs", .string, .any) { .bool($0.string(0).text == typeName($0[1])) },
    Function("typeIsLike", .string, .any) { arguments in
      let name = typeName(arguments[1])
      return .bool(arguments.string(0).text == name || "*" + arguments.string(0).text == name)
    },
    Function("kindOf", .any) { .text(kindName($0[0])) },
    Function("kindIs", .string, .any) { .bool($0.string(0).text == kindName($0[1])) },
    Function("deepEqual", .any, .any) { .bool($0[0].isDeepEqual(to: $0[1])) },
    Function("hello") { _ in "Hello!" },
  ]

  private static func typeName(_ value: Value) -> String {
    value.isNil ? "<nil>" : value.type.description
  }

  private static func kindName(_ value: Value) -> String {
    value.isNil ? "invalid" : value.type.kind
  }
}
