import Diagnostics

/// A document with the resources inside it: the subschemas that have a URL of their own, and their anchors.
struct SchemaDocument: Sendable {
  /// A subschema with a URL of its own, and what lies below it up to the next one.
  struct Resource: Sendable {
    var pointer: JSONPointer
    var id: String
    var draft: Draft
    var anchors: [String: JSONPointer] = [:]
    var dynamicAnchors: [String] = []
  }

  let url: String
  let root: JSONValue
  /// By pointer; the document itself is always one.
  private(set) var resources: [JSONPointer: Resource] = [:]
  private var pointers: [String: JSONPointer] = [:]
  private var visited: Set<JSONPointer> = []

  init(url: String, root: JSONValue) throws(SchemaError) {
    (self.url, self.root) = (url, root)
    try collect(root, at: .root, base: url, draft: .latest)
  }

  /// The resource that the place belongs to.
  func resource(of pointer: JSONPointer) -> Resource {
    var place: JSONPointer? = pointer
    while let current = place {
      if let found = resources[current] { return found }
      place = current.parent
    }
    return Resource(pointer: .root, id: url, draft: .latest)
  }

  /// The resource whose URL is `id`; nil when it is none of this document's.
  func resource(id: String) -> Resource? {
    if id == url { return resource(of: .root) }
    return pointers[id].map(resource(of:))
  }

  /// Whether the place is known to be a subschema.
  func knows(_ pointer: JSONPointer) -> Bool { visited.contains(pointer) }

  /// Takes a place that only a `$ref` says is a subschema.
  mutating func adopt(_ pointer: JSONPointer, _ value: JSONValue) throws(SchemaError) {
    let base = resource(of: pointer)
    try collect(value, at: pointer, base: base.id, draft: base.draft)
  }

  private mutating func collect(
    _ value: JSONValue, at pointer: JSONPointer, base: String, draft: Draft
  ) throws(SchemaError) {
    guard visited.insert(pointer).inserted else { return }
    guard let object = value.object else {
      if pointer == .root { add(Resource(pointer: .root, id: base, draft: draft)) }
      return
    }
    var own = try declaredDraft(of: object) ?? draft
    // Only a resource can be of another draft.
    if pointer != .root, own.id(of: object) == nil { own = draft }
    var (base, draft) = (base, draft)
    let id = own.id(of: object)
    if let id { base = SchemaURL.resolve(id, against: base) }
    if id != nil || pointer == .root {
      draft = own
      if let other = pointers[base], other != pointer {
        throw SchemaError(.duplicateID(base), at: value.origin.location)
      }
      add(Resource(pointer: pointer, id: base, draft: draft))
    }
    let holder = resource(id: base) ?? resource(of: pointer)
    try collectAnchors(of: object, at: pointer, into: holder.pointer, draft: holder.draft)
    for (place, subschema) in own.subschemas(of: object, at: pointer) {
      try collect(subschema, at: place, base: base, draft: holder.draft)
    }
  }

  private mutating func add(_ resource: Resource) {
    resources[resource.pointer] = resource
    pointers[resource.id] = resource.pointer
  }

  private func declaredDraft(of object: JSONObject) throws(SchemaError) -> Draft? {
    guard let value = object["$schema"], let name = value.string else { return nil }
    guard let draft = Draft(url: name) else {
      throw SchemaError(.notLoaded(url: SchemaURL.split(name).url), at: value.origin.location)
    }
    return draft
  }

  private mutating func collectAnchors(
    of object: JSONObject, at pointer: JSONPointer, into holder: JSONPointer, draft: Draft
  ) throws(SchemaError) {
    if draft < .draft2019 {
      guard object["$ref"] == nil, let id = object[draft.idKeyword] else { return }
      let fragment = SchemaURL.split(id.string ?? "").fragment
      if !fragment.isEmpty, !fragment.hasPrefix("/") { try addAnchor(fragment, pointer, holder, id.origin.location) }
      return
    }
    if let anchor = object["$anchor"], let name = anchor.string {
      try addAnchor(name, pointer, holder, anchor.origin.location)
    }
    if draft >= .draft2020, let anchor = object["$dynamicAnchor"], let name = anchor.string {
      try addAnchor(name, pointer, holder, anchor.origin.location)
      resources[holder]?.dynamicAnchors.append(name)
    }
  }

  private mutating func addAnchor(
    _ name: String, _ pointer: JSONPointer, _ holder: JSONPointer, _ place: Location
  ) throws(SchemaError) {
    if let other = resources[holder]?.anchors[name], other != pointer {
      throw SchemaError(.duplicateAnchor(name), at: place)
    }
    resources[holder]?.anchors[name] = pointer
  }
}
