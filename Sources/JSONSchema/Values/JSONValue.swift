import Diagnostics
import YAML

/// A value as JSON knows it, with the place it was written at. Places do not count when values are compared.
struct JSONValue: Sendable {
  enum Kind: Sendable {
    case null
    case boolean(Bool)
    /// The number, and its text as a message shows it.
    case number(JSONNumber, text: String)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
    /// What JSON has no word for, such as an infinity; the name of its type in Go.
    case foreign(type: String)
  }

  var kind: Kind
  var origin: Origin

  /// The type's name; integers are numbers.
  var type: TypeSet {
    switch kind {
    case .null: .null
    case .boolean: .boolean
    case .number: .number
    case .string: .string
    case .array: .array
    case .object: .object
    case .foreign: []
    }
  }

  var string: String? {
    if case .string(let text) = kind { text } else { nil }
  }

  var boolean: Bool? {
    if case .boolean(let value) = kind { value } else { nil }
  }

  var number: JSONNumber? {
    if case .number(let number, _) = kind { number } else { nil }
  }

  var array: [JSONValue]? {
    if case .array(let items) = kind { items } else { nil }
  }

  var object: JSONObject? {
    if case .object(let object) = kind { object } else { nil }
  }

  /// The value a JSON pointer leads to; nil when it leads nowhere.
  func value(at pointer: JSONPointer) -> JSONValue? {
    var value = self
    for token in pointer.tokens {
      switch value.kind {
      case .object(let object):
        guard let next = object[token] else { return nil }
        value = next
      case .array(let items):
        guard let index = Int(token), items.indices.contains(index) else { return nil }
        value = items[index]
      default: return nil
      }
    }
    return value
  }
}

extension JSONValue: Hashable {
  static func == (left: JSONValue, right: JSONValue) -> Bool {
    switch (left.kind, right.kind) {
    case (.null, .null): true
    case (.boolean(let one), .boolean(let other)): one == other
    case (.number(let one, _), .number(let other, _)): one == other
    // Strings of Swift are equal when they look the same; JSON's when they are the same.
    case (.string(let one), .string(let other)): one.utf8.elementsEqual(other.utf8)
    case (.array(let one), .array(let other)): one == other
    case (.object(let one), .object(let other)): one == other
    default: false
    }
  }

  func hash(into hasher: inout Hasher) {
    switch kind {
    case .null, .foreign: hasher.combine(0)
    case .boolean(let value): hasher.combine(value)
    case .number(let number, _): hasher.combine(number)
    case .string(let text): hasher.combine(text)
    case .array(let items): hasher.combine(items)
    case .object(let object): hasher.combine(object)
    }
  }
}

/// The members of an object, sorted by name so that messages come in one order however values were merged.
struct JSONObject: Sendable, Hashable {
  struct Member: Sendable, Hashable {
    var name: String
    var nameOrigin: Origin
    var value: JSONValue

    static func == (left: Member, right: Member) -> Bool {
      left.name.utf8.elementsEqual(right.name.utf8) && left.value == right.value
    }

    func hash(into hasher: inout Hasher) {
      hasher.combine(name)
      hasher.combine(value)
    }
  }

  let members: [Member]
  private let indices: [String: Int]

  init(_ members: [Member]) {
    self.members = members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    var indices: [String: Int] = [:]
    indices.reserveCapacity(members.count)
    for (index, member) in self.members.enumerated() { indices[member.name] = index }
    self.indices = indices
  }

  subscript(name: String) -> JSONValue? {
    indices[name].map { members[$0].value }
  }

  static func == (left: JSONObject, right: JSONObject) -> Bool { left.members == right.members }
  func hash(into hasher: inout Hasher) { hasher.combine(members) }
}
