import Diagnostics
import Flux
import Kubernetes
import Testing
import YAML

@Suite struct SubstitutionTests {
  static let definition = Origin(
    file: SourceFile(path: "vars.yaml", text: "region: eu\n"),
    span: SourceSpan(start: SourcePosition(line: 1, column: 9), end: SourcePosition(line: 1, column: 11)))

  static func variables(_ values: [String: String?], mayHoldMore: Bool = false) -> SubstitutionVariables {
    SubstitutionVariables(
      values.map { SubstitutionVariables.Variable(name: $0.key, value: $0.value, origin: definition) },
      mayHoldMore: mayHoldMore)
  }

  static func apply(_ text: String, _ values: [String: String?], isAlways: Bool = false) throws -> Substitution.Result {
    try Substitution(variables(values), isAlways: isAlways).apply(to: try manifest(text).node)
  }

  static let deployment = """
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
      annotations:
        note: keep
    spec:
      replicas: ${count}
      host: "api.${region}.example.com"
      script: |
        first
        echo ${region} ${gone}
    """

  @Test func textIsReplacedAndTypesFollow() throws {
    let result = try Self.apply(Self.deployment, ["count": "3", "region": "eu", "gone": "x"])
    let spec = try #require(result.node["spec"])
    #expect(spec["replicas"]?.scalar?.resolved == .int(3))
    #expect(spec["host"]?.scalar?.text == "api.eu.example.com")
    #expect(spec["script"]?.scalar?.text == "first\necho eu x")
    #expect(result.undefined.isEmpty)
  }

  @Test func originsStay() throws {
    let node = try Self.apply(Self.deployment, ["count": "3", "region": "eu", "gone": "x"]).node
    #expect(node[path: "metadata", "name"]?.origin.location.description == "flux.yaml:4:9")
    #expect(node[path: "metadata", "name"]?.origin.lastStep == nil)
    let host = try #require(node[path: "spec", "host"]?.origin)
    #expect(host.location.description == "flux.yaml:9:9")
    #expect(host.trace.map(\.message) == ["${region} substituted here"])
    #expect(host.trace.first?.location.description == "vars.yaml:1:9")
  }

  @Test(arguments: [
    ("yes", ResolvedScalar.bool(true)), ("010", .int(8)), ("\"010\"", .string("010")),
    ("2024-01-01", .string("2024-01-01")),
    ("", .null), ("a", .string("a")),
  ])
  func bareValuesMeanWhatTheyMeanToKubernetes(_ value: String, meaning: ResolvedScalar) throws {
    let result = try Self.apply("{apiVersion: v1, kind: ConfigMap, data: {a: '${v}'}}", ["v": value])
    #expect(result.node[path: "data", "a"]?.scalar?.resolved == meaning)
  }

  @Test func aValueCanBringAMapping() throws {
    let result = try Self.apply("{apiVersion: v1, kind: ConfigMap, data: {a: '${v}'}}", ["v": "{x: 1}"])
    let inner = try #require(result.node[path: "data", "a", "x"])
    #expect(inner.scalar?.text == "1")
    #expect(inner.origin.file.path == "flux.yaml")
  }

  @Test func keysAreSubstitutedToo() throws {
    let result = try Self.apply("{apiVersion: v1, kind: ConfigMap, data: {z: 1, '${k}': '2'}}", ["k": "key"])
    #expect(result.node[path: "data", "key"]?.scalar?.text == "2")
    #expect(result.node[path: "data", "key"]?.origin.location.description == "flux.yaml:1:56")
  }

