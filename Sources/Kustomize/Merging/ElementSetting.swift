import Diagnostics
import YAML

// Elements of lists by the values of their keys, as kyaml's ElementMatcher and ElementSetter find and set them.
extension [Node] {
  /// The first element whose keys have the values. The key "" means the element itself.
  func element(_ keys: [String], _ values: [String]) -> Int? {
    guard let first = keys.first, !first.isEmpty else {
      return firstIndex { $0.comparableText == values.first ?? "" }
    }
    return firstIndex { item in
      item.mapping != nil && zip(keys, values).allSatisfy { key, value in item[key]?.comparableText == value }
    }
  }

  /// Puts `element` in the place of every element whose keys have the values, or at the end where there is none.
  /// Nil removes them. Nulls and empty mappings are dropped on the way.
  mutating func setElement(_ element: Node?, keys: [String], values: [String]) throws(KustomizeError) {
    let setsMappings = keys.first?.isEmpty == false && values.first?.isEmpty == false
    var result: [Node] = []
    result.reserveCapacity(count + 1)
    var isFound = false
    for item in self where !item.isNull && !item.isEmptyMapping {
      if item.mapping == nil, setsMappings {
        result.append(item)
      } else if try !item.matches(keys, values) {
        // With no values at all kyaml keeps nothing.
        if !values.isEmpty { result.append(item) }
      } else {
        isFound = true
        if let element { result.append(element) }
      }
    }
    if let element, !element.isNull, !isFound { result.append(element) }
    self = result
  }

  /// Sets each of `elements`.
  mutating func setElements(_ elements: [Node], keys: [String]) throws(KustomizeError) {
    for element in elements {
      if keys.first?.isEmpty ?? true {
        try setElement(element, keys: [""], values: [element.comparableText])
        continue
      }
      var values: [String] = []
      for key in keys {
        try element.requireMapping()
        if let value = element[key] {
          values.append(value.comparableText)
        } else {
          append(element)
        }
      }
      if keys.count > 1 { try setElement(nil, keys: keys, values: values) }
      try setElement(element, keys: keys, values: values)
    }
  }
}

extension Node {
  /// Whether the keys have the values. An empty value stands for any; a key without a value asks nothing, but the first must be there.
  fileprivate func matches(_ keys: [String], _ values: [String]) throws(KustomizeError) -> Bool {
    var isMatch = false
    for (index, key) in keys.enumerated() {
      if index < values.count { isMatch = try matches(key, values[index]) }
      if !isMatch { return false }
    }
    return isMatch
  }

  private func matches(_ key: String, _ value: String) throws(KustomizeError) -> Bool {
    if key.isEmpty {
      guard scalar != nil else { throw Self.wrongKind("ScalarNode", self) }
      return comparableText == value
    }
    try requireMapping()
    guard let found = self[key] else { return false }
    return value.isEmpty || found.comparableText == value
  }

  fileprivate func requireMapping() throws(KustomizeError) {
    guard mapping != nil || isNull else { throw Self.wrongKind("MappingNode", self) }
  }

  private static func wrongKind(_ expected: String, _ node: Node) -> KustomizeError {
    KustomizeError(.patch, "wrong node kind: expected \(expected) in this list", at: node.origin.location)
  }
}
