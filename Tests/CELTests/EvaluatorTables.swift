import Testing

@testable import CEL

/// What an expression without variables yields; it must be checked and true.
private func holds(_ source: String) throws -> Bool {
  guard case .bool(let flag) = try Environment.flux().compile(source, yielding: .bool).evaluate() else { return false }
  return flag
}

@Suite struct EvaluatorTables {
  @Test(arguments: [
    "'hello'.substring(1, 3) == 'el'", "'tacocat'.indexOf('c', 3) == 4", "'a-b-c'.replace('-', '', 1) == 'ab-c'",
    "'a b'.split(' ').join('+') == 'a+b'", "'ÄB'.lowerAscii() == 'Äb'",
    "'%s is %.2f and %x'.format(['a', 2.5, 255]) == 'a is 2.50 and ff'",
    "'%e'.format([1234.5]) == '1.234500e+03'", "strings.quote('a\\n') == '\"a\\\\n\"'",
    "base64.encode(b'hi') == 'aGk='",
    "base64.decode('aGk') == b'hi'", "sets.equivalent([1, 2, 1], [2, 1])", "size('é') == 1 && size(b'\\xc3\\xa9') == 2",
    "timestamp('2026-03-01T00:00:00Z') - duration('24h') == timestamp('2026-02-28T00:00:00Z')",
    "timestamp('2026-03-01T00:30:00Z').getHours('-01:00') == 23", "string(duration('1h1.5s')) == '3601.5s'",
    "string(1234567.0) == '1.234567e+06'",
    "int('-5') == -5 && uint(5) == 5u && double('1e2') == 100.0", "1 < 1.5 && 2u > 1 && 1.0 < 2u",
    "{1: 'a'}[1] == 'a' && 2 in {2: 1}",
    "{'a': {'b': 1}}.?a.?c.orValue(7) == 7", "[1, 2, 3].filter(x, x > 1).map(x, x * 2) == [4, 6]",
    "[1, 2].map(x, x > 1, x) == [2]",
    "[1, 0].exists(x, 1 / x == 1)", "![1, 0].all(x, 1 / x == 2)", "true || 1 / 0 == 1", "1 / 0 == 1 || true",
    "[1, 2, 2].exists_one(x, x == 1)",
    "optional.none().orValue(3) == 3", "optional.of(1).optMap(x, x + 1).value() == 2",
    "[[1], [2]].last() == optional.of([2])",
    "'abc'.matches('^a.c$')", "'e\\u0301' != '\\u00e9'", "type(1) == int && type([]) == list",
    "[?optional.none(), 1] == [1]", "9007199254740993 >= 9007199254740992.0 && [7][dyn(0u)] == 7",
  ])
  func whatHolds(_ source: String) throws {
    #expect(try holds(source))
  }

  @Test(arguments: [
    ("9223372036854775807 + 1 == 0", "integer overflow"), ("1 / 0 == 1", "division by zero"),
    ("{'a': 1}.b == 1", "no such key: b"),
    ("[1][1] == 1", "no such key: 1"), ("int('x') == 1", "'x' is no int"),
    ("optional.none().value() == 1", "optional.none() dereference"),
    ("'%d'.format([dyn('a')]) == ''", "decimal clause cannot be used on string"),
    ("dyn(1) + dyn('a') == 1", "no such overload: (int, string)"),
    ("timestamp('2026-02-30T00:00:00Z') == timestamp(0)", "'2026-02-30T00:00:00Z' is no timestamp"),
    ("{'a': 1, 'a': 2} == {}", "a key appears twice in a map"),
  ])
  func whatFails(_ source: String, _ message: String) throws {
    let program = try Environment().compile(source)
    let error = #expect(throws: EvaluationError.self) { try program.evaluate() }
    #expect(error?.message == message)
    #expect(error?.range != nil)
  }
}
