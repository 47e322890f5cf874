/// Cuts a text with `${…}` into tokens as the scanner of fluxcd/pkg/envsubst does, whose way with widths and escapes
/// decides what odd expressions mean.
struct EnvsubstScanner {
  enum Token { case illegal, end, identifier, open, close }

  /// Which tokens are looked for.
  struct Mode: OptionSet {
    let rawValue: UInt8
    static let identifier = Mode(rawValue: 1)
    static let open = Mode(rawValue: 2)
    static let close = Mode(rawValue: 4)
    static let escape = Mode(rawValue: 8)
  }

  /// Whether a character belongs to the token; the number is its position in the token in bytes, from 1.
  typealias Accept = (UInt32, Int) -> Bool

  private let bytes: [UInt8]
  private(set) var offset = 0
  private(set) var start = 0
  private var width = 0
  /// Bytes of the token that escape the one behind them and are not part of it.
  private var escapes: [Int] = []
  var mode: Mode = []
  var escapesBackslash = false
  var accept: Accept = { _, _ in true }

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The token scanned last.
  var token: [UInt8] {
    if escapes.isEmpty { return Array(bytes[start..<offset]) }
    var kept: [UInt8] = []
    var next = start
    for escape in escapes {
      kept += bytes[next..<escape]
      next = escape + 1
    }
    return kept + bytes[next..<offset]
  }

  mutating func scan() -> Token {
    start = offset
    escapes = []
    let character = read()
    if character == 0 { return .end }
    if isOpen(character) { return .open }
    if mode.contains(.close), character == UInt32(ascii: "}") { return .close }
    return scanIdentifier(character) ? .identifier : .illegal
  }

  /// The next character without moving; 0 at the end.
  mutating func peek() -> UInt32 {
    let character = read()
    unread()
    return character
  }

  /// Takes the next character; 0 at the end.
  @discardableResult
  mutating func read() -> UInt32 {
    guard offset < bytes.count else {
      width = 0
      return 0
    }
    let (scalar, length) = GoText.decode(bytes, at: offset)
    width = length
    offset += length
    return scalar
  }

  /// Moves back by the width of the character read last.
  mutating func unread() {
    offset -= width
  }

  private mutating func scanIdentifier(_ first: UInt32) -> Bool {
    guard mode.contains(.identifier) else { return false }
    if isEscaped(first) {
      skip()
    } else if !accept(first, offset - start) {
      return false
    }
    while true {
      let character = read()
      if character == 0 {
        unread()
        return true
      }
      if isOpen(character) {
        unread()
        unread()
        return true
      }
      if isEscaped(character) {
        skip()
      } else if !accept(character, offset - start) {
        unread()
        return true
      }
    }
  }

  /// Drops the character read last and takes the one behind it, a single byte, as it is.
  private mutating func skip() {
    escapes.append(offset - 1)
    offset += 1
  }

  private mutating func isOpen(_ character: UInt32) -> Bool {
    guard mode.contains(.open), character == UInt32(ascii: "$") else { return false }
    if read() == UInt32(ascii: "{") { return true }
    unread()
    return false
  }

  private mutating func isEscaped(_ character: UInt32) -> Bool {
    guard mode.contains(.escape) else { return false }
    if character == UInt32(ascii: "$"), peek() == UInt32(ascii: "$") { return true }
    guard character == UInt32(ascii: "\\"), escapesBackslash else { return false }
    let next = peek()
    return next == UInt32(ascii: "/") || next == UInt32(ascii: "\\")
  }
}

extension UInt32 {
  /// The code of an ASCII character.
  init(ascii: Unicode.Scalar) { self = ascii.value }
}
