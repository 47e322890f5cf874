import Diagnostics
import Helm
import Testing
import YAML

@testable import Reconciler

@Suite struct SetValuesTests {
  /// As `helm template --set` reads them.
  @Test(arguments: [
    ("image.tag=1.2.3", "image: {tag: 1.2.3}"),
    ("replicas=3", "replicas: 3"),
    ("zip=01234", "zip: '01234'"),
    ("enabled=true,name=web", "enabled: true\nname: web"),
    ("hosts={a.example.com,b.example.com}", "hosts: [a.example.com, b.example.com]"),
    ("list[1].name=x", "list: [null, {name: x}]"),
    (#"nodeSelector.kubernetes\.io/os=linux"#, "nodeSelector: {kubernetes.io/os: linux}"),
    ("empty=", "empty: ''"),
    ("matrix[0][1]=5", "matrix: [[null, 5]]"),
  ]) func setsValues(_ expression: String, _ wanted: String) throws {
    var values = try YAMLReader.read(text: "{}")[0].root
    try SetValues.apply(expression, .typed, to: &values, origin: .synthetic("<test>"))
    #expect(values.hasSameContent(as: try YAMLReader.read(text: wanted)[0].root), "\(values)")
  }

  @Test(arguments: ["name", "a.b", "list[x]=1", "list[99999999]=1", "list={a,b", "a[0"])
  func refusesWhatHelmRefuses(_ expression: String) throws {
    var values = try YAMLReader.read(text: "{}")[0].root
    #expect(throws: SetValues.Malformed.self) {
      try SetValues.apply(expression, .typed, to: &values, origin: .synthetic("<test>"))
    }
  }

  @Test func staysShallow() throws {
    var values = try YAMLReader.read(text: "{}")[0].root
    let deep = Array(repeating: "a", count: 1_000).joined(separator: ".") + "=1"
    #expect(throws: SetValues.Malformed.self) {
      try SetValues.apply(deep, .typed, to: &values, origin: .synthetic("<test>"))
    }
  }
}

/// The order of helm-controller's composition, its side effect included.
@Suite struct ValuesMergeTests {
  private func node(_ text: String) throws -> Node {
    try YAMLReader.read(text: text)[0].root
  }

  private func set(_ expression: String, in merge: inout ValuesMerge) throws {
    let path = TargetPath(String(expression.prefix { $0 != "=" }))
    try merge.set(at: path) { values throws(SetValues.Malformed) in
      try SetValues.apply(expression, .typed, to: &values, origin: .synthetic("<test>"))
    }
  }

  @Test func inlineValuesWinOverReferencedOnes() throws {
    var merge = ValuesMerge(inline: try node("image: {tag: v2}"), origin: .synthetic("<test>"))
    merge.merge(try node("image: {tag: v1, repository: web}\nreplicas: 2"))
    #expect(merge.finish().hasSameContent(as: try node("image: {tag: v2, repository: web}\nreplicas: 2")))
  }

  @Test func aTargetPathBelowAnInlineMappingWins() throws {
    var merge = ValuesMerge(inline: try node("auth: {password: inline, user: web}"), origin: .synthetic("<test>"))
    try set("auth.password=secret", in: &merge)
    #expect(merge.finish().hasSameContent(as: try node("auth: {password: secret, user: web}")))
  }

  @Test func aTargetPathAtTheTopLosesToInlineValues() throws {
    var merge = ValuesMerge(inline: try node("password: inline"), origin: .synthetic("<test>"))
    try set("password=secret", in: &merge)
    #expect(merge.finish().hasSameContent(as: try node("password: inline")))
  }

  /// Lists are taken as they are, so that an entry is changed in `spec.values` too; a new entry makes a list of its own.
  @Test(arguments: [
    ("hosts[0].name=new", "hosts: [{name: new, port: 80}]"), ("hosts[1].name=new", "hosts: [{name: old, port: 80}]"),
    ("tls.hosts[0]=new", "tls: {hosts: [new]}"),
  ]) func aTargetPathIntoAnInlineListWins(_ expression: String, _ expected: String) throws {
    let inline = try node("{hosts: [{name: old, port: 80}], tls: {hosts: [old]}}")
    var merge = ValuesMerge(inline: inline, origin: .synthetic("<test>"))
    merge.merge(try node("{hosts: [{name: base}], tls: {mode: auto}}"))
    try set(expression, in: &merge)
    let values = merge.finish()
    for entry in try #require(try node(expected).mapping).entries {
      #expect(
        try #require(values[entry.key.text]?["hosts"] ?? values[entry.key.text])
          .hasSameContent(as: entry.value["hosts"] ?? entry.value))
    }
  }

  @Test func aTargetPathLosesWhereAnEarlierReferenceDefinedTheParent() throws {
    var merge = ValuesMerge(inline: try node("auth: {password: inline}"), origin: .synthetic("<test>"))
    merge.merge(try node("auth: {user: web}"))
    try set("auth.password=secret", in: &merge)
    #expect(merge.finish().hasSameContent(as: try node("auth: {user: web, password: inline}")))
  }

  @Test func theSecondTargetPathBelowTheSameParentLoses() throws {
    var merge = ValuesMerge(inline: try node("auth: {user: inline, password: inline}"), origin: .synthetic("<test>"))
    try set("auth.user=first", in: &merge)
    try set("auth.password=second", in: &merge)
    #expect(merge.finish().hasSameContent(as: try node("auth: {user: first, password: inline}")))
  }
}

@Suite struct Base64Tests {
  @Test(arguments: [("aGVsbG8=", "hello"), ("aGVs\nbG8=", "hello"), ("", ""), ("YQ==", "a")])
  func decodes(_ encoded: String, _ text: String) {
    #expect(Base64.decoded(encoded).map { String(decoding: $0, as: UTF8.self) } == text)
  }

  @Test(arguments: ["not base64!", "a", "a=bc"]) func refuses(_ text: String) {
    #expect(Base64.decoded(text) == nil)
  }
}
