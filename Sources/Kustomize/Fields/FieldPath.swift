/// Takes paths apart.
enum FieldPath {
  /// The parts of `path`. A separator with a backslash before it is part of a name; a leading separator is ignored.
  static func split(_ path: String, by separator: UInt8 = UInt8(ascii: "/")) -> [String] {
    var pieces = path.utf8.split(separator: separator, omittingEmptySubsequences: false).map { Array($0) }
    if pieces.count > 1, pieces[0].isEmpty { pieces.removeFirst() }
    var parts: [[UInt8]] = []
    for piece in pieces {
      if let last = parts.indices.last, parts[last].last == UInt8(ascii: "\\") {
        parts[last].removeLast()
        parts[last].append(separator)
        parts[last] += piece
      } else {
        parts.append(piece)
      }
    }
    return parts.map { String(decoding: $0, as: UTF8.self) }
  }

  /// The parts of a path of `replacements`, with dots. What is in brackets stays together: `[name=a.b]` is an element of a list and
  /// keeps its brackets, `[a.b]` is a key and loses them.
  static func splitBracketed(_ path: String) -> [String] {
    let pieces = split(path, by: UInt8(ascii: "."))
    var parts: [String] = []
    var index = 0
    while index < pieces.count {
      var part = pieces[index]
      index += 1
      if part.hasPrefix("["), !part.hasSuffix("]") {
        while index < pieces.count {
          part += "." + pieces[index]
          index += 1
          if part.hasSuffix("]") { break }
        }
        if !part.utf8.contains(UInt8(ascii: "=")) { part = trimmingBrackets(part) }
      }
      parts.append(part)
    }
    return parts
  }

  private static func trimmingBrackets(_ text: String) -> String {
    var bytes = Array(text.utf8)[...]
    while let last = bytes.last, last == UInt8(ascii: "]") || last == UInt8(ascii: "[") { bytes.removeLast() }
    while let first = bytes.first, first == UInt8(ascii: "]") || first == UInt8(ascii: "[") { bytes.removeFirst() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
