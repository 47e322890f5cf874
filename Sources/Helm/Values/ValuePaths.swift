import GoTemplate

/// The paths of the maps and lists in the effective values of a release, by the marks that templates note them with.
struct ValuePaths: Sendable {
  /// Maps and lists deeper than this, or more of them, are not marked.
  private static let deepest = 32
  private static let most = 100_000

  /// By mark; the marks start at 1.
  private var paths: [[String]] = [[]]

  /// The root's mark.
  static let root: Int32 = 1

  /// Marks all maps and lists in `values`. What is shared goes by its shortest path.
  init(marking values: Dict) {
    paths.append([])
    values.mark = ValuePaths.root
    var open: [(Value, [String])] = ValuePaths.elements(of: .dict(values), at: [])
    while !open.isEmpty, paths.count < ValuePaths.most {
      var next: [(Value, [String])] = []
      for (value, path) in open where mark(value, path) && path.count < ValuePaths.deepest {
        next += ValuePaths.elements(of: value, at: path)
      }
      open = next
    }
  }

  /// Whether the value is a map or list that had no mark.
  private mutating func mark(_ value: Value, _ path: [String]) -> Bool {
    let mark = Int32(paths.count)
    switch value {
    case .dict(let dict) where dict.mark == 0: dict.mark = mark
    case .list(let list) where list.mark == 0: list.mark = mark
    default: return false
    }
    paths.append(path)
    return true
  }

  private static func elements(of value: Value, at path: [String]) -> [(Value, [String])] {
    switch value {
    case .dict(let dict):
      dict.sortedKeys.compactMap { key in
        guard let inner = dict[key], inner.isCollection else { return nil }
        return (inner, path + [key.text])
      }
    case .list(let list):
      list.elements.enumerated().compactMap { index, inner in
        inner.isCollection ? (inner, path + [String(index)]) : nil
      }
    default: []
    }
  }

  /// The paths of what was read, each once; without those that were only passed on the way to the next.
  func paths(of reads: [Output.Read]) -> [[String]] {
    var found: [[String]] = []
    for read in reads where paths.indices.contains(Int(read.mark)) {
      let path = read.key.map { paths[Int(read.mark)] + [$0.text] } ?? paths[Int(read.mark)]
      if let last = found.last, last.count + 1 == path.count, path.starts(with: last) { found.removeLast() }
      if found.last != path { found.append(path) }
    }
    return found
  }
}

extension Value {
  fileprivate var isCollection: Bool {
    switch self {
    case .dict, .list: true
    default: false
    }
  }
}
