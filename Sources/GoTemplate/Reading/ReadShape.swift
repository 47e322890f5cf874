/// What an expression of a template may stand for, as far as values that somebody gave are in it.
indirect enum ReadShape: Hashable {
  /// Nothing of them.
  case nothing
  /// What a template starts with: the map with `.Values`.
  case scope
  /// The maps of that kind, by name.
  case scopes
  /// The value at a path.
  case value([String])
  /// A map that a template made, by its keys.
  case record([String: ReadShape])
  /// One of these, or a list with them in it.
  case any(Set<ReadShape>)

  /// Either of two.
  func or(_ other: ReadShape) -> ReadShape {
    let all = alternatives.union(other.alternatives)
    switch all.count {
    case 0: return .nothing
    case 1: return all.first ?? .nothing
    default: return .any(all)
    }
  }

  private var alternatives: Set<ReadShape> {
    switch self {
    case .nothing: []
    case .any(let shapes): shapes
    default: [self]
    }
  }

  /// What stands in this when it is ranged over.
  var elements: ReadShape {
    switch self {
    case .nothing, .scope, .value: .nothing
    case .scopes: .scope
    case .record(let fields): fields.values.reduce(.nothing) { $0.or($1) }
    case .any(let shapes): shapes.reduce(.nothing) { $0.or($1).or($1.elements) }
    }
  }

  /// How many parts it has: what grows without end is given up.
  var size: Int {
    switch self {
    case .nothing, .scope, .scopes, .value: 1
    case .record(let fields): fields.values.reduce(1) { $0 + $1.size }
    case .any(let shapes): shapes.reduce(1) { $0 + $1.size }
    }
  }
}

/// A path of values that templates read.
public struct FieldRead: Sendable, Hashable {
  /// The keys.
  public var path: [String]
  /// Whether all below counts as read too: the value goes where nobody follows it.
  public var isWhole: Bool
}

/// What a function does with the values that it is given. One without a role takes all of them.
public enum ReadingRole: Sendable {
  /// It gives one of them, or a collection of them.
  case passes
  /// As that, and changes its first argument.
  case merges
  /// It looks at them without what is in them, and gives nothing of them.
  case asks
  /// A map of keys and values.
  case dict
  /// The value under the key, or below the keys, that follow a map.
  case index
  /// As that; does not give the value.
  case has
  /// The value below the keys in front of a default and a map.
  case dig
  /// The value under a key in front of maps.
  case pluck
  /// Sets a key of a map to a value.
  case set
  /// The text of the template of a name.
  case include
  /// The text of a text run as a template.
  case evaluate
}
