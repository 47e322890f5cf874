/// A place between two characters of a file. Lines and columns start at 1; columns count Unicode scalars.
public struct SourcePosition: Sendable, Hashable, Comparable {
  /// Starts at 1.
  public var line: UInt32
  /// Starts at 1, in Unicode scalars (SARIF calls it `unicodeCodePoints`).
  public var column: UInt32

  /// A position; both numbers start at 1.
  public init(line: UInt32, column: UInt32) {
    self.line = line
    self.column = column
  }

  /// The order of reading.
  public static func < (left: SourcePosition, right: SourcePosition) -> Bool {
    left.line == right.line ? left.column < right.column : left.line < right.line
  }
}

/// A stretch of a file. The end is the position behind the last character.
public struct SourceSpan: Sendable, Hashable, Comparable {
  /// The first character.
  public var start: SourcePosition
  /// Behind the last character.
  public var end: SourcePosition

  /// A stretch from `start` up to, not including, `end`.
  public init(start: SourcePosition, end: SourcePosition) {
    self.start = start
    self.end = end
  }

  /// The empty stretch before the first character of a file: where nothing more exact is known.
  public static let fileStart = SourceSpan(
    start: SourcePosition(line: 1, column: 1), end: SourcePosition(line: 1, column: 1))

  /// By start, then by end.
  public static func < (left: SourceSpan, right: SourceSpan) -> Bool {
    left.start == right.start ? left.end < right.end : left.start < right.start
  }
}
