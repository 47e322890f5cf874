import Diagnostics
import JSONSchema
import Testing

@Suite struct ViolationTests {
  @Test func pointsAtValuesAndKeys() throws {
    let schema = try Schema(
      text: """
        properties: {replicas: {type: integer}, image: {required: [tag]}}
        additionalProperties: false
        propertyNames: {pattern: '^[a-z]+$'}
        """, draft: "7")
    let values = """
      replicas: two
      image:
        repository: podinfo
      Extra: 1
      """
    let places = schema.validate(try root(values)).map {
      "\($0.keywordLocation) \($0.instancePath) \($0.origin.location)"
    }
    #expect(
      places == [
        "file:///values.schema.json#/properties/image/required /image values.yaml:3:3",
        "file:///values.schema.json#/properties/replicas/type /replicas values.yaml:1:11",
        "file:///values.schema.json#/additionalProperties  values.yaml:4:1",
        "file:///values.schema.json#/propertyNames  values.yaml:4:1",
      ])
  }

  @Test func readsValuesAsHelmDoes() throws {
    let schema = try Schema(
      text: "{properties: {a: {type: boolean}, n: {type: integer}, d: {type: string}}}", draft: "7")
    #expect(schema.validate(try root("{a: yes, n: 0x10, d: 2024-01-01}")).isEmpty)
    #expect(schema.validate(try root("{n: .inf}")).report == "- at '/n': invalid jsonType float64")
  }
}
