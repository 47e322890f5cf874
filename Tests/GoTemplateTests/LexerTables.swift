import Testing

@testable import GoTemplate

@Suite struct LexerTables {
  /// Tokens as a line: the text of each, with its kind where the text does not tell.
  private func tokens(_ template: String, _ delimiters: Delimiters = .standard) -> String {
    var lexer = Lexer(Array(template.utf8), delimiters: delimiters)
    var found: [String] = []
    while true {
      let token = lexer.next()
      if token.kind == .end { return found.joined(separator: " ") }
      let text = String(decoding: token.text, as: UTF8.self)
      switch token.kind {
      case .error: return (found + ["error:\(text)"]).joined(separator: " ")
      case .space: found.append("_")
      case .text: found.append("text(\(text))")
      case .field, .variable, .identifier, .number, .string: found.append("\(token.kind)(\(text))")
      default: found.append(text)
      }
    }
  }

  @Test(arguments: [
    ("text only", "no actions", "text(no actions)"),
    ("an action", "a{{ .Values.x }}b", "text(a) {{ _ field(.Values) field(.x) _ }} text(b)"),
    ("trimmed on both sides", "a  {{- 1 -}}  b", "text(a) {{ number(1) }} text(b)"),
    ("minus without space is a number", "{{-1}}", "{{ number(-1) }}"),
    ("comment", "a{{/* gone */}}b", "text(a) text(b)"),
    ("trimmed comment", "a {{- /* gone */ -}} b", "text(a) text(b)"),
    ("quotes", #"{{ "a\"b" `c` 'd' }}"#, #"{{ _ string("a\"b") _ `c` _ 'd' _ }}"#),
    ("pipes and parentheses", "{{ (f 1)|g }}", "{{ _ ( identifier(f) _ number(1) ) | identifier(g) _ }}"),
    ("variables", "{{ $x := $.y }}", "{{ _ variable($x) _ := _ variable($) field(.y) _ }}"),
    ("keywords", "{{range .}}{{break}}{{end}}", "{{ range _ . }} {{ break }} {{ end }}"),
    (
      "numbers", "{{ 0x1F 1_000 1e3 0b1 1i }}",
      "{{ _ number(0x1F) _ number(1_000) _ number(1e3) _ number(0b1) _ number(1i) _ }}"
    ),
  ])
  func cuts(_ name: String, _ template: String, _ expected: String) {
    #expect(tokens(template) == expected, "\(name)")
  }

  @Test(arguments: [
    ("{{ .a", "{{ _ field(.a) error:unclosed action"),
    ("{{/* a", "error:unclosed comment"),
    ("{{/* a */ }}", "error:comment ends before closing delimiter"),
    (#"{{ "a }}"#, "{{ _ error:unterminated quoted string"),
    ("{{ `a }}", "{{ _ error:unterminated raw quoted string"),
    ("{{ (1 }}", "{{ _ ( number(1) _ error:unclosed left paren"),
    ("{{ 1) }}", "{{ _ number(1) error:unexpected right paren"),
    ("{{ .a-b }}", "{{ _ error:bad character U+002D '-'"),
    ("{{ 3k }}", "{{ _ error:bad number syntax: \"3k\""),
    ("{{ a : b }}", "{{ _ identifier(a) _ error:expected :="),
    ("{{ \u{1} }}", "{{ _ error:unrecognized character in action: U+0001"),
  ])
  func complains(_ template: String, _ expected: String) {
    #expect(tokens(template) == expected)
  }

  @Test func otherDelimiters() {
    let marks = Delimiters(left: "<<", right: ">>")
    #expect(tokens("{{ kept }} <<- .x >>", marks) == "text({{ kept }}) << field(.x) _ >>")
  }

  @Test func linesAreCounted() {
    var lexer = Lexer(Array("a\nb {{\n\n x }}".utf8))
    var lines: [Int] = []
    while true {
      let token = lexer.next()
      if token.kind == .end { break }
      lines.append(token.line)
    }
    #expect(lines == [1, 2, 2, 4, 4, 4])
  }
}
