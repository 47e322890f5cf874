/// What is wrong with an expression before it runs.
public struct CELProblem: Error, Sendable, Hashable {
  /// How many faults of one expression are told, as in cel-go.
  static let maximumCount = 100

  /// The kind of fault.
  public enum Code: Sendable, Hashable {
    /// The text is no expression.
    case syntax
    /// A variable, a type or a function that nobody declared.
    case undeclared
    /// A function that does not take these types, or a value of the wrong type.
    case type
    /// Longer or deeper than an expression may be.
    case limit
  }

  /// The kind of fault.
  public var code: Code
  /// What is wrong, in the words of cel-go where it has a check of its own. No full stop.
  public var message: String
  /// The stretch of the expression, in UTF-8 bytes.
  public var range: Range<Int>
  /// The line within the expression, from 1.
  public var line: Int
  /// The column within the line, from 1, in Unicode scalars.
  public var column: Int

  init(_ code: Code, _ message: String, at range: Range<Int>, in source: [UInt8]) {
    self.code = code
    self.message = message
    self.range = range
    let before = source[..<min(range.lowerBound, source.count)]
    line = before.count { $0 == UInt8(ascii: "\n") } + 1
    let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    column = before[lineStart...].count { $0 & 0xC0 != 0x80 } + 1
  }
}

/// All that is wrong with an expression; never empty.
public struct CompileError: Error, Sendable, Hashable {
  /// What is wrong, in the order it was found.
  public var problems: [CELProblem]

  init(_ problems: [CELProblem]) {
    self.problems = problems
  }
}
