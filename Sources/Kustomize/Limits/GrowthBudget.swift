import Diagnostics
import YAML

extension Node {
  /// How many values there are in it, itself included.
  var valueCount: Int {
    switch value {
    case .scalar: 1
    case .sequence(let items): items.indices.reduce(1) { $0 + items[$1].valueCount }
    case .mapping(let mapping): mapping.entries.indices.reduce(1) { $0 + mapping.entries[$1].value.valueCount }
    }
  }
}

/// How much copying of values may add: a few lines that copy a value into itself would double it with each line.
struct GrowthBudget {
  /// How many values may be added.
  static let nodes = 1_000_000
  /// How many bytes of text may be added.
  static let bytes = 64 << 20
  /// How deep a value may lie, counted with what is below it.
  static let depth = 512

  private var nodes = Self.nodes
  private var bytes = Self.bytes

  /// Accounts for `value` at the end of a path of `length` parts.
  mutating func charge(_ value: Node, below length: Int, at place: Location?) throws(KustomizeError) {
    guard charge(value, depth: length) else {
      let text =
        nodes < 0 || bytes < 0
        ? "values are copied until they are larger than \(Self.nodes) values or \(Self.bytes) bytes"
        : "the value would be nested more than \(Self.depth) levels deep"
      throw KustomizeError(.limit, text, at: place)
    }
  }

  /// False as soon as a limit is passed.
  private mutating func charge(_ value: Node, depth: Int) -> Bool {
    nodes -= 1
    guard nodes >= 0, depth <= Self.depth else { return false }
    switch value.value {
    case .scalar(let scalar):
      bytes -= scalar.text.utf8.count
      return bytes >= 0
    case .sequence(let items):
      for item in items where !charge(item, depth: depth + 1) { return false }
      return true
    case .mapping(let mapping):
      for entry in mapping.entries where !charge(entry.value, depth: depth + 1) { return false }
      return true
    }
  }
}
