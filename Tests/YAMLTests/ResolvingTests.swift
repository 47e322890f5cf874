import Diagnostics
import Testing
import YAML

@Suite struct ResolvingTests {
  @Test(
    arguments: [
      ("", .null), ("~", .null), ("null", .null), ("NULL", .null), ("nUll", .string("nUll")),
      ("true", .bool(true)), ("False", .bool(false)), ("tRue", .string("tRue")),
      ("yes", .string("yes")), ("on", .string("on")), ("y", .string("y")),
      ("0", .int(0)), ("-7", .int(-7)), ("+12", .int(12)), ("1_000", .int(1000)),
      ("0x1F", .int(31)), ("-0x1f", .int(-31)), ("0b101", .int(5)), ("-0b11", .int(-3)), ("0o17", .int(15)),
      ("0777", .int(511)), ("08", .float(8)), ("0x", .string("0x")), ("0b2", .string("0b2")),
      ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)),
      ("9223372036854775808", .uint(9_223_372_036_854_775_808)), ("18446744073709551616", .float(18446744073709551616)),
      ("1.5", .float(1.5)), ("1.", .float(1)), (".5", .float(0.5)), ("1e3", .float(1000)), ("-1.5E-3", .float(-0.0015)),
      ("0.1", .float(0.1)), ("1e400", .string("1e400")), ("1.2.3", .string("1.2.3")), (".", .string(".")),
      ("1e", .string("1e")), ("-", .string("-")), ("+", .string("+")), ("12e03", .float(12000)),
      (".inf", .float(.infinity)), ("-.INF", .float(-.infinity)), ("+.Inf", .float(.infinity)), ("inf", .string("inf")),
      ("12:30:45", .string("12:30:45")), ("=", .string("=")), ("<<", .string("<<")),
      ("_1", .string("_1")), ("1_", .int(1)), (".5_0", .float(0.5)), ("._5", .string("._5")),
    ] as [(String, ResolvedScalar)])
  func plainTexts(text: String, meaning: ResolvedScalar) {
    #expect(Scalar(text).resolved == meaning)
  }

  @Test func notANumber() {
    guard case .float(let value) = Scalar(".NaN").resolved else {
      Issue.record("no number")
      return
    }
    #expect(value.isNaN)
  }

  @Test(arguments: [
    ("2001-12-14", "2001-12-14T00:00:00Z"),
    ("2001-1-2", "2001-01-02T00:00:00Z"),
    ("2001-12-14T21:59:43.10-05:00", "2001-12-14T21:59:43.1-05:00"),
    ("2001-12-14t21:59:43Z", "2001-12-14T21:59:43Z"),
    ("2001-12-14 21:59:43.123456789123", "2001-12-14T21:59:43.123456789Z"),
    ("2001-12-14T1:2:3+00:00", "2001-12-14T01:02:03Z"),
    ("2000-02-29", "2000-02-29T00:00:00Z"),
  ])
  func dates(text: String, normalised: String) {
    #expect(Scalar(text).resolved == .timestamp(normalised))
    #expect(Scalar(text).resolved(by: .goYAML2) == .string(text))
  }

  @Test(arguments: [
    "2001-13-14", "2001-02-29", "2001-12-14T24:00:00Z", "2001-12-14 21:59:43 -5", "2001-12", "20011-12-14",
    "2001-12-14T21:59", "2001-12-14x",
  ])
  func noDates(text: String) {
    #expect(Scalar(text).resolved == .string(text))
  }

  @Test(
    arguments: [
      ("yes", .bool(true)), ("On", .bool(true)), ("y", .bool(true)), ("NO", .bool(false)), ("off", .bool(false)),
      ("n", .bool(false)), ("yES", .string("yES")), ("true", .bool(true)), ("012", .int(10)),
    ] as [(String, ResolvedScalar)])
  func textsInVersion2(text: String, meaning: ResolvedScalar) {
    #expect(Scalar(text).resolved(by: .goYAML2) == meaning)
  }

  @Test func quotesAndTagsDecide() {
    #expect(Scalar("1", style: .singleQuoted).resolved == .string("1"))
    #expect(Scalar("true", style: .literal).resolved == .string("true"))
    #expect(Scalar("1", tag: .string).resolved == .string("1"))
    #expect(Scalar("1", style: .doubleQuoted, tag: .int).resolved == .int(1))
    #expect(Scalar("3", tag: .float).resolved == .float(3))
    #expect(Scalar("x", tag: .int).resolved == .mismatch(tag: .int))
    #expect(Scalar("aGk=", tag: .binary).resolved == .string("hi"))
    #expect(Scalar("a", tag: .binary).resolved == .mismatch(tag: .binary))
    #expect(Scalar("12", tag: .custom).resolved == .string("12"))
  }

  @Test func scalarsFromValues() {
    #expect(Scalar.int(UInt64.max).resolved == .uint(.max))
    #expect(Scalar.float(0.1).text == "0.1")
    #expect(Scalar.bool(false).resolved == .bool(false))
    #expect(Scalar.null.resolved == .null)
    #expect(Scalar.string("1").resolved == .string("1"))
  }

  @Test func mergesByVersion() throws {
    let file = SourceFile(path: "f.yaml", text: "base: &b {a: 1, b: 1}\nx:\n  a: own\n  <<: *b\n  b: own\n---\n: [\n")
    let old = try #require(YAMLReader.readFirst(file)?.root["x"])
    #expect(old["a"]?.scalar?.text == "1")
    #expect(old["b"]?.scalar?.text == "own")
    let new = try #require(YAMLReader.readFirst(file, dialect: .goYAML3)?.root["x"])
    #expect(new["a"]?.scalar?.text == "own")
  }
}
