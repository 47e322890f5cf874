import Diagnostics
import YAML

/// Why a key does not lead to a value.
struct PointerError: Error {
  var text: String

  static func index(_ number: Int) -> PointerError {
    PointerError(text: "Unable to access invalid index: \(number): invalid index referenced")
  }
}

// Following a JSON pointer.
extension Node {
  /// Calls `body` with what the last key points into, and that key.
  mutating func withContainer(
    of pointer: JSONPointer, else missing: KustomizeError,
    _ body: (inout Node, String) throws(KustomizeError) -> Void
  ) throws(KustomizeError) {
    try descend(pointer.parts[...], else: missing, body)
  }

  private mutating func descend(
    _ parts: ArraySlice<String>, else missing: KustomizeError,
    _ body: (inout Node, String) throws(KustomizeError) -> Void
  ) throws(KustomizeError) {
    guard let key = parts.first, scalar == nil else { throw missing }
    guard parts.count > 1 else { return try body(&self, key) }
    let isFound: Bool?
    if mapping != nil {
      isFound = try withMapping { (mapping: inout Mapping) throws(KustomizeError) -> Bool in
        let found: Void? = try mapping.withValue(of: key) { (value: inout Node) throws(KustomizeError) in
          try value.descend(parts.dropFirst(), else: missing, body)
        }
        return found != nil
      }
    } else {
      isFound = try withSequence { (items: inout [Node]) throws(KustomizeError) -> Bool in
        guard let index = try? items.position(key, count: items.count) else { return false }
        try items[index].descend(parts.dropFirst(), else: missing, body)
        return true
      }
    }
    guard isFound == true else { throw missing }
  }

  /// What the last key of `pointer` points into.
  func container(of pointer: JSONPointer) -> Node? {
    var node = self
    for part in pointer.parts.dropLast() {
      guard let next = try? node.value(under: part) else { return nil }
      node = next
    }
    return pointer.parts.isEmpty || node.scalar != nil ? nil : node
  }

  /// The value under a key; nil where a mapping does not have it.
  func value(under key: String) throws(PointerError) -> Node? {
    guard let items = sequence else { return self[key] }
    return items[try items.position(key, count: items.count)]
  }

  /// Sets a key, or puts an element before the one at an index.
  mutating func add(_ value: Node, under key: String) throws(PointerError) {
    let isMapping: Void? = withMapping { (mapping: inout Mapping) in mapping.set(key, value) }
    guard isMapping == nil else { return }
    _ = try withSequence { (items: inout [Node]) throws(PointerError) in
      if key == "-" {
        items.append(value)
        return
      }
      guard Int(key) != nil else {
        throw PointerError(text: "value was not a proper array index: '\(key)': \(Self.noNumber(key).text)")
      }
      items.insert(value, at: try items.position(key, count: items.count + 1))
    }
  }

  /// Sets a key, or the element at an index.
  mutating func replace(_ key: String, by value: Node) throws(PointerError) {
    let isMapping: Void? = withMapping { (mapping: inout Mapping) in mapping.set(key, value) }
    guard isMapping == nil else { return }
    _ = try withSequence { (items: inout [Node]) throws(PointerError) in
      items[try items.position(key, count: items.count)] = value
    }
  }

  /// Takes the value under a key out.
  mutating func take(_ key: String) throws(PointerError) -> Node {
    if mapping != nil {
      let entry = withMapping { (mapping: inout Mapping) in mapping.remove(key) } ?? nil
      guard let entry else {
        throw PointerError(text: "Unable to remove nonexistent key: \(key): missing value")
      }
      return entry.value
    }
    let taken = try withSequence { (items: inout [Node]) throws(PointerError) in
      items.remove(at: try items.position(key, count: items.count))
    }
    guard let taken else { throw PointerError(text: "Unable to remove nonexistent key: \(key): missing value") }
    return taken
  }

  fileprivate static func noNumber(_ key: String) -> PointerError {
    PointerError(text: "strconv.Atoi: parsing \"\(key)\": invalid syntax")
  }
}

extension [Node] {
  /// The position that `key` means among `count` ones: negative numbers count from the end.
  fileprivate func position(_ key: String, count: Int) throws(PointerError) -> Int {
    guard let number = Int(key) else { throw Node.noNumber(key) }
    guard number < count, number >= -count else { throw .index(number) }
    return number < 0 ? number + count : number
  }
}
