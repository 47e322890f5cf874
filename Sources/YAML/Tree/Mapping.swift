import Diagnostics

/// The keys and values of a YAML mapping, in the order of the file. Keys are unique.
public struct Mapping: Sendable {
  /// A key and its value.
  public struct Entry: Sendable {
    /// The key as written.
    public var key: Scalar
    /// Where the key stands.
    public var keyOrigin: Origin
    /// The value.
    public var value: Node

    /// A key with its value.
    public init(key: Scalar, keyOrigin: Origin, value: Node) {
      self.key = key
      self.keyOrigin = keyOrigin
      self.value = value
    }
  }

  /// The entries in their order.
  public private(set) var entries: [Entry]
  /// Whether it is written in braces.
  public var isFlow: Bool

  /// A mapping of `entries`, whose keys must differ from each other.
  public init(_ entries: [Entry] = [], isFlow: Bool = false) {
    self.entries = entries
    self.isFlow = isFlow
  }

  /// How many keys there are.
  public var count: Int { entries.count }
  /// Whether there are none.
  public var isEmpty: Bool { entries.isEmpty }
  /// The keys in their order.
  public var keys: [String] { entries.map(\.key.text) }

  /// The position of `key`.
  public func index(of key: String) -> Int? {
    entries.firstIndex { $0.key.text == key }
  }

  /// The entry of `key`, whose `keyOrigin` is what to point at when the value itself is not what is wrong.
  public func entry(_ key: String) -> Entry? {
    index(of: key).map { entries[$0] }
  }

  /// The value under `key`.
  public subscript(key: String) -> Node? {
    index(of: key).map { entries[$0].value }
  }

  /// Sets the value of `key`; a new key goes to the end, with the value's origin unless `keyOrigin` says otherwise.
  public mutating func set(_ key: String, _ value: Node, keyOrigin: Origin? = nil) {
    if let index = index(of: key) {
      entries[index].value = value
    } else {
      entries.append(Entry(key: Scalar(key), keyOrigin: keyOrigin ?? value.origin, value: value))
    }
  }

  /// Adds an entry whose key is known to be new.
  public mutating func append(_ entry: Entry) {
    entries.append(entry)
  }

  /// Takes the entry of `key` out.
  @discardableResult
  public mutating func remove(_ key: String) -> Entry? {
    index(of: key).map { entries.remove(at: $0) }
  }

  /// Changes the value under `key` in place, without copying it. Nil when there is no such key.
  public mutating func withValue<Result, Failure: Error>(
    of key: String, _ body: (inout Node) throws(Failure) -> Result
  ) throws(Failure) -> Result? {
    guard let index = index(of: key) else { return nil }
    return try body(&entries[index].value)
  }

  /// Changes every value in place.
  public mutating func forEachValue<Failure: Error>(_ body: (String, inout Node) throws(Failure) -> Void)
    throws(Failure)
  {
    for index in entries.indices {
      try body(entries[index].key.text, &entries[index].value)
    }
  }

  /// Puts the entries in another order.
  public mutating func sort(by comesFirst: (Entry, Entry) -> Bool) {
    entries.sort(by: comesFirst)
  }
}
