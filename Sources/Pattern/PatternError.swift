import Diagnostics

/// Why a regular expression is not understood, or a match was given up.
public struct PatternError: PlacedError, Hashable {
  /// What is wrong; the words are those of Go's `regexp/syntax`, which users of Helm know.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    /// A class, or a name in a class, that does not exist.
    case invalidCharacterRange = "invalid character class range"
    /// A backslash before something that has no meaning there; back-references among them.
    case invalidEscape = "invalid escape sequence"
    /// A group name that is empty or has other characters than letters, digits and `_`.
    case invalidNamedCapture = "invalid named capture"
    /// `(?` followed by what RE2 does not know; look-around among them.
    case invalidPerlOperator = "invalid or unsupported Perl syntax"
    /// `**` and the like.
    case invalidRepeatOperator = "invalid nested repetition operator"
    /// More than 1000 repetitions, or a maximum below the minimum.
    case invalidRepeatSize = "invalid repeat count"
    /// A class without its `]`.
    case missingBracket = "missing closing ]"
    /// A group without its `)`.
    case missingParenthesis = "missing closing )"
    /// A repetition of nothing.
    case missingRepeatArgument = "missing argument to repetition operator"
    /// A backslash at the very end.
    case trailingBackslash = "trailing backslash at end of expression"
    /// A `)` without its group.
    case unexpectedParenthesis = "unexpected )"
    /// Groups nested deeper than ``Pattern/nestingLimit``.
    case tooDeep = "expression nests too deeply"
    /// Larger than PCRE2 can compile.
    case tooLarge = "expression too large"
    /// The match took more steps than allowed.
    case matchLimit = "match takes too many steps"
    /// The match took more memory than allowed.
    case heapLimit = "match takes too much memory"
    /// Anything else PCRE2 refuses.
    case engine = "regular expression engine failed"
  }

  /// What is wrong.
  public var code: Code
  /// The part of the expression that is wrong, or the whole expression.
  public var fragment: String
  /// Where the expression was written; nil as long as nobody has said so.
  public var place: Location?

  /// An error about a part of an expression.
  public init(_ code: Code, _ fragment: String, at place: Location? = nil) {
    self.code = code
    self.fragment = fragment
    self.place = place
  }

  /// Go's sentence for an expression that does not parse; our own for a match that was given up.
  public var message: String {
    switch code {
    case .matchLimit, .heapLimit, .engine: "\(code.rawValue): `\(fragment)`"
    default: "error parsing regexp: \(code.rawValue): `\(fragment)`"
    }
  }
  /// Where the expression was written.
  public var location: Location? { place }
  /// Nothing further led there.
  public var trace: [RelatedLocation] { [] }
}
