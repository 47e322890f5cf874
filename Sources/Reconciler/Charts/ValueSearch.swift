import Helm
import YAML

/// Finds the value that led to a part of a rendered object, where the templates leave no doubt.
///
/// What is certain: which values the action read that wrote the text. What is told from the content: which of them, or
/// which part of them, it shows. A value counts where it says the same and either is the only one, or has the key that
/// it was written under.
struct ValueSearch {
  /// What was found.
  struct Match {
    var entry: ValueIndex.Entry
    /// Other values of the release that are a part of the text.
    var others: [ValueIndex.Entry] = []
  }

  let index: ValueIndex

  /// The value behind `node`, which stands under the keys `place` of a rendered object and came to be by `levels`.
  func value(of node: Node, at place: [String], by levels: [[Release.Trail]]) -> Match? {
    for (depth, level) in levels.enumerated().reversed() {
      let written = level.filter { !$0.isCopied }
      if written.isEmpty, depth == levels.count - 1 { return cause(of: place, level) }
      let reads = written.flatMap(\.reads)
      if let match = read(node, place, reads) ?? part(of: reads, node, place) ?? composed(node, reads) { return match }
    }
    return nil
  }

  // MARK: One value as it is

  private func read(_ node: Node, _ place: [String], _ reads: [[String]]) -> Match? {
    guard let text = node.scalar?.text, !text.isEmpty else { return nil }
    let read = reads.compactMap(index.entry).filter { $0.node.scalar.map { !$0.text.isEmpty } ?? false }
    let same = read.filter { $0.node.scalar?.text == text }
    if let named = same.last(where: { Self.isNamed($0.path, like: place) }) { return Match(entry: named) }
    guard let only = same.last, read.count == 1 || Self.isTelling(text) else { return nil }
    return Match(entry: same.last(where: \.isGiven) ?? only)
  }

  // MARK: A part of what was read

  private func part(of reads: [[String]], _ node: Node, _ place: [String]) -> Match? {
    var best: (score: Int, entry: ValueIndex.Entry)?
    var isTied = false
    for entry in index.entries(like: node) {
      let within = reads.filter { entry.path.starts(with: $0) }.map(\.count).max()
      guard let within, within < entry.path.count || node.mapping != nil else { continue }
      var score = Self.commonEnd(entry.path, place)
      // All values at once say little; a whole that was printed under another name says enough.
      let isEnough =
        score >= (within == 0 ? 4 : 2) || within == entry.path.count
        || (score == 1 && Self.isTelling(node.scalar?.text ?? ""))
      guard isEnough else { continue }
      score = score * 2 + (entry.isGiven ? 1 : 0)
      if let known = best, known.score >= score {
        isTied = isTied || (known.score == score && known.entry.path != entry.path)
      } else {
        best = (score, entry)
        isTied = false
      }
    }
    return isTied ? nil : best.map { Match(entry: $0.entry) }
  }

  /// Two for each key that two paths have in common at their ends, one for each index.
  private static func commonEnd(_ path: [String], _ place: [String]) -> Int {
    var score = 0
    for (one, other) in zip(path.reversed(), place.reversed()) {
      if Int(one) != nil, Int(other) != nil {
        score += 1
      } else if one == other {
        score += 2
      } else {
        break
      }
    }
    return score
  }

  // MARK: Several values in one text

  /// The last of the values that a text is put together of; the release's own go first.
  private func composed(_ node: Node, _ reads: [[String]]) -> Match? {
    guard let text = node.scalar?.text.utf8 else { return nil }
    var parts: [(end: Int, entry: ValueIndex.Entry)] = []
    for entry in reads.compactMap(index.entry) {
      guard let part = entry.node.scalar?.text.utf8, part.count > 1, part.count < text.count,
        !Self.isPlain(entry.node), let end = Array(text).end(ofLast: Array(part))
      else { continue }
      parts.append((end, entry))
    }
    parts.sort { $0.end < $1.end }
    let given = parts.filter(\.entry.isGiven)
    guard let last = given.last ?? parts.last else { return nil }
    return Match(entry: last.entry, others: given.dropLast().map(\.entry).filter { $0.path != last.entry.path })
  }

  private static func isPlain(_ node: Node) -> Bool {
    if case .bool = node.scalar?.resolved { return true }
    return false
  }

  // MARK: What decided

  /// The value that an `if` around a text asks for, where it has the name of what is written.
  private func cause(of place: [String], _ level: [Release.Trail]) -> Match? {
    let causes = level.flatMap(\.causes).compactMap(index.entry)
    return causes.last { Self.isNamed($0.path, like: place) }.map { Match(entry: $0) }
  }

  // MARK: Names and texts

  /// Whether a path ends in the key that something stands under, or in two keys that make it up.
  private static func isNamed(_ path: [String], like place: [String]) -> Bool {
    guard let key = place.last(where: { Int($0) == nil }), let last = path.last(where: { Int($0) == nil }) else {
      return false
    }
    let wanted = plain(key)
    return plain(last) == wanted || plain(path.suffix(2).joined()) == wanted
  }

  private static func plain(_ key: String) -> [UInt8] {
    key.utf8.compactMap { byte in
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
      default: nil
      }
    }
  }

  /// Whether a text hardly occurs twice by chance.
  private static func isTelling(_ text: String) -> Bool {
    text.utf8.count >= 6 && Int(text) == nil && Double(text) == nil
  }
}

extension [UInt8] {
  /// The end of the last occurrence of `part`.
  fileprivate func end(ofLast part: [UInt8]) -> Int? {
    guard let first = part.first, part.count <= count else { return nil }
    for start in stride(from: count - part.count, through: 0, by: -1)
    where self[start] == first && self[start...].starts(with: part) {
      return start + part.count
    }
    return nil
  }
}
