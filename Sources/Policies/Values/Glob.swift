/// A pattern for names, paths, addresses and `Kind/namespace/name`.
///
/// `*` stands for anything but `/`, `**` for anything, `**/` for any number of leading folders, `?` for one character
/// other than `/`. Everything else stands for itself. Matching takes time in proportion to pattern times text, whatever
/// the pattern: configuration can come from a fork's pull request.
public struct Glob: Sendable, Hashable, CustomStringConvertible {
  private enum Token: Sendable, Hashable {
    case byte(UInt8)
    case one
    case segment
    case anything
    case folders
  }

  /// The pattern as written.
  public let pattern: String
  private let tokens: [Token]

  /// A pattern.
  public init(_ pattern: String) {
    self.pattern = pattern
    let bytes = Array(pattern.utf8)
    var tokens: [Token] = []
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "?"): tokens.append(.one)
      case UInt8(ascii: "*"):
        guard index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "*") else {
          tokens.append(.segment)
          break
        }
        index += 1
        if index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "/") {
          tokens.append(.folders)
          index += 1
        } else {
          tokens.append(.anything)
        }
      case let byte: tokens.append(.byte(byte))
      }
      index += 1
    }
    self.tokens = tokens
  }

  /// Whether the whole of `text` is as the pattern says.
  public func matches(_ text: String) -> Bool {
    let slash = UInt8(ascii: "/")
    var states = [Bool](repeating: false, count: tokens.count + 1)
    states[0] = true
    skipEmpty(&states, atFolderStart: true)
    for byte in text.utf8 {
      var next = [Bool](repeating: false, count: tokens.count + 1)
      for (index, token) in tokens.enumerated() where states[index] {
        switch token {
        case .byte(let wanted): if wanted == byte { next[index + 1] = true }
        // One character may be several bytes: only a leading byte moves on, the others stay behind it.
        case .one: if byte != slash, byte & 0xC0 != 0x80 { next[index + 1] = true }
        case .segment: if byte != slash { next[index] = true }
        case .anything, .folders: next[index] = true
        }
      }
      if byte & 0xC0 == 0x80 {
        for index in tokens.indices where tokens[index] == .one && states[index + 1] { next[index + 1] = true }
      }
      states = next
      skipEmpty(&states, atFolderStart: byte == slash)
    }
    return states[tokens.count]
  }

  /// Tokens that may stand for nothing are passed over.
  private func skipEmpty(_ states: inout [Bool], atFolderStart: Bool) {
    for (index, token) in tokens.enumerated() where states[index] {
      switch token {
      case .segment, .anything: states[index + 1] = true
      case .folders: if atFolderStart { states[index + 1] = true }
      case .byte, .one: break
      }
    }
  }

  /// The pattern as written.
  public var description: String { pattern }
}

extension [Glob] {
  /// Whether one of the patterns matches.
  public func match(_ text: String) -> Bool { contains { $0.matches(text) } }
}
