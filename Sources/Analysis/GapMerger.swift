import Diagnostics
import Files

/// Lists each gap once, however many clusters it is in.
enum GapMerger {
  static func merged(_ gaps: [Gap]) -> [Gap] {
    var positions: [Gap: Int] = [:]
    var merged: [Gap] = []
    for gap in gaps {
      var key = gap
      key.clusters = []
      if let position = positions[key] {
        merged[position].clusters = Set(merged[position].clusters + gap.clusters).sorted()
      } else {
        positions[key] = merged.count
        merged.append(gap)
      }
    }
    return merged.sorted(by: comesFirst)
  }

  /// A file or directory that cannot be read is a gap: what it holds is not known.
  static func gap(_ problem: FileError) -> Gap {
    Gap(kind: "file-unreadable", message: problem.message, location: problem.location)
  }

  private static func comesFirst(_ left: Gap, _ right: Gap) -> Bool {
    if left.kind != right.kind { return left.kind < right.kind }
    if let (one, other) = left.location.flatMap({ one in right.location.map { (one, $0) } }), one != other {
      return one < other
    }
    return left.message < right.message
  }
}
