import Diagnostics

/// Finds what somebody probably meant.
public enum Suggestion {
  /// The candidate nearest to `word`; nil when none is near enough to be meant.
  public static func nearest(to word: String, among candidates: [String]) -> String? {
    let wanted = Array(word.utf8)
    let limit = max(1, wanted.count / 3)
    var best: (distance: Int, candidate: String)?
    for candidate in candidates.sorted() {
      let letters = Array(candidate.utf8)
      guard abs(letters.count - wanted.count) <= limit else { continue }
      let distance = EditDistance.between(wanted, letters)
      if distance <= limit, distance < best?.distance ?? .max { best = (distance, candidate) }
    }
    return best?.candidate ?? onlyCandidate(beginningWith: word, among: candidates)
  }

  /// What `word` is short for, such as `prod`.
  private static func onlyCandidate(beginningWith word: String, among candidates: [String]) -> String? {
    let longer = candidates.filter { $0.hasPrefix(word) }
    return word.utf8.count >= 3 && longer.count == 1 ? longer[0] : nil
  }

  /// Whether `word` is `name` with one letter too many or too few, or with two letters in the wrong order. Another letter,
  /// a number, or anything in a short name may well tell two things apart.
  public static func isSlip(_ word: String, of name: String) -> Bool {
    let (written, meant) = (Array(word.utf8), Array(name.utf8))
    guard min(written.count, meant.count) >= 5, written.filter(\.isDigit) == meant.filter(\.isDigit) else {
      return false
    }
    if written.count == meant.count {
      let changed = written.indices.filter { written[$0] != meant[$0] }
      guard changed.count == 2, changed[1] == changed[0] + 1 else { return false }
      return written[changed[0]] == meant[changed[1]] && written[changed[1]] == meant[changed[0]]
    }
    return abs(written.count - meant.count) == 1 && EditDistance.between(written, meant) == 1
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
