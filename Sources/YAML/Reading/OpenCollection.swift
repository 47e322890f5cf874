import Diagnostics

/// A list or mapping that the reader is inside of. Its values wait on the builder's stacks.
struct OpenCollection {
  struct Key {
    var scalar: Scalar
    var origin: Origin
  }

  let isMapping: Bool
  let isFlow: Bool
  let start: SourcePosition
  let anchor: String?
  /// The number of values read before this one, to know its size at the end.
  let countBefore: Int
  /// Where its values begin on the stack of items or entries.
  let firstValue: Int
  /// Levels of nesting in it so far, its own included.
  var height = 1
  /// Where the last thing in it ends.
  var end: SourcePosition
  var pendingKey: Key?
  /// The values of merge keys.
  var merges: [Node] = []
  /// Where each key stands; filled only when there are many, since few are searched faster.
  var positions: [String: Int] = [:]
  static let searchedCount = 12

  init(
    isMapping: Bool, isFlow: Bool, start: SourcePosition, anchor: String?, countBefore: Int, firstValue: Int
  ) {
    self.isMapping = isMapping
    self.isFlow = isFlow
    self.start = start
    self.anchor = anchor
    self.countBefore = countBefore
    self.firstValue = firstValue
    end = start
  }

  /// Whether a key is to come next.
  var awaitsKey: Bool { isMapping && pendingKey == nil }
}

extension OpenCollection.Key {
  /// Whether this is `<<` as YAML 1.1 means it: a plain scalar, or one that is tagged so.
  var isMerge: Bool {
    scalar.text == "<<" && (scalar.tag == .merge || (scalar.tag == .none && scalar.style == .plain))
  }
}
