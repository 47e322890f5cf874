import CPCRE2

/// Where an expression matched: byte ranges of the subject.
public struct Match: Sendable, Hashable {
  /// The range of each group by its number; 0 is the whole match, nil a group that took no part.
  public var groups: [Range<Int>?]

  /// The range of the whole match.
  public var range: Range<Int> { groups.first.flatMap { $0 } ?? 0..<0 }
}

extension Pattern {
  /// The first match at or after the byte `start`.
  public func firstMatch(in subject: [UInt8], from start: Int = 0) throws(PatternError) -> Match? {
    try match(subject, from: start, options: 0)
  }

  /// The first match in `text`; ranges count its UTF-8 bytes.
  public func firstMatch(in text: String, from start: Int = 0) throws(PatternError) -> Match? {
    try firstMatch(in: Array(text.utf8), from: start)
  }

  /// Whether it matches anywhere in `text`, within limits of its own or others.
  public func matches(_ text: String, limits: MatchLimits? = nil) throws(PatternError) -> Bool {
    try match(Array(text.utf8), from: 0, options: 0, limits: limits) != nil
  }

  /// Whether it matches `subject` from its start to its end, as `^(?:…)$` would.
  public func matchesWhole(_ subject: [UInt8]) throws(PatternError) -> Bool {
    try match(subject, from: 0, options: PCRE2_ANCHORED | PCRE2_ENDANCHORED) != nil
  }

  /// Whether it matches `text` from its start to its end.
  public func matchesWhole(_ text: String) throws(PatternError) -> Bool {
    try matchesWhole(Array(text.utf8))
  }

  /// All matches that do not overlap, first to last, `limit` at most. As in Go, an empty match right behind another match does not count.
  public func allMatches(in subject: [UInt8], limit: Int = .max) throws(PatternError) -> [Match] {
    var found: [Match] = []
    var position = 0
    var previousEnd = -1
    var count = 0
    while found.count < limit, position <= subject.count,
      let match = try match(subject, from: position, options: 0, limits: limits.afterMatches(count))
    {
      count += 1
      let range = match.range
      var isAccepted = true
      if range.upperBound == position {
        isAccepted = range.lowerBound != previousEnd
        position += subject.scalarWidth(at: position)
      } else {
        position = range.upperBound
      }
      previousEnd = range.upperBound
      if isAccepted { found.append(match) }
    }
    return found
  }

  /// All matches in `text`.
  public func allMatches(in text: String, limit: Int = .max) throws(PatternError) -> [Match] {
    try allMatches(in: Array(text.utf8), limit: limit)
  }

  func match(
    _ subject: [UInt8], from start: Int, options: UInt32, limits: MatchLimits? = nil
  ) throws(PatternError) -> Match? {
    let limits = limits ?? self.limits
    guard start >= 0, start <= subject.count else { return nil }
    guard let context = unsafe pcre2_match_context_create_8(nil),
      let data = unsafe pcre2_match_data_create_from_pattern_8(code, nil)
    else { throw PatternError(.heapLimit, source) }
    defer {
      unsafe pcre2_match_data_free_8(data)
      unsafe pcre2_match_context_free_8(context)
    }
    unsafe pcre2_set_match_limit_8(context, limits.steps)
    unsafe pcre2_set_heap_limit_8(context, limits.kibibytes)
    let status = unsafe subject.withUnsafeBufferPointer { buffer in
      // PCRE2 takes a null pointer for an empty subject only together with the length 0, which is what an empty array gives.
      unsafe pcre2_match_8(code, buffer.baseAddress, buffer.count, start, options, data, context)
    }
    switch status {
    case PCRE2_ERROR_NOMATCH: return nil
    case PCRE2_ERROR_MATCHLIMIT, PCRE2_ERROR_DEPTHLIMIT: throw PatternError(.matchLimit, source)
    case PCRE2_ERROR_HEAPLIMIT, PCRE2_ERROR_NOMEMORY: throw PatternError(.heapLimit, source)
    case ..<0: throw PatternError(.engine, source)
    default: return unsafe groups(in: data, upTo: Int(status))
    }
  }

  @unsafe
  private func groups(in data: OpaquePointer, upTo count: Int) -> Match {
    var groups: [Range<Int>?] = Array(repeating: nil, count: groupNames.count)
    guard let offsets = unsafe pcre2_get_ovector_pointer_8(data) else { return Match(groups: groups) }
    for index in 0..<min(count, groups.count) {
      let (low, high) = unsafe (offsets[2 * index], offsets[2 * index + 1])
      // A group that took no part has PCRE2_UNSET, all bits set, in both.
      if low >= 0, high >= low, high != .max { groups[index] = Int(low)..<Int(high) }
    }
    return Match(groups: groups)
  }
}

extension [UInt8] {
  /// How many bytes the scalar at `offset` takes; 1 at the end and for what is not UTF-8.
  func scalarWidth(at offset: Int) -> Int {
    guard offset < count else { return 1 }
    let width =
      switch self[offset] {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 1
      }
    return offset + width <= count ? width : 1
  }
}
