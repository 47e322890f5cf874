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
    return best?.candidate
  }
}
