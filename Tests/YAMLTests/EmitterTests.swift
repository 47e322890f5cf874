import Diagnostics
import Testing
import YAML

@Suite struct EmitterTests {
  private func printed(_ text: String, _ style: YAMLEmitter.Style = .kustomize) throws -> String {
    String(decoding: try YAMLEmitter.emit(YAMLReader.read(text: text).map(\.root), style: style), as: UTF8.self)
  }

  @Test func keysAreSortedAndListsHang() throws {
    let text = """
      kind: Pod
      spec: {containers: [{name: web, ports: [80, 443]}], empty: {}, none: []}
      apiVersion: v1
      """
    #expect(
      try printed(text) == """
        apiVersion: v1
        kind: Pod
        spec:
          containers:
          - name: web
            ports:
            - 80
            - 443
          empty: {}
          none: []

        """)
    #expect(
      try printed(text, .toYAMLPretty) == """
        apiVersion: v1
        kind: Pod
        spec:
          containers:
            - name: web
              ports:
                - 80
                - 443
          empty: {}
          none: []

        """)
  }

  @Test func documentsAreSeparated() throws {
    #expect(try printed("a: |+\n  x\n\n---\nb: 1\n") == "a: |+\n  x\n\n---\nb: 1\n")
    #expect(try printed("- - a\n  - b: 1\n    c: 2\n- d") == "- - a\n  - b: 1\n    c: 2\n- d\n")
  }

  @Test(arguments: [
    ("plain", "plain"), ("", "\"\""), ("true", "\"true\""), ("yes", "\"yes\""), ("012", "\"012\""), ("1e3", "\"1e3\""),
    ("12:30:45", "\"12:30:45\""), ("2001-01-01", "\"2001-01-01\""), ("null", "\"null\""), ("0x1G", "0x1G"),
    ("a: b", "'a: b'"), ("a #b", "'a #b'"), ("#b", "'#b'"), ("- a", "'- a'"), ("-a", "-a"), ("it's", "it's"),
    ("'a", "'''a'"), (" a", "' a'"), ("a ", "'a '"), ("@a", "'@a'"), ("*", "'*'"), ("---", "'---'"), ("=", "="),
    ("<<", "<<"), ("a\tb", "\"a\\tb\""), ("\u{7}", "\"\\a\""), ("\u{85}", "' '"), ("a\u{2028}b", "'a\u{2028}  b'"),
    ("é", "é"), ("😀", "\"\\U0001F600\""),
    ("two\nlines", "|-\n  two\n  lines"), ("two\nlines\n", "|\n  two\n  lines"), ("two\n\n", "|+\n  two\n"),
    (" two\nlines", "|2-\n   two\n  lines"), ("two \nlines", "\"two \\nlines\""), ("\n", "|2+\n"),
    ("a\r\nb", "\"a\\r\\nb\""), ("{a}", "'{a}'"), ("a{b}", "a{b}"), ("a,b", "a,b"), ("key:", "'key:'"), ("a:b", "a:b"),
  ])
  func strings(text: String, expected: String) throws {
    let node = Node(string: text, origin: .synthetic("<test>"))
    let mapping = Node(
      .mapping(Mapping([.init(key: Scalar("k"), keyOrigin: node.origin, value: node)])), origin: node.origin)
    #expect(String(decoding: try YAMLEmitter.emit(mapping), as: UTF8.self) == "k: \(expected)\n")
  }

  @Test(arguments: [
    ("1.0", "1"), ("1e3", "1000"), ("1.5", "1.5"), ("0x10", "16"), ("1234567.5", "1.2345675e+06"),
    ("1e21", "1e+21"), ("0.00001", "1e-05"), ("100000000000000000000", "1e+20"), ("-0.0", "0"), ("1_0", "10"),
    ("18446744073709551615", "18446744073709551615"), ("2001-01-01", "\"2001-01-01T00:00:00Z\""), ("yes", "\"yes\""),
    ("True", "true"), ("~", "null"),
  ])
  func valuesPassThroughJSON(text: String, expected: String) throws {
    #expect(try printed("v: \(text)") == "v: \(expected)\n")
  }

  @Test func versionsDiffer() throws {
    #expect(try printed("v: yes", .toYAML) == "v: true\n")
    #expect(try printed("v: 2001-01-01", .toYAML) == "v: \"2001-01-01\"\n")
    #expect(try printed("1: a\ntrue: b\n1.5: c", .toYAML) == "\"1\": a\n\"1.5\": c\n\"true\": b\n")
    #expect(try printed("v: 'a\tb'", .toYAMLPretty) == "v: \"a\\tb\"\n")
  }

  @Test func longLinesAreFolded() throws {
    let words = String(repeating: "word ", count: 30) + "end"
    let lines = try printed("k: \(words)").split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines.allSatisfy { $0.utf8.count <= 86 })
    #expect(lines[1].hasPrefix("  word"))
    #expect(try YAMLReader.read(text: printed("k: \(words)"))[0].root["k"]?.scalar?.text == words)
    #expect(try printed("k: \(words)", .toYAMLPretty).split(separator: "\n").count == 1)
  }

  @Test func longAndOddKeys() throws {
    let long = String(repeating: "k", count: 129)
    #expect(try printed("\(long): [a]") == "? \(long)\n: - a\n")
    #expect(try printed("\"a\\nb\": 1") == "? |-\n  a\n  b\n: 1\n")
    #expect(try printed("'': 1\n' a': 2") == "\"\": 1\n' a': 2\n")
  }

  @Test func numbersInKeysCount() throws {
    #expect(
      try printed("a10: 1\na2: 1\na-b: 1\naB: 1\nab: 1\na_b: 1\n")
        == "a-b: 1\na_b: 1\na2: 1\na10: 1\naB: 1\nab: 1\n")
    let keys = try YAMLReader.read(text: printed("a10: 1\na2: 1\na1: 1\nb: 1\nA: 1\n/x: 1\n"))[0].root.mapping?.keys
    #expect(keys == ["/x", "A", "a1", "a2", "a10", "b"])
  }

  @Test func kustomizeChangesFoldedTexts() throws {
    #expect(try printed("v: >\n  one\n  two\n\n  three\n") == "v: |\n  one two\n  three\n")
    #expect(try printed("v: >\n  one\n\n    two\n") == "v: |\n  one\n\n\n    two\n")
    #expect(try printed("v: >\n  one\n\n    two\n", .toYAML) == "v: |\n  one\n\n    two\n")
    #expect(try printed("v: {a: , b: 1}") == "v:\n  a: \"\"\n  b: 1\n")
    #expect(try printed("v: {a: , b: 1}", .toYAML) == "v:\n  a: null\n  b: 1\n")
  }

  @Test(arguments: [
    ("v: .inf", YAMLError.Code.notInJSON("+Inf")), ("v: {1: a}", .nonStringKey("1")),
    ("v: !!int x", .tagMismatch("x", tag: .int)), (#"v: "\x7f""#, .encoding("control characters are not allowed")),
  ])
  func whatGoRefuses(text: String, code: YAMLError.Code) {
    do {
      _ = try printed(text)
      Issue.record("no error")
    } catch let error as YAMLError {
      #expect(error.code == code)
    } catch {
      Issue.record("\(error)")
    }
  }
}

