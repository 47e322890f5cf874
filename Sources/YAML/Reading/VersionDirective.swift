import Diagnostics

/// The directive `%YAML`. go-yaml looks at its version as soon as it has read it, libyaml at the start of the document.
enum VersionDirective {
  static let complaint = "found incompatible YAML document (go-yaml, which Flux uses, reads %YAML 1.1 only)"

  /// The error about the first directive up to a line that names another version than 1.1.
  static func incompatible(in file: SourceFile, upTo line: UInt32) -> YAMLError? {
    let name = Array("%YAML".utf8)
    for (index, text) in file.bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      guard index < line else { return nil }
      guard text.starts(with: name) else { continue }
      let blanks: Set<UInt8> = [0x20, 0x09, 0x0D]
      let version = text.dropFirst(name.count).drop { blanks.contains($0) }.prefix { !blanks.contains($0) }
      guard !version.elementsEqual("1.1".utf8) else { continue }
      let start = SourcePosition(line: UInt32(index) + 1, column: 1)
      return YAMLError(.syntax(complaint), at: Location(file: file, span: SourceSpan(start: start, end: start)))
    }
    return nil
  }
}
