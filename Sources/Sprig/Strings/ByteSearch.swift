import GoTemplate

extension GoString {
  func hasPrefix(_ prefix: GoString) -> Bool { bytes.starts(with: prefix.bytes) }

  func hasSuffix(_ suffix: GoString) -> Bool {
    suffix.count <= count && bytes[(count - suffix.count)...].elementsEqual(suffix.bytes)
  }

  /// The first place of `needle` at or after `start`.
  func firstRange(of needle: GoString, from start: Int = 0) -> Range<Int>? {
    guard let first = needle.bytes.first else { return start..<start }
    var index = start
    while index + needle.count <= count {
      guard let found = bytes[index...(count - needle.count)].firstIndex(of: first) else { return nil }
      if bytes[found...].starts(with: needle.bytes) { return found..<(found + needle.count) }
      index = found + 1
    }
    return nil
  }

  /// `strings.SplitN`; an empty separator splits into characters.
  func split(by separator: GoString, limit: Int = -1) -> [GoString] {
    if limit == 0 { return [] }
    if separator.isEmpty { return characters(limit: limit) }
    var (parts, start) = ([GoString](), 0)
    while limit < 0 || parts.count < limit - 1, let found = firstRange(of: separator, from: start) {
      parts.append(GoString(bytes[start..<found.lowerBound]))
      start = found.upperBound
    }
    return parts + [GoString(bytes[start...])]
  }

  private func characters(limit: Int) -> [GoString] {
    var (parts, index) = ([GoString](), 0)
    while index < count {
      if limit > 0 && parts.count == limit - 1 {
        parts.append(GoString(bytes[index...]))
        break
      }
      let (_, length, isValid) = GoString.decode(bytes, at: index)
      parts.append(isValid ? GoString(bytes[index..<(index + length)]) : "\u{FFFD}")
      index += length
    }
    return parts
  }

  /// `strings.ReplaceAll`; an empty `old` stands between all characters.
  func replacing(_ old: GoString, with new: GoString) -> GoString {
    if old.isEmpty { return insertedEverywhere(new) }
    var (out, start) = ([UInt8](), 0)
    // Who asked for the text refuses one of this length.
    while out.count <= Limits.largestOutput, let found = firstRange(of: old, from: start) {
      out += bytes[start..<found.lowerBound]
      out += new.bytes
      start = found.upperBound
    }
    return GoString(out + bytes[start...])
  }

  private func insertedEverywhere(_ new: GoString) -> GoString {
    var (out, index) = (new.bytes, 0)
    while index < count, out.count <= Limits.largestOutput {
      let length = GoString.decode(bytes, at: index).length
      out += bytes[index..<(index + length)]
      out += new.bytes
      index += length
    }
    return GoString(out)
  }

  static func joined(_ parts: [GoString], by separator: GoString) -> GoString {
    var out: [UInt8] = []
    for (index, part) in parts.enumerated() where out.count <= Limits.largestOutput {
      if index > 0 { out += separator.bytes }
      out += part.bytes
    }
    return GoString(out)
  }
}
