import Diagnostics

/// What a kustomization has gathered so far: objects, the fields that transformers know, and variables.
struct Accumulator {
  var resources = ResourceList()
  private var knownFields = KnownFields.none
  private(set) var variables: [VariableArguments] = []

  /// The fields that transformers change.
  var fields: FieldTables { knownFields.tables }

  /// The references by name among the fields.
  var nameReferences: NameReferences {
    if case .custom(let tables) = knownFields { return NameReferences(tables.nameReferences) }
    return .builtIn
  }

  /// The built-in fields as an accumulator without others knows them.
  static let builtInFields: FieldTables = {
    var tables = FieldTables()
    // The built-in fields do not contradict each other, which a test makes sure of.
    try? tables.merge(.builtIn)
    return tables
  }()

  /// Adds the built-in fields and those of a kustomization's `configurations`.
  mutating func addFields(with custom: FieldTables?, at place: Location) throws(KustomizeError) {
    guard let custom else { return try knownFields.add(.builtIn, at: place) }
    var tables = FieldTables.builtIn
    try tables.merge(custom, at: place)
    try knownFields.add(.custom(tables), at: place)
  }

  /// Adds the fields of a file of `crds`.
  mutating func add(_ fields: FieldTables, at place: Location) throws(KustomizeError) {
    try knownFields.add(.custom(fields), at: place)
  }

  /// Takes over what a base has gathered.
  mutating func merge(_ other: Accumulator) throws(KustomizeError) {
    try resources.append(contentsOf: other.resources.items)
    try knownFields.add(other.knownFields, at: nil)
    for variable in other.variables { try add(variable) }
  }

  /// Adds the variables of a kustomization, and notes at the objects which of them point there.
  mutating func add(variables: [VariableArguments]) throws(KustomizeError) {
    for variable in variables {
      let target = variable.target
      let isExact = !target.namespace.isEmpty || target.isClusterScoped
      let matches = resources.positions { isExact ? $0 == target : $0.hasTypeAndName(of: target) }
      guard matches.count <= 1 else {
        throw KustomizeError(
          .reference, "\(matches.count) objects fit the var '\(variable.name)'; only one may",
          at: variable.origin.location,
          trace: matches.map { RelatedLocation("one of them is here", at: resources.items[$0].location) })
      }
      if let match = matches.first { resources.update(at: match) { $0.variables.append(variable.name) } }
    }
    for variable in variables { try add(variable) }
  }

  private mutating func add(_ variable: VariableArguments) throws(KustomizeError) {
    if let first = variables.first(where: { $0.name == variable.name }) {
      throw KustomizeError(
        .conflict, "the var '\(variable.name)' is there twice", at: variable.origin.location,
        trace: [RelatedLocation("first defined here", at: first.origin.location)])
    }
    variables.append(variable)
  }
}

/// The fields that an accumulator knows, without a copy of the built-in ones where nobody adds to them.
///
/// Every merge counts: kustomize sorts the fields behind each one and drops a general field that comes behind a special one,
/// which is how `configurations` override the built-in fields.
private enum KnownFields {
  case none
  case builtIn
  case custom(FieldTables)

  var tables: FieldTables {
    switch self {
    case .none: FieldTables()
    case .builtIn: Accumulator.builtInFields
    case .custom(let tables): tables
    }
  }

  mutating func add(_ other: KnownFields, at place: Location?) throws(KustomizeError) {
    switch (self, other) {
    case (_, .none), (.builtIn, .builtIn): return
    case (.none, .builtIn): self = .builtIn
    default:
      var merged = tables
      try merged.merge(other.tables, at: place)
      self = .custom(merged)
    }
  }
}
