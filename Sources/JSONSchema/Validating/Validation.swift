import Diagnostics
import Pattern

/// One run of a value through a schema.
struct Validation {
  /// A subschema on the way to where the run is.
  struct Scope {
    var schema: Subschema.ID
    /// The `$ref` that led here; nil for a keyword that holds the subschema itself.
    var reference: String?
    /// Which value it sees: scopes with the same number see the same one.
    var value: Int
  }

  /// A step on the way to a value.
  enum Step {
    case name(String)
    case index(Int)
  }

  let library: SchemaLibrary
  /// Set while a schema is checked: the drafts of its resources by their pointers.
  let metaDrafts: [String: Draft]
  /// The metaschema in force, where one is.
  var metaSchema: Subschema.ID?
  var scopes: [Scope] = []
  var path: [Step] = []
  var steps = 0
  /// Why the run was given up.
  var surrender: Violation?

  init(library: SchemaLibrary, metaDrafts: [String: Draft] = [:]) {
    self.library = library
    self.metaDrafts = metaDrafts
  }

  /// How the value breaks the subschema.
  mutating func run(_ value: JSONValue, _ schema: Subschema.ID) -> [Violation] {
    if !metaDrafts.isEmpty { metaSchema = schema }
    var frame = Frame(value: value, schema: schema, rules: library.subschemas[schema], isSilent: false)
    frame.open = Unevaluated(of: value, by: frame.rules.rules, callerNeeds: false)
    scopes = [Scope(schema: schema, reference: nil, value: 0)]
    let failure = validate(&frame)
    if let surrender { return [surrender] }
    guard let failure else { return [] }
    return failure.role == .group ? failure.causes : [failure]
  }

  /// The JSON pointer to the value the run is at.
  var instancePath: String {
    path.reduce(into: "") { text, step in
      switch step {
      case .name(let name): text += "/" + JSONPointer.escape(name)
      case .index(let index): text += "/\(index)"
      }
    }
  }

  /// Counts work; false when the run has to be given up.
  mutating func spend(_ cost: Int, on frame: Frame) -> Bool {
    steps += cost
    if surrender == nil {
      if steps > Schema.stepLimit {
        surrender = violation("", "validation takes too many steps", of: frame, isForced: true)
      } else if scopes.count > Schema.depthLimit {
        surrender = violation("", "schemas lead into each other too deeply", of: frame, isForced: true)
      }
    }
    return surrender == nil
  }

  /// A violation of a keyword of the frame's schema at the place the run is at; an empty one where nobody will read it.
  func violation(
    _ keyword: String, _ message: @autoclosure () -> String, of frame: Frame, at origin: Origin? = nil,
    causes: [Violation] = [], isForced: Bool = false
  ) -> Violation {
    guard !frame.isSilent || isForced else {
      return Violation(keyword: keyword, keywordLocation: "", instancePath: "", origin: frame.value.origin, message: "")
    }
    let location = frame.rules.rules.location + (keyword.isEmpty ? "" : "/" + SchemaURL.escape(keyword))
    return Violation(
      keyword: keyword, keywordLocation: location, instancePath: instancePath, origin: origin ?? frame.value.origin,
      message: message(), causes: causes)
  }

  // Going on

  /// The same value against another schema.
  mutating func validateSame(
    _ frame: inout Frame, _ schema: Subschema.ID, reference: String? = nil, isSilent: Bool = false
  ) -> Violation? {
    let number = actual(schema)
    var inner = Frame(
      value: frame.value, schema: number, rules: library.subschemas[number], isSilent: frame.isSilent || isSilent)
    inner.open = Unevaluated(of: frame.value, by: inner.rules.rules, callerNeeds: !frame.open.isEmpty)
    scopes.append(Scope(schema: number, reference: reference, value: scopes.last?.value ?? 0))
    let (outerMeta, failure) = (metaSchema, enter(&inner, schema))
    metaSchema = outerMeta
    scopes.removeLast()
    if failure == nil { frame.open.formIntersection(inner.open) }
    return failure
  }

  /// A value inside the frame's.
  mutating func validateInner(_ frame: Frame, _ value: JSONValue, at step: Step, _ schema: Subschema.ID) -> Violation? {
    path.append(step)
    let number = actual(schema)
    var inner = Frame(value: value, schema: number, rules: library.subschemas[number], isSilent: frame.isSilent)
    inner.open = Unevaluated(of: value, by: inner.rules.rules, callerNeeds: false)
    scopes.append(Scope(schema: number, reference: nil, value: (scopes.last?.value ?? 0) + 1))
    let (outerMeta, failure) = (metaSchema, enter(&inner, schema))
    metaSchema = outerMeta
    scopes.removeLast()
    path.removeLast()
    return failure
  }

  private mutating func enter(_ frame: inout Frame, _ asked: Subschema.ID) -> Violation? {
    if frame.schema != asked { metaSchema = frame.schema }
    return validate(&frame)
  }

  /// The metaschema of the resource the run is at, where the metaschema in force is asked for: resources may be of
  /// different drafts.
  private func actual(_ schema: Subschema.ID) -> Subschema.ID {
    guard schema == metaSchema, let draft = metaDrafts[instancePath] else { return schema }
    return library.metaSchemas[draft] ?? schema
  }
}

/// A value with the schema it is held against, and what was found so far.
struct Frame {
  let value: JSONValue
  let schema: Subschema.ID
  let rules: CompiledSubschema
  /// Whether only the verdict counts.
  let isSilent: Bool
  var violations: [Violation] = []
  var open = Unevaluated()

  init(value: JSONValue, schema: Subschema.ID, rules: CompiledSubschema, isSilent: Bool) {
    self.value = value
    self.schema = schema
    self.rules = rules
    self.isSilent = isSilent
  }

  /// Takes a violation, if there is one.
  mutating func add(_ violation: Violation?) {
    if let violation { violations.append(violation) }
  }
}

/// The properties and items that no keyword has looked at yet, where somebody will ask.
struct Unevaluated {
  var names: Set<String> = []
  var indices: Set<Int> = []

  init() {}

  init(of value: JSONValue, by rules: Subschema, callerNeeds: Bool) {
    switch value.kind {
    case .object(let object) where !rules.evaluatesAllProperties && (callerNeeds || rules.unevaluatedProperties != nil):
      names = Set(object.members.map(\.name))
    case .array(let items) where !rules.evaluatesAllItems && (callerNeeds || rules.unevaluatedItems != nil):
      if rules.firstItems.count < items.count { indices = Set(rules.firstItems.count..<items.count) }
    default: break
    }
  }

  var isEmpty: Bool { names.isEmpty && indices.isEmpty }

  /// Takes away what another schema has looked at.
  mutating func formIntersection(_ other: Unevaluated) {
    names.formIntersection(other.names)
    indices.formIntersection(other.indices)
  }
}
