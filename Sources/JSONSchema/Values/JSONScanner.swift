import Diagnostics

/// Walks the bytes of a JSON file and keeps count of lines and columns.
struct JSONScanner {
  let file: SourceFile
  private(set) var offset = 0
  private(set) var position = SourcePosition(line: 1, column: 1)

  init(_ file: SourceFile) {
    self.file = file
  }

  /// The byte ahead; nil at the end.
  var next: UInt8? { offset < file.bytes.count ? file.bytes[offset] : nil }

  mutating func advance() {
    guard let byte = next else { return }
    offset += 1
    if byte == UInt8(ascii: "\n") {
      position.line += 1
      position.column = 1
    } else if next.map({ $0 & 0xC0 != 0x80 }) ?? true {
      position.column += 1  // columns count characters, not their bytes
    }
  }

  mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { advance() }
  }

  /// Takes the byte if it is the one ahead.
  mutating func take(_ byte: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: byte) else { return false }
    advance()
    return true
  }

  /// The stretch from `start` to here.
  func span(from start: SourcePosition) -> SourceSpan { SourceSpan(start: start, end: position) }

  /// What Go's encoding/json says about the byte ahead.
  func unexpected(_ context: String) -> SchemaError {
    let end = SourceSpan(start: position, end: position)
    guard let byte = next else {
      return SchemaError(.malformed("unexpected EOF"), at: Location(file: file, span: end))
    }
    let character =
      switch byte {
      case UInt8(ascii: "'"): #"'\''"#
      case UInt8(ascii: "\""): #"'"'"#
      default: "'\(GoQuote.double(String(Unicode.Scalar(byte))).dropFirst().dropLast())'"
      }
    return SchemaError(.malformed("invalid character \(character) \(context)"), at: Location(file: file, span: end))
  }
}
