import Pattern
import Testing

@Suite struct SyntaxTests {
  /// Pattern, subject, the text of the first match and its groups; nil where there is none.
  static let matches: [(String, String, [String?]?)] = [
    ("a.c", "xabcx", ["abc"]),
    ("a.c", "a\nc", nil),
    ("(?s)a.c", "a\nc", ["a\nc"]),
    ("^b$", "a\nb\nc", nil),
    ("(?m)^b$", "a\nb\nc", ["b"]),
    ("(?m)^$", "a\n", [""]),
    ("a$", "a\n", nil),
    ("(?i)straße", "STRAẞE", ["STRAẞE"]),
    ("a(?i)b|c", "C", ["C"]),
    ("(a(?i)b)c", "aBC", nil),
    ("(?i:a)b", "Ab", ["Ab"]),
    ("(?P<year>\\d{4})-(?<month>\\d\\d)", "on 2026-11-21", ["2026-11", "2026", "11"]),
    ("(a)|(b)", "b", ["b", nil, "b"]),
    ("a|ab", "ab", ["a"]),
    ("(?U)a+", "aaa", ["a"]),
    ("(?U)a+?", "aaa", ["aaa"]),
    ("a{2,3}?", "aaaa", ["aa"]),
    ("a{,2}", "a{,2}", ["a{,2}"]),
    ("a{2", "a{2", ["a{2"]),
    ("\\Qa.b*\\E+", "a.b**", ["a.b**"]),
    ("\\x41\\x{1F600}\\101\\n", "A😀A\n", ["A😀A\n"]),
    ("[]a]+", "a]b", ["a]"]),
    ("[^]a]", "]ab", ["b"]),
    ("[a\\-z]+", "a-z", ["a-z"]),
    ("[[:alpha:]_]+", "9ab_c", ["ab_c"]),
    ("[[:^alpha:]]+", "ab12", ["12"]),
    ("[\\d\\s]+", "a1 2b", ["1 2"]),
    ("[^\\d]+", "12ab", ["ab"]),
    ("\\s", "\u{b}", nil),
    ("\\w+", "é", nil),
    ("(?i)\\W", "ſ", nil),
    ("\\pL+", "12éß3", ["éß"]),
    ("\\p{Greek}+", "abγδ", ["γδ"]),
    ("\\P{L}+", "ab12", ["12"]),
    ("\\p{^Lu}+", "ABcd", ["cd"]),
    ("[\\p{Lu}0-9]+", "abÉ1", ["É1"]),
    ("\\p{Letter}", "é", ["é"]),
    ("\\bfoo\\b", "a foo.", ["foo"]),
    ("(?:^)*a", "ba", ["a"]),
    ("\\Aa\\z", "a", ["a"]),
    ("", "abc", [""]),
    ("a(?i)*b", "aab", ["aab"]),
    ("x{0}", "x", [""]),
    ("[^\\x00-\\x{10FFFF}]", "a", nil),
    ("#\\ a", "# a", ["# a"]),
  ]

  @Test(arguments: matches)
  func matchesAsGoDoes(_ source: String, _ subject: String, _ want: [String?]?) throws {
    let bytes = Array(subject.utf8)
    let match = try Pattern(source).firstMatch(in: bytes)
    let texts = match?.groups.map { $0.map { String(decoding: bytes[$0], as: UTF8.self) } }
    #expect(texts == want)
  }

  @Test(arguments: [
    ("a(b", PatternError.Code.missingParenthesis, "a(b"),
    ("a)b", .unexpectedParenthesis, "a)b"),
    ("[a", .missingBracket, "[a"),
    ("x[z-a]", .invalidCharacterRange, "z-a"),
    ("[[:word]:]", .invalidCharacterRange, "[:word]:]"),
    ("*a", .missingRepeatArgument, "*"),
    ("a|*", .missingRepeatArgument, "*"),
    ("a**", .invalidRepeatOperator, "**"),
    ("a*+", .invalidRepeatOperator, "*+"),
    ("a{2}{3}", .invalidRepeatOperator, "{2}{3}"),
    ("a{1001}", .invalidRepeatSize, "{1001}"),
    ("a{3,2}", .invalidRepeatSize, "{3,2}"),
    ("((a{100}){10}){2}", .invalidRepeatSize, "{2}"),
    ("(?=a)", .invalidPerlOperator, "(?="),
    ("(?!a)", .invalidPerlOperator, "(?!"),
    ("(?<=a)", .invalidNamedCapture, "(?<=a)"),
    ("(?>a)", .invalidPerlOperator, "(?>"),
    ("(?P=n)", .invalidPerlOperator, "(?P"),
    ("(?P<n!>a)", .invalidNamedCapture, "(?P<n!>"),
    ("(?i-)", .invalidPerlOperator, "(?i-)"),
    ("(?i", .invalidPerlOperator, "(?i"),
    ("(a)\\1", .invalidEscape, "\\1"),
    ("\\k", .invalidEscape, "\\k"),
    ("\\Z", .invalidEscape, "\\Z"),
    ("\\C", .invalidEscape, "\\C"),
    ("[\\b]", .invalidEscape, "\\b"),
    ("\\x{110000}", .invalidEscape, "\\x{110000"),
    ("a\\", .trailingBackslash, ""),
    ("\\p{Klingon}", .invalidCharacterRange, "\\p{Klingon}"),
    ("\\p{", .invalidCharacterRange, "\\p{"),
  ])
  func refusesWhatGoRefuses(_ source: String, _ code: PatternError.Code, _ fragment: String) {
    let error = #expect(throws: PatternError.self) { _ = try Pattern(source) }
    #expect(error == PatternError(code, fragment))
  }

  @Test func speaksGosWords() {
    let error = #expect(throws: PatternError.self) { _ = try Pattern("[a") }
    #expect(error?.message == "error parsing regexp: missing closing ]: `[a`")
  }

  @Test func knowsItsGroups() throws {
    #expect(try Pattern("(?P<a>x)(y)(?:z)(?<b>w)").groupNames == [nil, "a", nil, "b"])
  }

  @Test func quotesWhatHasAMeaning() throws {
    #expect(Pattern.quoting("a.b*[c]") == #"a\.b\*\[c\]"#)
    #expect(try Pattern(Pattern.quoting("a.b*[c]")).matchesWhole("a.b*[c]"))
  }
}
