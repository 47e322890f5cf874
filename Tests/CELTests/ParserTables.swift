import Testing

@testable import CEL

@Suite struct ParserTables {
  @Test(arguments: [
    ("1 +", "syntax error: unexpected end of the expression", 1, 4),
    ("a.b == 'x", "unterminated string literal", 1, 8),
    ("a\n  && && b", "syntax error: unexpected '&&'", 2, 6),
    ("a = b", "token recognition error at: '='", 1, 3),
    ("'\\q'", "unable to unescape string", 1, 2),
    ("é ? 1", "token recognition error at: 'é'", 1, 1),
    ("[1, 2", "syntax error: unexpected end of the expression, expected ']'", 1, 6),
    ("for", "reserved identifier: for", 1, 1),
    ("a.true", "syntax error: unexpected 'true', expected a name", 1, 3),
    ("has(a)", "invalid argument to has() macro", 1, 5),
    ("a.all(b.c, true)", "argument must be a simple name", 1, 7),
    ("a.map(1, true)", "argument is not an identifier", 1, 7),
    ("9223372036854775808", "invalid int literal", 1, 1),
    ("a b", "syntax error: unexpected 'b'", 1, 3),
    ("", "syntax error: unexpected end of the expression", 1, 1),
    ("{'a' 1}", "syntax error: unexpected '1', expected ':'", 1, 6),
  ])
  func whatIsNoExpression(_ source: String, _ message: String, _ line: Int, _ column: Int) {
    let error = #expect(throws: CompileError.self) { try Environment.flux().parse(source) }
    let problem = error?.problems.first
    #expect(problem?.message == message)
    #expect(problem.map { [$0.line, $0.column] } == [line, column])
  }

  @Test(arguments: [
    "a.?b[?0].orValue(-1)", "{?'a': b, 'c': [?d, e,],}", "r'\\d+' + \"\"\"a\n\"b\"\"\" + b'\\xff\\377'",
    "!!a ? b : c ? d : e",
    "a.`b-c/d`.e // the end", ".a.b(c, d)", "- 1 - -1", "0x1F + 1u + .5 + 1e3", "a in b && !(c in d)",
    "google.protobuf.Struct{a: 1}",
    "[,]", "{,}",
  ])
  func whatIsAnExpression(_ source: String) throws {
    _ = try Environment.flux().parse(source)
  }
}
