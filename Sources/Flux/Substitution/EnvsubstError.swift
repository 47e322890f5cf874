/// Why a text with `${…}` cannot be expanded.
public enum EnvsubstError: Error, Sendable, Hashable {
  /// The expression is none.
  case badSubstitution
  /// `}` is missing, or what stands before it is no operator.
  case missingClosingBrace
  /// There is no name behind `${`.
  case noVariableName
  /// The argument of an operator does not end, or is empty.
  case badArgument
  /// The operator that gives a default is not complete.
  case badDefault
  /// The length of a part is negative: Flux's code stops with an index out of range.
  case sliceOutOfRange(String)
  /// The variable has no value, and the expression gives no default.
  case notSet(variable: String)
  /// Expressions inside expressions, deeper than the limit.
  case tooDeep(limit: Int)
  /// Patterns and values together take more steps than the limit.
  case tooMuchWork(limit: Int)
  /// The result is longer than the limit, in bytes.
  case tooLong(limit: Int)

  /// What is wrong, in the words of Flux where it has some.
  public var message: String {
    switch self {
    case .badSubstitution: "bad substitution"
    case .missingClosingBrace: "missing closing brace"
    case .noVariableName: "unable to parse variable name"
    case .badArgument: "unable to parse substitution within function"
    case .badDefault: "unable to parse default function"
    case .sliceOutOfRange(let bounds): "slice bounds out of range \(bounds)"
    case .notSet(let variable): "variable not set (strict mode): \"\(variable)\""
    case .tooDeep(let limit): "expressions are nested more than \(limit) levels deep"
    case .tooMuchWork(let limit): "matching patterns takes more than \(limit) steps"
    case .tooLong(let limit): "the result is longer than \(limit) bytes"
    }
  }
}
