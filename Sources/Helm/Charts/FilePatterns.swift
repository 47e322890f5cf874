/// A shell pattern within one path component or path, as Go's `filepath.Match` has it: `*` and `?` match no slash.
struct ShellPattern {
  private let pattern: [UInt8]

  /// Nil when the pattern is malformed.
  init?(_ text: String) {
    pattern = Array(text.utf8)
    guard ShellPattern.isWellFormed(pattern) else { return nil }
  }

  func matches(_ name: String) -> Bool {
    ShellPattern.match(pattern[...], Array(name.utf8)[...])
  }

  private static func isWellFormed(_ pattern: [UInt8]) -> Bool {
    var index = 0
    while index < pattern.count {
      switch pattern[index] {
      case UInt8(ascii: "\\"):
        index += 1
        if index == pattern.count { return false }
      case UInt8(ascii: "["):
        guard let close = pattern[index...].dropFirst(2).firstIndex(of: UInt8(ascii: "]")) else { return false }
        index = close
      default: break
      }
      index += 1
    }
    return true
  }

  /// Stars are tried from the shortest; only the last one needs to be taken back.
  private static func match(_ pattern: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
    var (pattern, name) = (pattern, name)
    var retry: (pattern: ArraySlice<UInt8>, name: ArraySlice<UInt8>)?
    while true {
      if pattern.first == UInt8(ascii: "*") {
        pattern = pattern.dropFirst()
        retry = (pattern, name)
        continue
      }
      if let next = step(&pattern, name) {
        name = next
        if pattern.isEmpty && name.isEmpty { return true }
        if !pattern.isEmpty || name.isEmpty { continue }
      } else if pattern.isEmpty && name.isEmpty {
        return true
      }
      guard let last = retry, let skipped = last.name.first, skipped != UInt8(ascii: "/") else { return false }
      retry = (last.pattern, last.name.dropFirst())
      (pattern, name) = (last.pattern, last.name.dropFirst())
      if pattern.isEmpty && name.isEmpty { return true }
    }
  }

  /// Matches one element of the pattern against one byte.
  private static func step(_ pattern: inout ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard let element = pattern.first, let byte = name.first else { return nil }
    switch element {
    case UInt8(ascii: "?"):
      guard byte != UInt8(ascii: "/") else { return nil }
      pattern = pattern.dropFirst()
      let length = byte < 0x80 ? 1 : 1 + name.dropFirst().prefix { $0 & 0xC0 == 0x80 }.count
      return name.dropFirst(length)
    case UInt8(ascii: "["):
      guard let close = pattern.dropFirst(2).firstIndex(of: UInt8(ascii: "]")) else { return nil }
      let matched = isInClass(byte, pattern[(pattern.startIndex + 1)..<close])
      guard matched, byte != UInt8(ascii: "/") else { return nil }
      pattern = pattern[(close + 1)...]
      return name.dropFirst()
    case UInt8(ascii: "\\"):
      guard pattern.dropFirst().first == byte else { return nil }
      pattern = pattern.dropFirst(2)
      return name.dropFirst()
    default:
      guard element == byte else { return nil }
      pattern = pattern.dropFirst()
      return name.dropFirst()
    }
  }

  static func isInClass(_ byte: UInt8, _ content: ArraySlice<UInt8>) -> Bool {
    var rest = content
    let isNegated = rest.first == UInt8(ascii: "^") || rest.first == UInt8(ascii: "!")
    if isNegated { rest = rest.dropFirst() }
    var isMatched = false
    while var low = rest.first {
      rest = rest.dropFirst()
      if low == UInt8(ascii: "\\"), let escaped = rest.first {
        low = escaped
        rest = rest.dropFirst()
      }
      if rest.first == UInt8(ascii: "-"), let high = rest.dropFirst().first {
        rest = rest.dropFirst(2)
        if low <= byte && byte <= high { isMatched = true }
      } else if low == byte {
        isMatched = true
      }
    }
    return isMatched != isNegated
  }
}

/// The patterns of `.Files.Glob`: `*` stays within a component, `**` does not, `{a,b}` are alternatives.
struct GlobPattern {
  private let alternatives: [[UInt8]]

  /// Patterns grow no larger when their alternatives are written out.
  static let mostAlternatives = 1_000

  /// Nil when the pattern is malformed.
  init?(_ text: String) {
    guard let expanded = GlobPattern.expanded(Array(text.utf8)) else { return nil }
    alternatives = expanded
  }

  func matches(_ name: String) -> Bool {
    let bytes = Array(name.utf8)[...]
    return alternatives.contains { GlobPattern.match($0[...], bytes) }
  }

  /// The pattern once for each choice of its first braces, and so on.
  private static func expanded(_ pattern: [UInt8]) -> [[UInt8]]? {
    var (depth, start, parts, partStart) = (0, 0, [ArraySlice<UInt8>](), 0)
    var index = 0
    while index < pattern.count {
      switch pattern[index] {
      case UInt8(ascii: "\\"): index += 1
      case UInt8(ascii: "{"):
        if depth == 0 { (start, partStart) = (index, index + 1) }
        depth += 1
      case UInt8(ascii: ",") where depth == 1:
        parts.append(pattern[partStart..<index])
        partStart = index + 1
      case UInt8(ascii: "}") where depth > 0:
        depth -= 1
        guard depth == 0 else { break }
        parts.append(pattern[partStart..<index])
        var all: [[UInt8]] = []
        for part in parts {
          guard let more = expanded(Array(pattern[..<start]) + part + pattern[(index + 1)...]) else { return nil }
          all += more
          guard all.count <= mostAlternatives else { return nil }
        }
        return all
      default: break
      }
      index += 1
    }
    return depth == 0 ? [pattern] : nil
  }

  private static func match(_ pattern: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
    // The states are the places in the pattern that the name so far can have led to.
    var states: Set<Int> = closure([pattern.startIndex], pattern)
    for byte in name {
      var next: Set<Int> = []
      for state in states {
        guard state < pattern.endIndex else { continue }
        switch pattern[state] {
        case UInt8(ascii: "*"):
          let isDouble = state + 1 < pattern.endIndex && pattern[state + 1] == UInt8(ascii: "*")
          if isDouble || byte != UInt8(ascii: "/") { next.insert(state) }
        case UInt8(ascii: "?"):
          if byte != UInt8(ascii: "/") { next.insert(state + 1) }
        case UInt8(ascii: "["):
          guard let close = pattern[state...].dropFirst(2).firstIndex(of: UInt8(ascii: "]")) else { continue }
          if ShellPattern.isInClass(byte, pattern[(state + 1)..<close]) { next.insert(close + 1) }
        case UInt8(ascii: "\\"):
          if state + 1 < pattern.endIndex, pattern[state + 1] == byte { next.insert(state + 2) }
        default:
          if pattern[state] == byte { next.insert(state + 1) }
        }
      }
      states = closure(next, pattern)
      if states.isEmpty { return false }
    }
    return states.contains(pattern.endIndex)
  }

  /// Stars may also match nothing.
  private static func closure(_ states: Set<Int>, _ pattern: ArraySlice<UInt8>) -> Set<Int> {
    var result = states
    for state in states {
      var index = state
      while index < pattern.endIndex, pattern[index] == UInt8(ascii: "*") {
        index += 1
        if index < pattern.endIndex, pattern[index] == UInt8(ascii: "*") { index += 1 }
        result.insert(index)
      }
    }
    return result
  }
}
