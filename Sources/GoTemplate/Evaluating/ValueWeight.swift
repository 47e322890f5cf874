/// What it costs to walk over values down to their last parts, in steps.
///
/// A list can hold another one twice, and that one a third twice: few values are many on such a walk. Counting ends where
/// nothing more may be spent.
struct ValueWeight {
  private(set) var steps = 0
  private let limit: Int

  /// Values that were put into themselves end here.
  static let deepest = 1_000
  /// Bytes that are copied within one step.
  static let bytesInStep = 16

  init(limit: Int) {
    self.limit = limit
  }

  /// Counts a value; what is nested is written with more space in front.
  mutating func add(_ value: Value, depth: Int = 0) {
    steps += 1 + depth / 8
    guard steps <= limit, depth < Self.deepest else { return }
    switch value {
    case .string(let text): steps += text.count / Self.bytesInStep
    case .bytes(let bytes): steps += bytes.count / Self.bytesInStep
    case .list(let list):
      for element in list.elements where steps <= limit { add(element, depth: depth + 1) }
    case .dict(let dict):
      for (key, element) in dict.entries where steps <= limit {
        steps += key.count / Self.bytesInStep
        add(element, depth: depth + 1)
      }
    case .object(let object):
      if let value = object.underlying { add(value, depth: depth + 1) }
    case .missing, .null, .bool, .int, .uint, .double, .complex: break
    }
  }
}

extension Value {
  /// The steps that it takes to read a text or to walk over a collection, but not over what is in it.
  var stepsToRead: Int {
    switch self {
    case .string(let text): text.count / 64
    case .list(let list): list.elements.count / 8
    case .dict(let dict): dict.entries.count / 8
    default: 0
    }
  }

  /// The steps that it takes to make a text or a collection of values that are there.
  var stepsToMake: Int {
    switch self {
    case .string(let text): text.count / ValueWeight.bytesInStep
    case .bytes(let bytes): bytes.count / ValueWeight.bytesInStep
    case .list(let list): list.elements.count
    case .dict(let dict): dict.entries.count
    default: 0
    }
  }
}
