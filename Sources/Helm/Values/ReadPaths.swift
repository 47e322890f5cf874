/// Paths of values that something reads, as a tree of keys.
struct ReadPaths: Sendable {
  /// Levels of keys that are told apart: what is deeper counts as read.
  static let depthLimit = 32

  /// Whether all below is read.
  private(set) var isWhole = false
  private(set) var children: [String: ReadPaths] = [:]

  /// Whether nothing is read.
  var isEmpty: Bool { !isWhole && children.isEmpty }

  init(isWhole: Bool = false) {
    self.isWhole = isWhole
  }

  /// Notes that the value at `path` is read; with `isWhole`, also all that is in it.
  mutating func insert(_ path: ArraySlice<String>, isWhole: Bool, depth: Int = 0) {
    guard let first = path.first, depth < Self.depthLimit else {
      if isWhole || depth >= Self.depthLimit { self.isWhole = true }
      return
    }
    children[first, default: ReadPaths()].insert(path.dropFirst(), isWhole: isWhole, depth: depth + 1)
  }

  /// Takes in what `other` reads.
  mutating func merge(_ other: ReadPaths) {
    isWhole = isWhole || other.isWhole
    for (key, paths) in other.children { children[key, default: ReadPaths()].merge(paths) }
  }

  /// Takes in what `other` reads below `key`.
  mutating func merge(_ other: ReadPaths, below key: String) {
    children[key, default: ReadPaths()].merge(other)
  }
}
