/// Text from a repository, made safe to show: whoever opens a pull request chooses names, comments and values.
///
/// Nothing that steers a terminal, reverses the order of reading or hides is left: such characters appear as
/// `\u{202e}`. Commands to CI services that count anywhere in a line are broken up.
package enum VisibleText {
  /// On one line: line breaks become `\n`.
  package static func line(_ text: String) -> String {
    isPlain(text) ? text : breakingCommands(text.unicodeScalars.reduce(into: "") { $0 += shown($1) })
  }

  /// As lines: line breaks of the text are kept as such.
  static func lines(_ text: String) -> [String] {
    let unix = text.replacing("\r\n", with: "\n")
    return unix.split(separator: "\n", omittingEmptySubsequences: false).map { line(String($0)) }
  }

  /// Line breaks kept, everything else made safe.
  static func paragraphs(_ text: String) -> String {
    lines(text).joined(separator: "\n")
  }

  private static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }
  }

  private static func shown(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": " "
    // Joiners are part of emoji and of some scripts and do no harm.
    case "\u{200C}", "\u{200D}": String(scalar)
    case _ where isHidden(scalar): "\\u{\(String(scalar.value, radix: 16))}"
    default: String(scalar)
    }
  }

  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    // Terminal controls; bidirectional controls, zero-width and tag characters; U+2028 and U+2029; what no reader
    // has a sign for, among it what XML forbids.
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: true
    default: false
    }
  }

  /// GitHub reads the old form `##[command]` and Azure `##vso[command]` anywhere in a line of a log.
  private static func breakingCommands(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "#")) else { return text }
    return text.replacing("##[", with: "# #[").replacing("##vso[", with: "# #vso[")
  }
}
