/// The search for the best common ancestor: from both sides back in time, each commit marked with the sides that
/// reach it. What a common ancestor reaches is marked as stale, for it is no better one.
struct AncestorSearch {
  struct Commit {
    var id: CommitID
    var time: Int64
    var parents: [CommitID]
  }

  /// Gives a commit; nil for one beyond the end of the history.
  typealias Reader = (CommitID) throws(GitError) -> Commit?

  private struct Marks: OptionSet {
    let rawValue: UInt8
    static let left = Marks(rawValue: 1)
    static let right = Marks(rawValue: 2)
    static let stale = Marks(rawValue: 4)
    static let both: Marks = [.left, .right]
  }

  private let limit: Int
  private var marks: [CommitID: Marks] = [:]
  private var queue = NewestFirst()
  private var queued: Set<CommitID> = []
  /// How many in the queue are not stale: when none is left, no better ancestor can come.
  private var freshInQueue = 0
  private var candidates: [Commit] = []

  init(limit: Int) {
    self.limit = limit
  }

  mutating func run(_ left: CommitID, _ right: CommitID, read: Reader) throws(GitError) -> CommitID? {
    try mark(left, with: .left, read)
    try mark(right, with: .right, read)
    while freshInQueue > 0, let commit = queue.popNewest() {
      var mine = marks[commit.id] ?? []
      queued.remove(commit.id)
      if !mine.contains(.stale) {
        freshInQueue -= 1
        if mine.isSuperset(of: .both) { candidates.append(commit) }
      }
      if mine.isSuperset(of: .both) { mine.insert(.stale) }
      for parent in commit.parents { try mark(parent, with: mine, read) }
    }
    let best = candidates.filter { marks[$0.id]?.contains(.stale) != true }
    return best.max { ($0.time, $1.id) < ($1.time, $0.id) }?.id
  }

  private mutating func mark(_ id: CommitID, with added: Marks, _ read: Reader) throws(GitError) {
    let before = marks[id] ?? []
    guard !before.isSuperset(of: added) else { return }
    let after = before.union(added)
    marks[id] = after
    guard marks.count <= limit else { throw GitError(.tooMany("commits between the revisions", limit: limit)) }
    if queued.contains(id) {
      if after.contains(.stale), !before.contains(.stale) { freshInQueue -= 1 }
    } else if let commit = try read(id) {
      queue.push(commit)
      queued.insert(id)
      if !after.contains(.stale) { freshInQueue += 1 }
    }
  }
}

/// Commits by time, newest first: a binary heap.
private struct NewestFirst {
  private var heap: [AncestorSearch.Commit] = []

  mutating func push(_ commit: AncestorSearch.Commit) {
    heap.append(commit)
    var index = heap.count - 1
    while index > 0, isBefore(index, (index - 1) / 2) {
      heap.swapAt(index, (index - 1) / 2)
      index = (index - 1) / 2
    }
  }

  mutating func popNewest() -> AncestorSearch.Commit? {
    guard !heap.isEmpty else { return nil }
    heap.swapAt(0, heap.count - 1)
    let newest = heap.popLast()
    var index = 0
    while let next = [index, 2 * index + 1, 2 * index + 2].filter({ $0 < heap.count }).min(by: isBefore), next != index
    {
      heap.swapAt(index, next)
      index = next
    }
    return newest
  }

  /// The name decides where the time is the same, so that runs do not differ.
  private func isBefore(_ left: Int, _ right: Int) -> Bool {
    (heap[right].time, heap[left].id) < (heap[left].time, heap[right].id)
  }
}
