import Diagnostics
import YAML

extension Node {
  /// The value at the end of `path`, whose parts are field names, positions, `-` for the last element, or `[name=value]`.
  /// Nil where there is none.
  func lookup(_ path: some Sequence<String>) throws(KustomizeError) -> Node? {
    var node = self
    for part in path {
      let part = part.trimmingBlanks
      guard !part.isEmpty else { continue }
      guard let next = try node.step(part) else { return nil }
      node = next
    }
    return node
  }

  private func step(_ part: String) throws(KustomizeError) -> Node? {
    if isNull { return nil }
    if let number = Int(part) {
      guard number >= 0 else {
        throw KustomizeError(.field, "array index \(number) cannot be negative", at: origin.location)
      }
      let items = try elements()
      return number < items.count ? items[number] : nil
    }
    if part == "-" { return try elements().last }
    if part == "*" { throw KustomizeError(.field, "wildcard is not supported in PathGetter", at: origin.location) }
    if ListElement.isOne(part) {
      let wanted = try ListElement(part, at: origin)
      let items = try elements()
      return items.element([wanted.field], [wanted.value]).map { items[$0] }
    }
    try requireKind(mapping != nil, "MappingNode")
    return self[part]
  }

  /// The elements of a list; none for a null.
  func elements() throws(KustomizeError) -> [Node] {
    if isNull { return [] }
    try requireKind(sequence != nil, "SequenceNode")
    return sequence ?? []
  }

  func requireKind(_ isRight: Bool, _ wanted: String) throws(KustomizeError) {
    guard isRight else {
      throw KustomizeError(.field, "wrong node kind: expected \(wanted) but got \(kindName)", at: origin.location)
    }
  }
}

/// A part of a path that means elements of a list by a field: `[name=value]`, or by themselves: `[=value]`.
struct ListElement {
  var field: String
  var value: String

  static func isOne(_ part: String) -> Bool { part.hasPrefix("[") && part.hasSuffix("]") }

  init(_ part: String, at origin: Origin) throws(KustomizeError) {
    let inner = part.utf8.dropFirst().dropLast()
    guard let equals = inner.firstIndex(of: UInt8(ascii: "=")) else {
      throw KustomizeError(
        .field, "list path element must contain fieldName=fieldValue for element to match", at: origin.location)
    }
    field = String(decoding: inner[..<equals], as: UTF8.self)
    value = String(decoding: inner[inner.index(after: equals)...], as: UTF8.self)
  }
}

extension String {
  /// Without white space at both ends.
  fileprivate var trimmingBlanks: String {
    let isBlank = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace }
    let start = unicodeScalars.drop(while: isBlank)
    guard let end = start.lastIndex(where: { !isBlank($0) }) else { return "" }
    return String(start[...end])
  }
}
