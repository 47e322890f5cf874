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
  let limits: ValidationLimits
  /// Set while a schema is checked: the drafts of its resources by their pointers.
  let metaDrafts: [String: Draft]
  /// The metaschema in force, where one is.
  var metaSchema: Subschema.ID?
  var scopes: [Scope] = []
  var path: [Step] = []
  var steps = 0
  /// How many patterns were matched.
  var patterns = 0
  /// Why the run was given up.
  var surrender: Failure?

  init(library: SchemaLibrary, limits: ValidationLimits = .standard, metaDrafts: [String: Draft] = [:]) {
    self.library = library
    self.limits = limits
    self.metaDrafts = metaDrafts
  }

  /// How the value breaks the subschema.
  mutating func run(_ value: JSONValue, _ schema: Subschema.ID) -> [Violation] {
    if !metaDrafts.isEmpty { metaSchema = schema }
    var frame = Frame(value: value, schema: schema, compiled: library.subschemas[schema], isSilent: false)
    frame.open = Unevaluated(of: value, by: frame.compiled, callerNeeds: false)
    scopes = [Scope(schema: schema, reference: nil, value: 0)]
    let failure = validate(&frame)
    if let surrender { return [surrender.violation] }
    guard let violation = failure?.violation else { return [] }
    return violation.role == .group ? violation.causes : [violation]
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
      if steps > limits.steps {
        surrender = violation("", "validation takes too many steps", of: frame, isForced: true)
      } else if scopes.count > limits.depth {
        surrender = violation("", "schemas lead into each other too deeply", of: frame, isForced: true)
      }
    }
    return surrender == nil
  }

  /// A violation of a keyword of the frame's schema at the place the run is at; an empty one where nobody will read it.
  func violation(
    _ keyword: String, _ message: @autoclosure () -> String, of frame: Frame, at origin: Origin? = nil,
    causes: [Failure] = [], role: Violation.Role = .keyword, isForced: Bool = false
  ) -> Failure {
    guard !frame.isSilent || isForced else { return .silent }
    let location = frame.compiled.rules.location + (keyword.isEmpty ? "" : "/" + SchemaURL.escape(keyword))
    return Failure(
      Violation(
        keyword: keyword, keywordLocation: location, instancePath: instancePath, origin: origin ?? frame.value.origin,
        message: message(), causes: causes.map(\.violation), role: role))
  }

  // Going on

  /// The same value against another schema.
  mutating func validateSame(
    _ frame: inout Frame, _ schema: Subschema.ID, reference: String? = nil, isSilent: Bool = false
  ) -> Failure? {
    let number = actual(schema)
    var inner = Frame(
      value: frame.value, schema: number, compiled: library.subschemas[number], isSilent: frame.isSilent || isSilent)
    inner.open = Unevaluated(of: frame.value, by: inner.compiled, callerNeeds: !frame.open.isEmpty)
    scopes.append(Scope(schema: number, reference: reference, value: scopes.last?.value ?? 0))
    let (outerMeta, failure) = (metaSchema, enter(&inner, schema))
    metaSchema = outerMeta
    scopes.removeLast()
    if failure == nil { frame.open.formIntersection(inner.open) }
    return failure
  }

  /// A value inside the frame's.
  mutating func validateInner(_ frame: Frame, _ value: JSONValue, at step: Step, _ schema: Subschema.ID) -> Failure? {
    path.append(step)
    let number = actual(schema)
    var inner = Frame(value: value, schema: number, compiled: library.subschemas[number], isSilent: frame.isSilent)
    inner.open = Unevaluated(of: value, by: inner.compiled, callerNeeds: false)
    scopes.append(Scope(schema: number, reference: nil, value: (scopes.last?.value ?? 0) + 1))
    let (outerMeta, failure) = (metaSchema, enter(&inner, schema))
    metaSchema = outerMeta
    scopes.removeLast()
    path.removeLast()
    return failure
  }

  private mutating func enter(_ frame: inout Frame, _ asked: Subschema.ID) -> Failure? {
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
  let compiled: CompiledSubschema
  /// Whether only the verdict counts.
  let isSilent: Bool
  var violations: [Failure] = []
  var open = Unevaluated()

  init(value: JSONValue, schema: Subschema.ID, compiled: CompiledSubschema, isSilent: Bool) {
    self.value = value
    self.schema = schema
    self.compiled = compiled
    self.isSilent = isSilent
  }

  /// Takes a violation, if there is one.
  mutating func add(_ violation: Failure?) {
    if let violation { violations.append(violation) }
  }
}

/// The properties and items that no keyword has looked at yet, where somebody will ask.
struct Unevaluated {
  var names: Set<String> = []
  var indices: Set<Int> = []

  init() {}

  init(of value: JSONValue, by compiled: CompiledSubschema, callerNeeds: Bool) {
    switch value.kind {
    case .object(let object)
    where !compiled.rules.evaluatesAllProperties && (callerNeeds || compiled.rules.unevaluatedProperties != nil):
      names = Set(object.members.map(\.name))
    case .array(let items)
    where !compiled.rules.evaluatesAllItems && (callerNeeds || compiled.rules.unevaluatedItems != nil):
      if compiled.rules.firstItems.count < items.count { indices = Set(compiled.rules.firstItems.count..<items.count) }
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

/// A violation in a box: functions that call each other deeply hand it around without copies of it on the stack.
final class Failure: Sendable {
  let violation: Violation

  init(_ violation: Violation) {
    self.violation = violation
  }

  /// What stands for any violation where only the verdict counts.
  static let silent = Failure(
    Violation(
      keyword: "", keywordLocation: "", instancePath: "", origin: .synthetic("<jsonschema>"), message: "not valid"))
}
