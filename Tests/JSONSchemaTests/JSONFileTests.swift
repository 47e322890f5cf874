import Diagnostics
import JSONSchema
import Testing

@Suite struct JSONFileTests {
  private static func schema(_ text: String) throws(SchemaError) -> Schema {
    try Schema(json: SourceFile(path: "values.schema.json", text: text))
  }

  @Test func readsWhatJSONHas() throws {
    let schema = try Self.schema(
      #"""
      {
        "properties": {
          "a": {"enum": ["\u00e4", "\ud83d\ude00", "\"\\\/\b\f\n\r\t", -1.5e+2, true, false, null, [], {}]},
          "b": {"const": "\ud83d"}
        },
        "properties": {"c": {"maximum": 123456789012345678901234567890}}
      }
      """#)
    #expect(schema.validate(try root("{c: 1, a: 5}")).report == "")
    let enumeration = try Self.schema(#"{"enum": ["\u00e4", "\ud83d\ude00", -1.5e+2, "\ud83d"]}"#)
    for value in ["ä", "😀", "-150", "\u{FFFD}"] { #expect(enumeration.validate(try root(value)).report == "") }
  }

  @Test(arguments: [
    ("", "EOF", "1:1"), ("{", "unexpected EOF", "1:2"), ("[1, 2", "unexpected EOF", "1:6"),
    ("type: object", "invalid character 'y' in literal true (expecting 'r')", "1:2"),
    ("{type: 1}", "invalid character 't' looking for beginning of object key string", "1:2"),
    (#"{"a" 1}"#, "invalid character '1' after object key", "1:6"),
    (#"{"a": 1 "b"}"#, #"invalid character '"' after object key:value pair"#, "1:9"),
    (#"{"a": 1,}"#, "invalid character '}' looking for beginning of object key string", "1:9"),
    ("[1 2]", "invalid character '2' after array element", "1:4"),
    ("{} {}", "invalid character after top-level value", "1:4"),
    ("'a'", #"invalid character '\'' looking for beginning of value"#, "1:1"),
    ("{\n  \"ä\": +1}", "invalid character '+' looking for beginning of value", "2:8"),
    ("\"a\tb\"", #"invalid character '\t' in string literal"#, "1:3"),
    (#""\x""#, "invalid character 'x' in string escape code", "1:3"),
    (#""\u12g4""#, #"invalid character 'g' in \u hexadecimal character escape"#, "1:6"),
    ("[-a]", "invalid character 'a' in numeric literal", "1:3"),
    ("[1.]", "invalid character ']' after decimal point in numeric literal", "1:4"),
    ("[1e]", "invalid character ']' in exponent of numeric literal", "1:4"),
    ("[01]", "invalid character '1' after array element", "1:3"),
  ])
  func refusesTheRestAsGoDoes(text: String, message: String, place: String) {
    let error = #expect(throws: SchemaError.self) { try Self.schema(text) }
    #expect(error?.text == message)
    #expect(error?.location?.description == "values.schema.json:" + place)
  }

  @Test func pointsIntoTheFile() {
    let error = #expect(throws: SchemaError.self) {
      try Self.schema("{\n  \"properties\": {\"größe\": {\"type\": \"text\"}}\n}")
    }
    #expect(error?.location?.description == "values.schema.json:2:36")
    #expect(error?.location?.span.end.column == 42)
  }

  @Test func nestingHasALimit() {
    let error = #expect(throws: SchemaError.self) { try Self.schema(String(repeating: "[", count: 100_000)) }
    #expect(error?.message == "values nest too deeply")
  }
}
