/// Patterns with `*`, `?` and `[…]` as Go's `path.Match` reads them, save that `*` also takes `/`.
struct ShellPattern {
  /// Steps that all matching for one text may take together.
  static let stepLimit = 4_000_000

  private let pattern: [UInt8]
  private var steps: Int

  init(_ pattern: [UInt8], steps: Int) {
    self.pattern = pattern
    self.steps = steps
  }

  /// Cuts the shortest or longest start of `text` that matches off it. A malformed pattern cuts nothing.
  static func trimPrefix(_ text: [UInt8], _ pattern: [UInt8], longest: Bool, steps: inout Int) throws(EnvsubstError)
    -> [UInt8]
  {
    var matcher = ShellPattern(pattern, steps: steps)
    defer { steps = matcher.steps }
    var shortest: Int?
    var length = text.count
    while length > 0 {
      guard let matches = try matcher.matches(text[..<length]) else { return text }
      if matches, longest { return Array(text[length...]) }
      if matches { shortest = length }
      length -= 1
    }
    return shortest.map { Array(text[$0...]) } ?? text
  }

  /// Whether the pattern matches the whole of `name`; nil when it is malformed.
  private mutating func matches(_ name: ArraySlice<UInt8>) throws(EnvsubstError) -> Bool? {
    var name = name
    var rest = pattern[...]
    while !rest.isEmpty {
      let (hasStar, chunk) = Self.nextChunk(&rest)
      if hasStar, chunk.isEmpty { return true }
      switch try matchesChunk(chunk, name) {
      case .malformed: return nil
      case .match(let tail) where tail.isEmpty || !rest.isEmpty:
        name = tail
        continue
      default: break
      }
      guard hasStar else { return false }
      guard let found = try skipAhead(chunk, name, isLast: rest.isEmpty) else { return nil }
      guard case .match(let tail) = found else { return false }
      name = tail
    }
    return name.isEmpty
  }

  /// The first place after the start of `name` where `chunk` matches; nil when it is malformed.
  private mutating func skipAhead(
    _ chunk: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>, isLast: Bool
  ) throws(EnvsubstError) -> ChunkMatch? {
    for index in name.indices {
      switch try matchesChunk(chunk, name[(index + 1)...]) {
      case .match(let tail) where !isLast || tail.isEmpty: return .match(tail)
      case .malformed: return nil
      default: continue
      }
    }
    return .noMatch
  }

  private enum ChunkMatch {
    case match(ArraySlice<UInt8>)
    case noMatch
    case malformed
  }

  /// The text up to the next `*` outside brackets, and whether stars stand in front of it.
  private static func nextChunk(_ rest: inout ArraySlice<UInt8>) -> (hasStar: Bool, chunk: ArraySlice<UInt8>) {
    let stars = rest.prefix { $0 == UInt8(ascii: "*") }.count
    rest = rest.dropFirst(stars)
    var isInBrackets = false
    var index = rest.startIndex
    scan: while index < rest.endIndex {
      switch rest[index] {
      case UInt8(ascii: "\\"): if index + 1 < rest.endIndex { index += 1 }
      case UInt8(ascii: "["): isInBrackets = true
      case UInt8(ascii: "]"): isInBrackets = false
      case UInt8(ascii: "*") where !isInBrackets: break scan
      default: break
      }
      index += 1
    }
    let chunk = rest[..<index]
    rest = rest[index...]
    return (stars > 0, chunk)
  }

  private mutating func matchesChunk(
    _ chunk: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>
  ) throws(EnvsubstError) -> ChunkMatch {
    var (chunk, text) = (chunk, text)
    while let first = chunk.first {
      steps += 1
      guard steps <= Self.stepLimit else { throw .tooMuchWork(limit: Self.stepLimit) }
      guard let byte = text.first else { return .noMatch }
      switch first {
      case UInt8(ascii: "["):
        let (character, length) = GoText.decode(text, at: 0)
        text = text.dropFirst(length)
        guard let isIn = Self.takeClass(&chunk, character) else { return .malformed }
        if !isIn { return .noMatch }
        continue
      case UInt8(ascii: "?"):
        text = text.dropFirst(GoText.decode(text, at: 0).length)
        chunk = chunk.dropFirst()
        continue
      case UInt8(ascii: "\\"):
        chunk = chunk.dropFirst()
        if chunk.isEmpty { return .malformed }
      default: break
      }
      guard chunk.first == byte else { return .noMatch }
      text = text.dropFirst()
      chunk = chunk.dropFirst()
    }
    return .match(text)
  }

  /// Takes `[…]` off `chunk`: whether `character` is in it, nil when it is malformed.
  private static func takeClass(_ chunk: inout ArraySlice<UInt8>, _ character: UInt32) -> Bool? {
    chunk = chunk.dropFirst()
    let isNegated = chunk.first == UInt8(ascii: "^")
    if isNegated { chunk = chunk.dropFirst() }
    var isIn = false
    var isFirst = true
    while true {
      if chunk.first == UInt8(ascii: "]"), !isFirst {
        chunk = chunk.dropFirst()
        return isIn != isNegated
      }
      guard let low = takeClassCharacter(&chunk) else { return nil }
      var high = low
      if chunk.first == UInt8(ascii: "-") {
        chunk = chunk.dropFirst()
        guard let end = takeClassCharacter(&chunk) else { return nil }
        high = end
      }
      if low <= character, character <= high { isIn = true }
      isFirst = false
    }
  }

  /// A character of a class; nil where there is none, or nothing follows it.
  private static func takeClassCharacter(_ chunk: inout ArraySlice<UInt8>) -> UInt32? {
    guard let first = chunk.first, first != UInt8(ascii: "-"), first != UInt8(ascii: "]") else { return nil }
    if first == UInt8(ascii: "\\") { chunk = chunk.dropFirst() }
    guard !chunk.isEmpty else { return nil }
    let (character, length) = GoText.decode(chunk, at: 0)
    chunk = chunk.dropFirst(length)
    return chunk.isEmpty || character == GoText.replacement && length == 1 ? nil : character
  }
}
