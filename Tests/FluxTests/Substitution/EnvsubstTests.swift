import Flux
import Testing

@Suite struct EnvsubstTests {
  static let variables = ["region": "eu-west-1", "empty": "", "file": "app.tar.gz", "name": "Österreich"]

  static func expand(_ text: String) throws(EnvsubstError) -> Envsubst.Result {
    try Envsubst.expand(Array(text.utf8)) { name in variables[name].map { .known(Array($0.utf8)) } }
  }

  @Test(arguments: [
    ("cluster-${region}", "cluster-eu-west-1"), ("$region ${region}", "$region eu-west-1"), ("$${region}", "${region}"),
    ("${missing:-none}", "none"), ("${missing:=a ${region} b}", "a eu-west-1 b"), ("${empty:-x}", "x"),
    ("${empty}", ""),
    ("${#region}", "9"), ("${region^^}", "EU-WEST-1"), ("${name,}", "österreich"), ("${region:0:2}", "eu"),
    ("${region: -1}", "eu-west-1"), ("${region:3}", "west-1"), ("${region/-/_}", "eu_west-1"),
    ("${region//-/_}", "eu_west_1"),
    ("${file%.*}", "app.tar"), ("${file%%.*}", "app"), ("${file#*.}", "tar.gz"), ("${file##*.}", "gz"),
    ("${region/#eu/us}", "us-west-1"), ("${region/%1/2}", "eu-west-2"), ("${missing:+x}", "x"),
    ("$(region)", "$(region)"),
  ])
  func expressionsAreExpanded(_ text: String, result: String) throws {
    let expanded = try Self.expand(text)
    #expect(String(decoding: expanded.bytes, as: UTF8.self) == result)
    #expect(expanded.undefined.isEmpty)
  }

  @Test(arguments: [
    ("${region", EnvsubstError.missingClosingBrace), ("${}", .noVariableName), ("${region-x}", .missingClosingBrace),
    ("${region:}", .badArgument), ("${region/a}", .badSubstitution), ("${my-var}", .missingClosingBrace),
    ("${region:3:-2}", .sliceOutOfRange("[3:1]")),
  ])
  func malformedExpressionsAreErrors(_ text: String, error: EnvsubstError) {
    #expect(throws: error) { try Self.expand(text) }
  }

  @Test func variablesWithoutAValueAreListedWithTheirPlaces() throws {
    let expanded = try Self.expand("a ${one} ${two:-x} ${three^^} ${four:-${five}}")
    #expect(expanded.undefined.map(\.variable) == ["one", "three", "five"])
    #expect(expanded.undefined.first?.source == 2..<8)
  }

  @Test func theFirstVariableWithoutAValueIsTheErrorWhereEachNeedsOne() {
    #expect(throws: EnvsubstError.notSet(variable: "two")) {
      try Envsubst.expand(Array("${one:-x} ${two:0:-1} ${three}".utf8), isStrict: true) { _ in nil }
    }
  }

  @Test func whatIsNotKnownIsNotGuessed() throws {
    let result = try Envsubst.expand(Array("a-${secret}-${secret:0:2}".utf8)) { _ in .unknown }
    #expect(String(decoding: result.bytes, as: UTF8.self) == "a-<unknown secret>-<unknown secret>")
    #expect(result.uses.map(\.isUnknown) == [true, true])
  }

  @Test func nestingHasALimit() {
    let text = String(repeating: "${a:-", count: 100_000)
    #expect(throws: EnvsubstError.tooDeep(limit: 100)) { try Self.expand(text) }
  }

  @Test func replacingHasALimit() {
    let long = Array(repeating: UInt8(ascii: "a"), count: 10_000)
    #expect(throws: EnvsubstError.tooMuchWork(limit: 4_000_000)) {
      try Envsubst.expand(Array("${x//${y}/c}".utf8)) { .known($0 == "x" ? long : long[..<5000] + Array("b".utf8)) }
    }
    #expect(throws: EnvsubstError.tooLong(limit: 4 << 20)) {
      try Envsubst.expand(Array("${x//a/${x}}".utf8)) { _ in .known(long) }
    }
  }

  @Test func patternsHaveALimit() {
    let long = Envsubst.Value.known(Array(repeating: UInt8(ascii: "a"), count: 20_000))
    #expect(throws: EnvsubstError.tooMuchWork(limit: 4_000_000)) {
      try Envsubst.expand(Array("${x#*a*a*a*b}".utf8)) { _ in long }
    }
  }
}
