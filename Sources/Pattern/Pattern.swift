import CPCRE2

/// A regular expression in the syntax of RE2, as Go's `regexp` package takes it.
///
/// The first alternative that matches at the leftmost place wins, as in Go. Unlike RE2, PCRE2 backtracks: a match that takes
/// more steps or memory than ``MatchLimits`` allow is an error.
@safe
public final class Pattern: Sendable {
  /// How deep groups may nest.
  public static let nestingLimit = 250

  /// The expression as written.
  public let source: String
  /// The name of each group, by its number; 0 is the whole match and has none.
  public let groupNames: [String?]
  let limits: MatchLimits
  // PCRE2: "The compiled form of a pattern … is never changed by the match functions, so it can be used by several
  // threads at once"; it is only written while it is made (no JIT), and what a match needs is made for each match.
  nonisolated(unsafe) let code: OpaquePointer

  /// Understands `source`.
  /// - Throws: ``PatternError`` with what Go would say.
  public init(_ source: String, limits: MatchLimits = .standard) throws(PatternError) {
    let translated = try PatternTranslator.translate(source)
    self.source = source
    self.limits = limits
    groupNames = translated.groupNames
    unsafe code = try Self.compile(translated.pattern, source: source)
  }

  deinit {
    unsafe pcre2_code_free_8(code)
  }

  /// `text` as an expression that matches just that.
  public static func quoting(_ text: String) -> String {
    var quoted = ""
    for scalar in text.unicodeScalars {
      if #"\.+*?()|[]{}^$"#.unicodeScalars.contains(scalar) { quoted.unicodeScalars.append("\\") }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted
  }

  private static func compile(_ pattern: [UInt8], source: String) throws(PatternError) -> OpaquePointer {
    guard let context = unsafe pcre2_compile_context_create_8(nil) else { throw PatternError(.engine, source) }
    defer { unsafe pcre2_compile_context_free_8(context) }
    unsafe pcre2_set_newline_8(context, UInt32(PCRE2_NEWLINE_LF))
    unsafe pcre2_set_parens_nest_limit_8(context, UInt32(nestingLimit))
    let options =
      PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_DOLLAR_ENDONLY | PCRE2_ALT_CIRCUMFLEX | PCRE2_NEVER_BACKSLASH_C
    var (status, offset): (Int32, Int) = (0, 0)
    let code = unsafe pattern.withUnsafeBufferPointer { buffer in
      unsafe pcre2_compile_8(buffer.baseAddress, buffer.count, options, &status, &offset, context)
    }
    guard let code = unsafe code else { throw PatternError(reason(for: status), source) }
    return unsafe code
  }

  private static func reason(for status: Int32) -> PatternError.Code {
    switch UInt32(bitPattern: status) {
    case UInt32(PCRE2_ERROR_PARENTHESES_NEST_TOO_DEEP), UInt32(PCRE2_ERROR_PARENTHESES_STACK_CHECK): .tooDeep
    case UInt32(PCRE2_ERROR_PATTERN_TOO_LARGE), UInt32(PCRE2_ERROR_HEAP_FAILED): .tooLarge
    case UInt32(PCRE2_ERROR_UNKNOWN_UNICODE_PROPERTY), UInt32(PCRE2_ERROR_MALFORMED_UNICODE_PROPERTY):
      .invalidCharacterRange
    default: .engine
    }
  }
}

/// How much one match may cost.
public struct MatchLimits: Sendable, Hashable {
  /// The most steps of backtracking.
  public var steps: UInt32
  /// The most memory for backtracking, in KiB.
  public var kibibytes: UInt32

  /// Limits by their values.
  public init(steps: UInt32, kibibytes: UInt32) {
    self.steps = steps
    self.kibibytes = kibibytes
  }

  /// The limits for one more match in the same text: many matches together cost little more than a single one may.
  func afterMatches(_ count: Int) -> MatchLimits {
    let share = steps / UInt32(clamping: count + 1)
    return MatchLimits(steps: max(share, min(steps, MatchLimits.leastSteps)), kibibytes: kibibytes)
  }

  private static let leastSteps: UInt32 = 1_000

  /// Enough for honest expressions over files of some megabytes; hostile ones end within a fraction of a second.
  public static let standard = MatchLimits(steps: 5_000_000, kibibytes: 65_536)
}
