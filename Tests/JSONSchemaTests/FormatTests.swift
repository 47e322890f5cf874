import JSONSchema
import Testing

@Suite struct FormatTests {
  @Test(arguments: [
    ("ipv4", "10.0.0.1"), ("ipv6", "2001:db8::1"), ("ipv6", "::ffff:10.0.0.1"), ("hostname", "podinfo.example.com"),
    ("email", "team@example.com"), ("date", "2024-02-29"), ("time", "12:30:00Z"), ("time", "23:59:60Z"),
    ("date-time", "2024-02-29T12:30:00.5+01:00"), ("duration", "P1DT2H"),
    ("uuid", "123e4567-e89b-12d3-a456-426614174000"),
    ("uri", "https://example.com/a?b#c"), ("uri-reference", "../a"), ("uri-template", "https://example.com/{id}"),
    ("json-pointer", "/a~1b"), ("relative-json-pointer", "1/a"), ("semver", "1.2.3-rc.1+build"), ("regex", "^a|b$"),
    ("period", "2024-01-01T00:00:00Z/P1D"), ("of my own", "anything"),
  ])
  func takes(format: String, text: String) throws {
    let schema = try Schema(text: "{format: '\(format)'}", draft: "7")
    #expect(schema.validate(try root("'\(text)'")).report == "")
  }

  @Test(arguments: [
    ("ipv4", "10.0.0", "expected four decimals"), ("ipv4", "10.0.0.x", #"strconv.Atoi: parsing "x": invalid syntax"#),
    ("ipv6", "1::2::3", #"ParseAddr("1::2::3"): multiple :: in address (at ":3")"#),
    ("hostname", "-a", "label starts with hyphen"), ("email", "a", "missing @"),
    ("date", "2023-02-29", #"parsing time "2023-02-29": day out of range"#),
    ("date", "1.1.2024", #"parsing time "1.1.2024" as "2006-01-02": cannot parse "1.1.2024" as "2006""#),
    ("time", "12:30Z", "less than 9 characters long"),
    ("date-time", "2024-02-29 12:30:00Z", "11th character must be t or T"),
    ("duration", "1h", "must start with P"), ("duration", "PT1D", "invalid unit 'D'"),
    ("uuid", "a-b", "must have 5 elements"),
    ("uri", "/a", "relative url"), ("uri", "http://a b/", #"parse "http://a b/": invalid character " " in host name"#),
    ("json-pointer", "a", "not starting with /"), ("semver", "1.2", "versionCore must have 3 numbers separated by dot"),
    ("regex", "a(", "error parsing regexp: missing closing ): `a(`"),
  ])
  func refuses(format: String, text: String, reason: String) throws {
    let schema = try Schema(text: "{format: '\(format)'}", draft: "7")
    #expect(schema.validate(try root("'\(text)'")).report == "- at '': '\(text)' is not valid \(format): \(reason)")
  }

  @Test(arguments: ["2019-09", "2020-12"]) func isARemarkInNewerDrafts(draft: String) throws {
    #expect(try Schema(text: "{format: ipv4}", draft: draft).validate(root("x")).isEmpty)
  }

  @Test func contentIsARemark() throws {
    let schema = try Schema(text: "{contentMediaType: application/json, contentEncoding: base64}", draft: "7")
    #expect(schema.validate(try root("'{'")).isEmpty)
  }
}
