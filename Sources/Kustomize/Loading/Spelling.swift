/// Finds what somebody meant who misspelt a name.
enum Spelling {
  /// The candidate nearest to `text`, when it is near enough to be worth a hint.
  static func closest(to text: String, in candidates: [String]) -> String? {
    let limit = max(1, min(3, text.utf8.count / 3))
    var best: (candidate: String, distance: Int)?
    for candidate in candidates where abs(candidate.utf8.count - text.utf8.count) <= limit {
      let distance = distance(Array(text.utf8), Array(candidate.utf8))
      if distance <= limit, distance < best?.distance ?? Int.max { best = (candidate, distance) }
    }
    return best?.candidate
  }

  /// How many letters must be changed, put in or left out to get from one text to the other.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var row = Array(0...right.count)
    for (index, byte) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in right.indices {
        let change = diagonal + (byte == right[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(change, row[column] + 1, diagonal + 1)
      }
    }
    return row[right.count]
  }
}
