import Diagnostics

/// How suppressions are written in comments and annotations:
///
///     statement = rule *( "," rule ) SP "--" SP reason [ SP until ]
///     until     = "(until " YYYY-MM-DD ")", also with a colon as in the configuration, and without the brackets
///     comment   = "#" [SP] "sluice:ignore" SP statement
///     annotation value = statement *( newline statement )
///
/// `SP` is one or more spaces; spaces around commas do not count. A rule is an id such as `dependency-cycle`.
/// The reason is required: who finds the suppression later must be able to judge it.
public enum SuppressionSyntax {
  /// What introduces a suppression in a comment.
  public static let keyword = "sluice:ignore"
  /// The annotation of an object that holds suppressions.
  public static let annotation = "sluice.dev/ignore"

  /// What a statement says.
  public struct Statement: Sendable, Hashable {
    /// The rules it names.
    public var rules: [String]
    /// Why.
    public var reason: String
    /// Until when.
    public var until: CalendarDate?
  }

  /// Why a text is no statement.
  public enum Mistake: Error, Sendable, Hashable {
    /// No rule in front of the `--`.
    case ruleMissing
    /// A text in the place of a rule that cannot be one.
    case badRule(String)
    /// No `--`, or nothing behind it.
    case reasonMissing
    /// `(until …)` without a day.
    case badDate(String)
    /// `(until …)` with more behind it.
    case dayNotLast
    /// Something like the keyword or the annotation, such as `sluice:ignore-file`.
    case badKeyword(String)

    /// What is wrong, as a sentence without a full stop.
    public var message: String {
      switch self {
      case .ruleMissing: "the suppression names no rule"
      case .badRule(let text): "'\(text)' is no rule id"
      case .reasonMissing: "the suppression gives no reason"
      case .badDate(let text): "'\(text)' is no day such as 2027-01-31"
      case .dayNotLast: "the last day does not stand at the end"
      case .badKeyword(let text): "a suppression does not begin with '\(text)'"
      }
    }
  }

  /// Reads a statement.
  public static func read(_ text: String) throws(Mistake) -> Statement {
    let words = text.split { $0 == " " || $0 == "\t" }
    guard let dashes = words.firstIndex(of: "--") else {
      throw words.isEmpty ? .ruleMissing : .reasonMissing
    }
    let rules = words[..<dashes].joined(separator: " ").split(separator: ",").map(trimmed)
    guard !rules.isEmpty else { throw .ruleMissing }
    for rule in rules where !isRule(rule) { throw .badRule(rule) }
    var reason = Array(words[words.index(after: dashes)...])
    let until = try takeDay(from: &reason)
    guard !reason.isEmpty else { throw .reasonMissing }
    for (word, next) in zip(reason, reason.dropFirst()) where word.hasPrefix("(until") && next.last == ")" {
      if CalendarDate(String(next.dropLast())) != nil { throw .dayNotLast }
    }
    return Statement(rules: rules, reason: reason.joined(separator: " "), until: until)
  }

  /// The last day at the end of a reason, which then has it no more.
  private static func takeDay(from reason: inout [Substring]) throws(Mistake) -> CalendarDate? {
    guard reason.count >= 2 else { return nil }
    let (word, day) = (reason[reason.count - 2], reason[reason.count - 1])
    let isBracketed = word.hasPrefix("(")
    guard ["until", "until:"].contains(isBracketed ? word.dropFirst() : word) else { return nil }
    let date = isBracketed && day.last != ")" ? nil : CalendarDate(String(isBracketed ? day.dropLast() : day))
    // A reason may end in "until tomorrow".
    guard date != nil || isBracketed || word.hasSuffix(":") else { return nil }
    guard let date else { throw .badDate(String(isBracketed && day.last == ")" ? day.dropLast() : day)) }
    reason.removeLast(2)
    return date
  }

  private static func trimmed(_ text: Substring) -> String {
    text.split(separator: " ").joined(separator: " ")
  }

  private static func isRule(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          || byte == UInt8(ascii: "-")
      }
  }
}
