/// Keys with values.
public struct MapValue: Sendable {
  /// In the order in which they were set.
  public private(set) var keys: [MapKey] = []
  private var values: [MapKey: Value] = [:]
  /// Whether there may be more entries than those that are known.
  public var isOpen = false

  /// A map without entries.
  public init(isOpen: Bool = false) {
    self.isOpen = isOpen
  }

  /// How many entries are known.
  public var count: Int { keys.count }

  /// The value of a key; nil for one that is not there, or not known.
  public subscript(key: MapKey) -> Value? {
    get { values[key] }
    set {
      if newValue == nil {
        keys.removeAll { $0 == key }
      } else if values[key] == nil {
        keys.append(key)
      }
      values[key] = newValue
    }
  }

  /// The value of a key that is a text.
  public subscript(key: String) -> Value? {
    get { self[.string(key)] }
    set { self[.string(key)] = newValue }
  }

  /// What is under the key that `value` is: nil when nothing is.
  func find(_ value: Value) -> Value? {
    if case .unknown = value { return .anything }
    if let key = MapKey(value), let found = values[key] { return found }
    return isOpen ? .anything : nil
  }
}
