/// A scalar as written: its text after unquoting and folding, and how it was quoted.
///
/// What a plain scalar means (number, boolean, null …) is worked out on demand by ``Scalar/resolved``.
public struct Scalar: Sendable, Hashable {
  /// The content, unquoted and folded.
  public var text: String
  /// How it was written.
  public var style: Style
  /// The tag in front of it.
  public var tag: Tag

  /// A scalar with its text.
  public init(_ text: String, style: Style = .plain, tag: Tag = .none) {
    self.text = text
    self.style = style
    self.tag = tag
  }

  /// A scalar that is a string whatever its text looks like.
  public static func string(_ text: String) -> Scalar {
    Scalar(text, style: .doubleQuoted)
  }

  /// How a scalar was written.
  public enum Style: UInt8, Sendable, Hashable {
    /// Without quotes: its text decides its type.
    case plain
    /// `'…'`
    case singleQuoted
    /// `"…"`
    case doubleQuoted
    /// `|`
    case literal
    /// `>`
    case folded
  }

  /// The explicit tag of a scalar.
  public enum Tag: UInt8, Sendable, Hashable {
    /// No tag, or `!` alone: the style and the text decide.
    case none
    /// `!!str`
    case string
    /// `!!int`
    case int
    /// `!!float`
    case float
    /// `!!bool`
    case bool
    /// `!!null`
    case null
    /// `!!binary`
    case binary
    /// `!!timestamp`
    case timestamp
    /// `!!merge`
    case merge
    /// Any other tag, such as `!vault`.
    case custom
  }
}
