import Diagnostics
import JSONSchema
import Testing
import Workers
import YAML

@Suite struct LimitTests {
  @Test func tooManyStepsIsAViolation() throws {
    // Each level doubles the work.
    let levels = (0..<40).map { "l\($0): {anyOf: [{$ref: '#/$defs/l\($0 + 1)'}, {$ref: '#/$defs/l\($0 + 1)'}]}" }
    let schema = try Schema(
      text: "{$ref: '#/$defs/l0', $defs: {\(levels.joined(separator: ", ")), l40: {type: string}}}", draft: "2020-12",
      limits: ValidationLimits(steps: 10_000))
    #expect(schema.validate(try root("1")).map(\.message) == ["validation takes too many steps"])
  }

  @Test func aLongChainOfSchemasIsAViolation() throws {
    let count = ValidationLimits.standard.depth + 10
    let chain = (0..<count).map { "l\($0): {$ref: '#/$defs/l\($0 + 1)'}" }
    let schema = try Schema(
      text: "{$ref: '#/$defs/l0', $defs: {\(chain.joined(separator: ", ")), l\(count): {type: string}}}",
      draft: "2020-12")
    let value = try root("1")
    // On a thread with the stack that validation is promised.
    let violations = Workers(jobs: 1).run { schema.validate(value) }
    #expect(violations?.map(\.message) == ["schemas lead into each other too deeply"])
  }

  @Test func aMatchThatTakesTooLongIsAViolation() throws {
    let schema = try Schema(text: "{pattern: '^(a+)+$'}", draft: "7")
    let report = schema.validate(try root(String(repeating: "a", count: 60) + "b")).report
    #expect(report.hasPrefix("- at '': match takes too many steps"))
  }

  @Test func deepValuesAreAViolation() throws {
    var node = Node(scalar: Scalar("1"), origin: .synthetic("<test>"))
    for _ in 0..<600 { node = Node(.sequence([node]), origin: .synthetic("<test>")) }
    let schema = try Schema(text: "{type: array}", draft: "7")
    #expect(schema.validate(node).map(\.message) == ["values nest too deeply"])
    let error = #expect(throws: SchemaError.self) { try Schema(node) }
    #expect(error?.message == "values nest too deeply")
  }
}