  @Test func undefinedVariablesHaveTheirExactPlace() throws {
    let result = try Self.apply(Self.deployment, ["count": "1"])
    #expect(result.undefined.map(\.name) == ["region", "region", "gone"])
    #expect(
      result.undefined.map(\.origin.location.description) == ["flux.yaml:9:14", "flux.yaml:12:10", "flux.yaml:12:20"])
    #expect(result.undefined.map(\.path) == ["spec.host", "spec.script", "spec.script"])
  }

  @Test func valuesThatAreNotKnownAreMarked() throws {
    let result = try Self.apply("{apiVersion: v1, kind: ConfigMap, data: {a: 'x-${v}', b: c}}", ["v": nil])
    #expect(result.unknownPaths == ["data.a"])
    #expect(result.node[path: "data", "a"]?.scalar?.text == "x-<unknown v>")
    let open = Substitution(Self.variables([:], mayHoldMore: true))
    let rest = try open.apply(to: try manifest("{apiVersion: v1, kind: ConfigMap, data: {a: '${v}'}}").node)
    #expect(rest.unknownPaths == ["data.a"])
    #expect(rest.undefined.isEmpty)
  }

  @Test(arguments: ["labels", "annotations"])
  func anObjectCanKeepOut(_ section: String) throws {
    let text = """
      {apiVersion: v1, kind: ConfigMap, data: {a: '${v}'},
       metadata: {name: a, \(section): {kustomize.toolkit.fluxcd.io/substitute: disabled}}}
      """
    #expect(try Self.apply(text, ["v": "1"]).node[path: "data", "a"]?.scalar?.text == "${v}")
  }

  @Test func withoutVariablesNothingHappensUnlessAlways() throws {
    let text = "{apiVersion: v1, kind: ConfigMap, data: {a: '${v:=1.5.0}'}}"
    #expect(try Self.apply(text, [:]).node[path: "data", "a"]?.scalar?.text == "${v:=1.5.0}")
    #expect(try Self.apply(text, [:], isAlways: true).node[path: "data", "a"]?.scalar?.text == "1.5.0")
  }

  /// What is substituted has been JSON in between, whether there was something to expand or not.
  @Test(arguments: ["x", "${v}"])
  func largeNumbersAreRounded(_ other: String) throws {
    let text = "{apiVersion: v1, kind: X, a: 12345678901234567890, b: 9007199254740992, c: '\(other)'}"
    let result = try Self.apply(text, ["v": "y"])
    #expect(result.node["a"]?.scalar?.text == "1.2345678901234567e+19")
    #expect(result.node["b"]?.scalar?.text == "9007199254740992")
  }

  @Test func lineFeedsInValuesAreRemoved() throws {
    let result = try Self.apply("{apiVersion: v1, kind: ConfigMap, data: {a: '${v}'}}", ["v": "one\ntwo\n"])
    #expect(result.node[path: "data", "a"]?.scalar?.text == "onetwo")
  }

  @Test(arguments: [
    (
      ["bad-name": "x"], "'${v:-a}'",
      "variable name 'bad-name' is invalid, it must match ^[_[:alpha:]][_[:alpha:][:digit:]]*$",
      "vars.yaml:1:9"
    ),
    (["v": "a: b"], "'x ${v}'", "after substitution of ${v} the object is no longer YAML", "flux.yaml:1:45"),
    (["v": "a"], "'${v-x}'", "variable substitution failed: missing closing brace in '${v-x}'", "flux.yaml:1:46"),
  ])
  func whatFluxRefusesIsAnErrorAtItsPlace(_ values: [String: String], text: String, message: String, place: String)
    throws
  {
    do {
      _ = try Self.apply("{apiVersion: v1, kind: ConfigMap, data: {a: \(text)}}", values.mapValues { $0 })
      Issue.record("nothing was thrown")
    } catch let error as SubstitutionError {
      #expect(error.message == message)
      #expect(error.location?.description == place)
    }
  }

  @Test func whatIsNotDefinedCanLeaveAMark() throws {
    var substitution = Substitution(Self.variables(["region": "eu"]))
    let node = try manifest("{apiVersion: v1, kind: X, image: 'a:${v}', other: '${w:=b}-${region}'}").node
    #expect(throws: SubstitutionError.self) { try substitution.apply(to: node) }
    substitution.keepsPlaces = true
    let result = try substitution.apply(to: node)
    #expect(result.node["image"]?.scalar?.text == "a:<unknown v>")
    #expect(result.node["other"]?.scalar?.text == "b-eu")
    #expect(result.undefined.map(\.name) == ["v"])
    #expect(result.unknownPaths == ["image"])
  }

  /// Reports show the lines they point at.
  @Test(arguments: [("pass${v-x", "v"), ("pass ${v}", "a: b")])
  func noPlaceOfASecretIsTold(_ text: String, _ value: String) throws {
    let secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {a: '\(text)'}"
    do {
      _ = try Self.apply(secret, ["v": value])
      Issue.record("nothing was thrown")
    } catch let error as SubstitutionError {
      #expect(!error.message.contains("pass"))
      #expect(error.location?.description == "flux.yaml:3:18")
    }
  }

  @Test func hostileTextsHaveLimits() throws {
    let many = (0..<5_000).map { "${v\($0)}" }.joined()
    let result = try Self.apply("{apiVersion: v1, kind: ConfigMap, data: {a: '\(many)'}}", ["x": "1"])
    #expect(result.undefined.count == 100)
    #expect(result.node[path: "data", "a"]?.origin.trace.count == 32)
  }
}
