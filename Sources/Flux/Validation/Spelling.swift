import Diagnostics

/// Finds what is probably meant by a misspelt word.
public enum Spelling {
  /// The one of `candidates` that is nearest to `word`; nil when none is near.
  public static func closest(to word: String, in candidates: [String]) -> String? {
    let letters = Array(word.lowercased().utf8.prefix(64))
    let limit = letters.count < 5 ? 1 : 2
    let near = candidates.map { ($0, Array($0.lowercased().utf8)) }
      .filter { abs($0.1.count - letters.count) <= limit }
      .map { ($0.0, EditDistance.between(letters, $0.1)) }.filter { $0.1 <= limit }
    return near.min { ($0.1, $0.0) < ($1.1, $1.0) }?.0
  }
}
