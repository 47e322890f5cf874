/// Why an expression has no value.
public struct EvaluationError: Error, Sendable, Hashable {
  /// The kind of failure.
  public enum Code: Sendable, Hashable {
    /// A key or an index that is not there.
    case missing
    /// A function that does not take these values.
    case noSuchOverload
    /// A variable or function that nobody declared.
    case undeclared
    /// A result that its type cannot hold, or a division by zero.
    case arithmetic
    /// A text or a number that does not say what it should.
    case invalid
    /// More work than the limits allow: it tells nothing about the value.
    case limit
  }

  /// The kind of failure.
  public var code: Code
  /// What failed. No full stop.
  public var message: String
  /// The part of the expression that failed, in UTF-8 bytes.
  public var range: Range<Int>?

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  static func noSuchOverload(_ arguments: [Value]) -> EvaluationError {
    EvaluationError(.noSuchOverload, "no such overload: (\(arguments.map(\.typeName).joined(separator: ", ")))")
  }

  func located(at range: Range<Int>) -> EvaluationError {
    var error = self
    error.range = self.range ?? range
    return error
  }
}
