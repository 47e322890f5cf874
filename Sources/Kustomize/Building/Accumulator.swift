import Diagnostics

/// What a kustomization has gathered so far: objects, the fields that transformers know, and variables.
struct Accumulator {
  var resources = ResourceList()
  /// The built-in fields with those of `configurations` and `crds`; nil where there are none of these, which is nearly always.
  private var ownFields: FieldTables?
  private(set) var variables: [VariableArguments] = []

  /// The fields that transformers change.
  var fields: FieldTables { ownFields ?? .builtIn }

  /// Adds fields to those that are known.
  mutating func add(_ tables: FieldTables?, at place: Location?) throws(KustomizeError) {
    guard let tables else { return }
    var merged = fields
    try merged.merge(tables, at: place)
    ownFields = merged
  }

  /// Takes over what a base has gathered.
  mutating func merge(_ other: Accumulator) throws(KustomizeError) {
    try resources.append(contentsOf: other.resources.items)
    try add(other.ownFields, at: nil)
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
          .reference, "\(matches.count) objects fit the var '\(variable.name)'; only one may", at: variable.origin.location,
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
