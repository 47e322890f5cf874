import Testing

@testable import CEL

@Suite struct CheckerTables {
  private let environment = Environment.flux(variables: ["self": .object, "dep": .object])

  @Test(arguments: [
    ("foo == 1", "undeclared reference to 'foo' (in container '')", 1),
    ("self.a.ready()", "undeclared reference to 'ready' (in container '')", 8),
    ("ready(self)", "undeclared reference to 'ready' (in container '')", 1),
    ("math.least(1, 2) == 1", "undeclared reference to 'math' (in container '')", 1),
    ("self[1] == 1", "found no matching overload for '_[_]' applied to '(map(string, dyn), int)'", 6),
    ("1 + 'a' == 2", "found no matching overload for '_+_' applied to '(int, string)'", 3),
    ("'a'.size().b", "type 'int' does not support field selection", 12),
    ("self.a && 1", "expected type 'bool' but found 'int'", 11),
    ("[1, 'a'].size() == 2", "expected type 'int' but found 'string'", 5),
    ("{'a': 1, 'b': 'c'} == {}", "expected type 'int' but found 'string'", 15),
    (
      "'a'.all(x, x)", "expression of type 'string' cannot be range of a comprehension (must be list, map, or dynamic)",
      1
    ),
    ("[1].all(x, x)", "expected type 'bool' but found 'int'", 12),
    ("[1].filter(x, x) == []", "found no matching overload for '_?_:_' applied to '(int, list(int), list(int))'", 5),
    ("[1].all(x, x > 0) && x > 1", "undeclared reference to 'x' (in container '')", 22),
    ("1 == 1.0", "found no matching overload for '_==_' applied to '(int, double)'", 3),
    ("[self.a, 'b'] == []", "expected type 'dyn' but found 'string'", 10),
    (
      "'%d of %s'.format(['a', 1]) == ''",
      "decimal clause can only be used on ints, uints, and doubles, was given string", 20
    ),
    ("'%s'.format([1, 2]) == ''", "too many arguments supplied to string.format (expected 1, got 2)", 6),
    ("'%s %s'.format([1]) == ''", "index 1 out of range", 9),
    ("null == 1", "found no matching overload for '_==_' applied to '(null, int)'", 6),
    ("'a'.matches(1)", "found no matching overload for 'matches' applied to 'string.(int)'", 5),
    ("self.a.exists(i, e, true)", "undeclared reference to 'i' (in container '')", 15),
    ("Foo{a: 1} == self", "undeclared reference to 'Foo' (in container '')", 1),
  ])
  func whatCannotBeRight(_ source: String, _ message: String, _ column: Int) {
    let error = #expect(throws: CompileError.self) { try environment.compile(source) }
    #expect(error?.problems.first?.message == message)
    #expect(error?.problems.first?.column == column)
  }

  @Test(arguments: [
    ("self.a.b", StaticType.dyn), ("self.a == dep.b", .bool), ("self.a + 1", .int), ("self.a in [1, 2]", .bool),
    ("has(self.a.b)", .bool),
    ("self.a.map(x, x.b).size()", .int), ("self.a.filter(x, x.b == 1)", .list(.dyn)), ("self.?a.orValue('')", .dyn),
    ("self.?a.b", .optional(.dyn)), ("'a,b'.split(',')", .list(.string)), ("[]", .list(.dyn)), ("{}", .map(.dyn, .dyn)),
    ("true ? 1 : self.a", .dyn), ("timestamp('2026-01-01T00:00:00Z') - duration('1h')", .timestamp),
    ("self.a.all(x, x)", .bool), ("sets.contains([1], [2])", .bool), ("type(1) == int", .bool),
    ("optional.of(1).optMap(x, x + 1)", .optional(.int)), ("self.a.b.exists_one(c, c.d == 1)", .bool),
    ("1 < 2u", .bool),
  ])
  func theTypeOfWhatItYields(_ source: String, _ type: StaticType) throws {
    #expect(try environment.compile(source).resultType == type)
  }

  @Test func aResultThatOnlyMayBeABoolean() {
    let error = #expect(throws: CompileError.self) {
      try environment.compile("dep.status.ready", yielding: .bool)
    }
    #expect(error?.problems.map(\.message) == ["output type mismatch: expected bool, got dyn"])
  }

  @Test func allFaultsAreReported() {
    let error = #expect(throws: CompileError.self) { try environment.compile("a == 1 && b == 2") }
    #expect(error?.problems.map(\.column) == [1, 11])
  }
}
