import Testing

@testable import CEL

@Suite struct LimitTests {
  private func problem(_ source: String) -> CELProblem? {
    do throws(CompileError) {
      _ = try Environment.flux(variables: ["a": .dyn]).compile(source)
      return nil
    } catch {
      return error.problems.first
    }
  }

  @Test(arguments: [
    String(repeating: "(", count: 100_000), String(repeating: "[", count: 99_999),
    String(repeating: "{1:", count: 30_000),
    "a" + String(repeating: ".b", count: 400), "1" + String(repeating: "+1", count: 400),
    "a" + String(repeating: "[0]", count: 400),
    String(repeating: "a ? 1 : ", count: 400) + "2", String(repeating: "size(", count: 400) + "a",
    "a" + String(repeating: ".map(x, x)", count: 400),
  ])
  func whatNestsTooDeep(_ source: String) {
    #expect(problem(source)?.code == .limit)
    #expect(problem(source)?.message == "expression recursion limit exceeded: 250")
  }

  @Test func whatIsTooLong() {
    #expect(
      problem(String(repeating: " ", count: 100_001))?.message.hasPrefix("expression code point size exceeds limit")
        == true)
  }

  /// A mapping with itself for a key would double its type with each link, literals in a row would nest it without end.
  @Test(arguments: [
    "[1]" + (0..<100).map { ".map(a\($0), {a\($0): a\($0)})" }.joined() + " == [1]",
    "[1]" + (0..<100).map { ".map(a\($0), [[[[a\($0)]]]])" }.joined() + " == [1]",
  ])
  func typesOfMacrosInARowStaySmall(_ source: String) {
    #expect(problem(source)?.code != .limit)
  }

  @Test func aHundredFaultsAreEnough() {
    let error = #expect(throws: CompileError.self) {
      try Environment.flux().compile("[" + String(repeating: "x,", count: 2_000) + "x]")
    }
    #expect(error?.problems.count == 100)
  }

  @Test func longChainsOfConditionsAreFine() {
    #expect(problem("true" + String(repeating: " && true", count: 5_000)) == nil)
    #expect(problem(String(repeating: "!", count: 1_001) + "true") == nil)
    #expect(problem(String(repeating: "(", count: 200) + "1" + String(repeating: ")", count: 200)) == nil)
  }

  @Test(arguments: [
    "[1,2,3,4,5,6,7,8,9,10].map(a, [1,2,3,4,5,6,7,8,9,10].map(b, [1,2,3,4,5,6,7,8,9,10].map(c, [1,2,3,4,5,6,7,8,9,10].map(d, [1,2,3,4,5,6,7,8,9,10].map(e, [1,2,3,4,5,6,7,8,9,10].map(f, a))))))",
    "[1,2,3,4,5,6,7,8,9,10].map(a, [1,2,3,4,5,6,7,8,9,10].map(b, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'.matches('(a|aa)+[^a]')))",
    "[1]" + String(repeating: ".map(a, [a, a])", count: 100) + " == [1]"
      + String(repeating: ".map(a, [a, a])", count: 100),
    "'%s'.format([1]" + String(repeating: ".map(a, [a, a])", count: 100) + ") == ''",
    "sets.contains([[1]" + String(repeating: ".map(a, [a, a])", count: 100) + "], [[1]"
      + String(repeating: ".map(a, [a, a])", count: 100) + "])",
    "['aaaaaaaaaaaaaaaa'].map(a, a.replace('', a)).map(a, a.replace('', a)).map(a, a.replace('', a)).map(a, a.replace('', a))",
  ])
  func whatCostsTooMuch(_ source: String) throws {
    let program = try Environment.flux().compile(source)
    let error = #expect(throws: EvaluationError.self) { try program.evaluate() }
    #expect(error?.code == .limit)
  }

  @Test func aLimitIsNoErrorThatAnOtherTermAbsorbs() throws {
    var environment = Environment.flux()
    environment.limits.cost = 20
    let program = try environment.compile("[1, 2, 3, 4, 5, 6, 7, 8, 9].all(x, x > 0) || true")
    let error = #expect(throws: EvaluationError.self) { try program.evaluate() }
    #expect(error?.code == .limit)
  }
}
