import Diagnostics
import Pattern

/// Compiles documents into numbered subschemas: those that can be reached from where one starts, and no others.
struct SchemaCompiler {
  /// A place in a document.
  struct Place: Hashable {
    var url: String
    var pointer: JSONPointer

    /// `url#pointer`.
    var text: String { "\(url)#\(SchemaURL.escape(pointer.text))" }
  }

  /// How much one match of a `pattern` may cost.
  static let matchLimits = MatchLimits(steps: 200_000, kibibytes: 16_384)

  private(set) var library: SchemaLibrary
  /// Whether `format` is a rule in every draft, as it is for metaschemas.
  let assertsFormat: Bool
  /// Whether a document on the network is taken for one that allows everything.
  private let assumesRemote: Bool
  private var drafts: [Subschema]
  private var queue: [Place]
  private var numbers: [Place: Subschema.ID]

  /// A compiler that knows what `library` holds.
  init(library: SchemaLibrary, assertsFormat: Bool = false, assumesRemote: Bool = false) {
    self.library = library
    self.assertsFormat = assertsFormat
    self.assumesRemote = assumesRemote
    (drafts, queue) = ([], [])
    numbers = library.numbers
  }

  /// Adds a document that references may lead to.
  mutating func add(_ document: SchemaDocument) {
    library.documents[document.url] = document
  }

  /// Compiles what the place holds and all it refers to.
  mutating func compile(_ url: String) throws(SchemaError) -> Subschema.ID {
    let start = number(of: Place(url: url, pointer: .root))
    var done = 0
    while done < queue.count {
      try compile(queue[done], number: library.subschemas.count + done)
      done += 1
      if drafts.count > Schema.subschemaLimit { throw SchemaError(.tooManySubschemas, at: nil) }
    }
    library.subschemas += drafts.map(CompiledSubschema.init)
    library.numbers = numbers
    (drafts, queue) = ([], [])
    return start
  }

  /// The number of the subschema at a place, which is compiled later if it is new.
  mutating func number(of place: Place) -> Subschema.ID {
    if let known = numbers[place] { return known }
    let number = library.subschemas.count + queue.count
    numbers[place] = number
    queue.append(place)
    drafts.append(Subschema(location: place.text, draft: .latest))
    return number
  }

  private mutating func compile(_ place: Place, number: Subschema.ID) throws(SchemaError) {
    guard var document = library.documents[place.url] else {
      throw SchemaError(.notLoaded(url: place.url), at: nil)
    }
    guard place.pointer.isWellFormed, let value = document.root.value(at: place.pointer) else {
      throw SchemaError(.pointerNotFound(place.text), at: document.root.origin.location)
    }
    if !document.knows(place.pointer) {
      try document.adopt(place.pointer, value)
      library.documents[place.url] = document
      try library.checkAgainstMetaSchema(value, of: document, at: place.pointer)
    }
    let resource = document.resource(of: place.pointer)
    var rules = Subschema(location: place.text, draft: resource.draft)
    rules.resource = self.number(of: Place(url: place.url, pointer: resource.pointer))
    if resource.draft >= .draft2020, resource.pointer == place.pointer {
      for anchor in resource.dynamicAnchors {
        guard let pointer = resource.anchors[anchor] else { continue }
        rules.dynamicAnchors[anchor] = self.number(of: Place(url: place.url, pointer: pointer))
      }
    }
    switch value.kind {
    case .boolean(let isValid): rules.boolean = isValid
    case .object(let object) where object.members.isEmpty: rules.boolean = true
    case .object(let object):
      try read(Keywords(object: object, place: place, base: resource.id), into: &rules)
    default: break
    }
    drafts[number - library.subschemas.count] = rules
  }

  /// What a reference in a resource with the URL `base` leads to.
  mutating func resolve(
    _ reference: String, base: String, in url: String, at location: Location
  ) throws(SchemaError) -> Subschema.ID {
    let (relative, fragment) = SchemaURL.split(reference)
    let target = SchemaURL.resolve(relative, against: base)
    guard let document = try document(holding: target, from: url, at: location) else {
      throw SchemaError(.notLoaded(url: target), at: location)
    }
    if assumesRemote, SchemaURL.isRemote(target), document.root.boolean == true {
      return number(of: Place(url: document.url, pointer: .root))
    }
    let resource = document.resource(id: target) ?? document.resource(of: .root)
    guard fragment.isEmpty || fragment.hasPrefix("/") else {
      guard let pointer = resource.anchors[fragment] else {
        let name = "\(resource.id)#\(SchemaURL.escape(fragment))"
        throw SchemaError(.anchorNotFound(reference: name, schema: document.url), at: location)
      }
      return number(of: Place(url: document.url, pointer: pointer))
    }
    let place = Place(url: document.url, pointer: JSONPointer(text: resource.pointer.text + fragment))
    guard place.pointer.isWellFormed, document.root.value(at: place.pointer) != nil else {
      throw SchemaError(.pointerNotFound(place.text), at: location)
    }
    return number(of: place)
  }

  /// The document of which `target` is a part, or which `target` names.
  private mutating func document(
    holding target: String, from url: String, at location: Location
  ) throws(SchemaError) -> SchemaDocument? {
    if let own = library.documents[url], own.resource(id: target) != nil { return own }
    if let other = library.documents[target] { return other }
    // Metaschemas go by either scheme.
    if let draft = Draft(url: target), let metaSchema = library.documents[draft.url] { return metaSchema }
    // Helm 4 takes an unresolved URN for a schema that allows everything, and warns.
    guard target.hasPrefix("urn:") || assumesRemote && SchemaURL.isRemote(target) else { return nil }
    let permissive = try SchemaDocument(
      url: target, root: JSONValue(kind: .boolean(true), origin: .synthetic("<jsonschema>")))
    library.unresolved.append(UnresolvedReference(url: target, location: location))
    add(permissive)
    return permissive
  }
}