@Suite struct JSONTests {
  private func json(_ text: String, _ emitter: JSONEmitter = JSONEmitter()) throws -> String {
    String(decoding: try emitter.emit(YAMLReader.read(text: text)[0].root), as: UTF8.self)
  }

  @Test func valuesAsGoPrintsThem() throws {
    #expect(try json("b: [1, 2.50, yes, ~]\na: {}\nc: []") == #"{"a":{},"b":[1,2.5,true,null],"c":[]}"#)
    #expect(try json("[1e21, 1e20, 1e-7, 0.000001, 1.0]") == "[1e+21,100000000000000000000,1e-7,0.000001,1]")
    #expect(
      try json(#"["<a&b>", "\t\n\r\b\f\x01\"\\", "\u2028é😀"]"#)
        == #"["\u003ca\u0026b\u003e","\t\n\r\b\f\u0001\"\\","\u2028é😀"]"#)
    #expect(try json("'<'", JSONEmitter(escapesHTML: false)) == "\"<\"")
    #expect(try json("v: 2001-01-01", JSONEmitter(dialect: .goYAML3)) == #"{"v":"2001-01-01T00:00:00Z"}"#)
  }

  @Test func indented() throws {
    let emitter = JSONEmitter(indentation: "  ")
    #expect(
      try json("a: [1, {b: 2}]\nc: {}", emitter) == """
        {
          "a": [
            1,
            {
              "b": 2
            }
          ],
          "c": {}
        }
        """)
  }

  @Test func whatJSONCannotHold() {
    #expect(throws: YAMLError.self) { try json("v: .nan") }
    #expect(throws: YAMLError.self) { try json("~: 1") }
  }

  @Test(arguments: ["v: .nan", "~: 1", "a: [{1.5: .inf}]", "v: !!int x"])
  func itIsKnownBeforehandWhatJSONCannotHold(_ text: String) throws {
    let root = try YAMLReader.read(text: text)[0].root
    #expect(!JSONEmitter().canEmit(root))
    #expect(throws: YAMLError.self) { try JSONEmitter().emit(root) }
  }

  @Test(arguments: ["v: 1.5", "yes: no", "1: 2", "a: [{b: ~}, 2001-01-01, '.nan']"])
  func itIsKnownBeforehandWhatJSONCanHold(_ text: String) throws {
    let root = try YAMLReader.read(text: text)[0].root
    #expect(JSONEmitter().canEmit(root))
    #expect(throws: Never.self) { try JSONEmitter().emit(root) }
  }

  @Test func floats() {
    #expect(GoFloat.general(1_000_000) == "1e+06")
    #expect(GoFloat.general(123_456) == "123456")
    #expect(GoFloat.general(0.0001) == "0.0001")
    #expect(GoFloat.general(0.00001) == "1e-05")
    #expect(GoFloat.general(1e100) == "1e+100")
    #expect(GoFloat.general(-0.0) == "-0")
    #expect(GoFloat.general(.nan) == "NaN")
    #expect(GoFloat.yaml(-.infinity) == "-.inf")
    #expect(GoFloat.json(1e-9) == "1e-9")
    #expect(GoFloat.json(.leastNonzeroMagnitude) == "5e-324")
    #expect(GoFloat.json(100) == "100")
  }
}
