/// A Go map. A class, and a mutable one, on purpose: in Go a map is a reference, and charts rely on it. `set`, `unset`
/// and `merge` change the map they are given, and whoever else holds it sees the change (`.Values` above all).
/// A box lives and dies within one evaluation and is never shared between threads.
public final class Dict {
  /// The entries.
  public var entries: [GoString: Value]
  /// The type of the keys as Go declares it; keys are always held as strings.
  public let keyType: GoType
  /// The type of the elements.
  public let elementType: GoType
  /// What tells the map apart in what an evaluation reads; 0 where nobody asks. See ``Output/Read``.
  public var mark: Int32 = 0
  /// The name of the map's Go type where it has one; such a type has a method `AsMap` that forgets the name.
  public let typeName: String?
  /// Whether Go has no map here: it reads like an empty one, but is null in JSON and YAML.
  public let isNil: Bool

  /// A map, by default `map[string]interface {}`.
  public init(
    _ entries: [GoString: Value] = [:], key: GoType = .string, element: GoType = .any, typeName: String? = nil,
    isNil: Bool = false
  ) {
    self.entries = entries
    keyType = key
    elementType = element
    self.typeName = typeName
    self.isNil = isNil
  }

  /// The value under a key.
  public subscript(key: GoString) -> Value? {
    get { entries[key] }
    set { entries[key] = newValue }
  }

  /// The Go type.
  public var type: GoType {
    typeName.map { .named($0, kind: "map") } ?? .map(keyType, elementType)
  }

  /// The keys in the order in which Go ranges and prints.
  public var sortedKeys: [GoString] { entries.keys.sorted() }
}

/// A Go slice. A class for the same reason as `Dict`: `sortAlpha` sorts the list it is given where it is one of strings.
public final class List {
  /// The elements.
  public var elements: [Value]
  /// The type of the elements.
  public let elementType: GoType
  /// As that of a map.
  public var mark: Int32 = 0
  /// Whether Go has no slice here: it reads like an empty one, but is null in JSON and YAML.
  public let isNil: Bool

  /// A slice, by default `[]interface {}`.
  public init(_ elements: [Value], of type: GoType = .any, isNil: Bool = false) {
    self.elements = elements
    elementType = type
    self.isNil = isNil
  }

  /// The Go type.
  public var type: GoType { .slice(elementType) }
}
