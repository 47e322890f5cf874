/// Finds what is probably meant by a misspelt word.
public enum Spelling {
  /// The one of `candidates` that is nearest to `word`; nil when none is near.
  public static func closest(to word: String, in candidates: [String]) -> String? {
    let letters = Array(word.lowercased().utf8.prefix(64))
    let limit = letters.count < 5 ? 1 : 2
    let near = candidates.map { ($0, distance(letters, Array($0.lowercased().utf8))) }.filter { $0.1 <= limit }
    return near.min { ($0.1, $0.0) < ($1.1, $1.0) }?.0
  }

  /// How many letters must be put in, taken out, changed or swapped with their neighbour.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    guard abs(left.count - right.count) <= 2 else { return .max }
    var rows = [Array(0...right.count)]
    for row in 1...max(left.count, 1) where row <= left.count {
      var line = [row]
      for column in 1...max(right.count, 1) where column <= right.count {
        let cost = left[row - 1] == right[column - 1] ? 0 : 1
        var best = min(rows[row - 1][column] + 1, line[column - 1] + 1, rows[row - 1][column - 1] + cost)
        if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
          best = min(best, rows[row - 2][column - 2] + 1)
        }
        line.append(best)
      }
      rows.append(line)
    }
    return rows[left.count][right.count]
  }
}
