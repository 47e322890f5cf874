import Pattern

/// A format of texts, as `format` names it.
struct Format: Sendable {
  /// The name.
  let name: String
  private let check: @Sendable (String) -> String?

  /// The format of that name; nil for one that is not known, which then is no rule.
  init?(name: String) {
    guard let check = Self.checks[name] else { return nil }
    self.name = name
    self.check = check
  }

  /// Why the text is not of this format; nil when it is.
  func problem(in text: String) -> String? {
    check(text)
  }

  private static let checks: [String: @Sendable (String) -> String?] = [
    "json-pointer": PointerFormats.pointer,
    "relative-json-pointer": PointerFormats.relativePointer,
    "uuid": IdentifierFormats.uuid,
    "semver": IdentifierFormats.semanticVersion,
    "duration": DurationFormats.duration,
    "period": DurationFormats.period,
    "ipv4": AddressFormats.ipv4,
    "ipv6": AddressFormats.ipv6,
    "hostname": AddressFormats.hostname,
    "email": AddressFormats.email,
    "date": TimeFormats.date,
    "time": TimeFormats.time,
    "date-time": TimeFormats.dateTime,
    "uri": URLFormats.absolute,
    "iri": URLFormats.absolute,
    "uri-reference": URLFormats.reference,
    "iri-reference": URLFormats.reference,
    "uri-template": URLFormats.template,
    "regex": regex,
  ]

  @Sendable private static func regex(_ text: String) -> String? {
    do throws(PatternError) {
      _ = try Pattern(text, limits: SchemaCompiler.matchLimits)
      return nil
    } catch {
      return error.message
    }
  }
}

extension UInt8 {
  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
  var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
  var isHexadecimal: Bool { isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self | 0x20) }
}

extension String {
  /// The parts between single bytes; one empty part for an empty text.
  func parts(_ separator: Unicode.Scalar) -> [String] {
    utf8.split(separator: UInt8(ascii: separator), omittingEmptySubsequences: false).map { String($0) ?? "" }
  }

  /// The text from a byte on.
  func dropping(_ count: Int) -> String {
    String(decoding: utf8.dropFirst(count), as: UTF8.self)
  }
}

/// Go's `%q` of a character.
func quoted(_ scalar: Unicode.Scalar) -> String {
  GoQuote.single(String(scalar))
}
