/// A parsed expression: a tree in which macros are expanded to nodes of their own.
struct Expression: Sendable {
  indirect enum Kind: Sendable {
    case literal(Value)
    /// A name; with a dot in front where it is to be looked up from the root.
    case identifier(String)
    /// A variable of the environment, by its full name.
    case variable(String)
    /// The variable of a macro.
    case local(String)
    case select(Expression, field: String)
    /// `has(operand.field)`
    case presence(Expression, field: String)
    case call(function: String, target: Expression?, arguments: [Expression])
    /// `a && b && …` or `a || b || …`
    case logic(isAnd: Bool, [Expression])
    case conditional(Expression, then: Expression, otherwise: Expression)
    case list([Element])
    case map([Entry])
    case message(type: String, fields: [Field])
    case comprehension(Comprehension)
  }

  struct Element: Sendable {
    var value: Expression
    /// Written `[?value]`: left out when the value is an optional without one.
    var isOptional: Bool
  }

  struct Entry: Sendable {
    var key: Expression
    var value: Expression
    /// Written `{?key: value}`.
    var isOptional: Bool
  }

  struct Field: Sendable {
    var name: String
    var value: Expression
  }

  var kind: Kind
  /// The whole stretch of text, in UTF-8 bytes.
  var range: Range<Int>
  /// The stretch to point at: an operator, the name of a function or a field.
  var mark: Range<Int>
  /// How deep it nests, as cel-go counts: operators, selections, indices and calls of members.
  var height: Int
}

/// A macro that goes through a list or a map, or looks into an optional.
struct Comprehension: Sendable {
  enum Macro: String, Sendable {
    case all, exists, existsOne, map, filter, optMap, optFlatMap
  }

  var macro: Macro
  /// What it goes through.
  var operand: Expression
  /// The name of an element, or of the key of an entry.
  var variable: String
  /// Only elements for which this holds; of `map` with three arguments.
  var condition: Expression?
  /// What is worked out for each element.
  var body: Expression
}

extension Expression {
  /// The name that a chain of selections spells, such as `a.b.c`, as its parts.
  var qualifiedName: [String]? {
    var parts: [String] = []
    var expression = self
    while case .select(let operand, let field) = expression.kind {
      parts.append(field)
      expression = operand
    }
    guard case .identifier(let name) = expression.kind else { return nil }
    parts.append(name)
    return parts.reversed()
  }
}
