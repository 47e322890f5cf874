/// Finds the uses of `.Values` in the text of templates.
///
/// Goes by the text, not by the parse: what stands in a comment or outside of actions counts as a use too, which errs on
/// the side of silence.
struct TemplateReads {
  /// What an `if` can say without looking into a mapping.
  private static let plainWords: Set = [
    "if", "else", "and", "or", "not", "eq", "ne", "gt", "ge", "lt", "le", "empty", "true", "false", "nil", "Values",
  ]

  private let bytes: [UInt8]
  private(set) var paths = ReadPaths()

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    scan()
  }

  private mutating func scan() {
    let word = Array("Values".utf8)
    var start = 0
    var condition: Range<Int>?
    while start < bytes.count {
      if bytes[start] == UInt8(ascii: "{"), bytes[start...].starts(with: [UInt8(ascii: "{"), UInt8(ascii: "{")]) {
        condition = plainCondition(at: start)
      }
      guard bytes[start] == word[0], bytes[start...].starts(with: word), isAlone(start, word.count) else {
        start += 1
        continue
      }
      let (path, end) = keys(from: start + word.count)
      // Without a dot in front it is a text such as the "Values" of `index . "Values"`.
      let isField = start > 0 && bytes[start - 1] == UInt8(ascii: ".")
      let isPlain = condition?.contains(start) ?? false
      paths.insert(isField ? path[...] : [], isWhole: !(isField && isPlain && !path.isEmpty))
      start = end
    }
  }

  /// Whether the word at `start` is no part of a longer one.
  private func isAlone(_ start: Int, _ length: Int) -> Bool {
    let end = start + length
    return (start == 0 || !Self.isNamePart(bytes[start - 1])) && (end == bytes.count || !Self.isNamePart(bytes[end]))
  }

  /// The keys of `.a.b` from `start`, and where they end.
  private func keys(from start: Int) -> ([String], Int) {
    var found: [String] = []
    var next = start
    while next + 1 < bytes.count, bytes[next] == UInt8(ascii: "."), Self.isNamePart(bytes[next + 1]) {
      let end = bytes[(next + 1)...].firstIndex { !Self.isNamePart($0) } ?? bytes.count
      found.append(String(decoding: bytes[(next + 1)..<end], as: UTF8.self))
      next = end
    }
    return (found, next)
  }

  /// The action at `start` when it is an `if` that only asks whether values are set, or compares them.
  private func plainCondition(at start: Int) -> Range<Int>? {
    var end = start
    while end + 1 < bytes.count, !(bytes[end] == UInt8(ascii: "}") && bytes[end + 1] == UInt8(ascii: "}")) { end += 1 }
    var words: [String] = []
    var position = start
    while position < end {
      guard Self.isNamePart(bytes[position]) else {
        position += 1
        continue
      }
      let isField = bytes[position - 1] == UInt8(ascii: ".")
      let stop = bytes[position..<end].firstIndex { !Self.isNamePart($0) } ?? end
      if !isField { words.append(String(decoding: bytes[position..<stop], as: UTF8.self)) }
      position = stop
    }
    guard words.first == "if" || words.prefix(2) == ["else", "if"], words.allSatisfy(Self.plainWords.contains) else {
      return nil
    }
    return start..<end
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }
}
