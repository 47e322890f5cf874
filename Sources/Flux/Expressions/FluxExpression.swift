import CEL

/// A field of one of Flux's kinds that holds an expression in CEL, and what its controller makes of it.
struct FluxExpression: Sendable {
  /// Where it stands, such as `spec.dependsOn[].readyExpr`.
  var path: String
  /// The objects it may name.
  var variables: [String] = []
  /// What it must yield; nil where that is left open.
  var result: StaticType?
  /// Whether names and types are checked beforehand. Where the variables are the fields of an object of any kind, the
  /// controllers only parse (`NewStatusEvaluator` of fluxcd/pkg).
  var isChecked = true
  /// What happens when it does not compile.
  var effect = Effect.stalls

  enum Effect: Sendable {
    /// The object is marked as stalled, and not reconciled again until it is changed.
    case stalls
    /// The Provider is accepted, and each event fails when it comes.
    case eachEventFails
  }

  /// The expressions of a kind.
  static func all(of kind: FluxKind, claims: Bool) -> [FluxExpression] {
    switch kind {
    case .kustomization, .helmRelease:
      let ready = FluxExpression(path: "spec.dependsOn[].readyExpr", variables: ["self", "dep"], result: .bool)
      return healthChecks + [ready]
    case .receiver: return receiver(claims: claims)
    case .provider:
      let status = FluxExpression(
        path: "spec.commitStatusExpr", variables: ["event", "alert", "provider"], result: .string,
        effect: .eachEventFails)
      return [status]
    case .resourceSet: return [FluxExpression(path: "spec.dependsOn[].readyExpr", isChecked: false)]
    default: return []
    }
  }

  private static let healthChecks = ["inProgress", "failed", "current"].map {
    FluxExpression(path: "spec.healthCheckExprs[].\($0)", isChecked: false)
  }

  /// Only receivers of the type `generic-oidc` have the claims of a token.
  private static func receiver(claims: Bool) -> [FluxExpression] {
    let variables = ["res", "req"] + (claims ? ["claims"] : [])
    return [
      FluxExpression(path: "spec.resourceFilter", variables: variables, result: .bool),
      FluxExpression(path: "spec.resources[].filter", variables: variables, result: .bool),
      FluxExpression(path: "spec.oidcProviders[].variables[].expression", variables: ["claims", "vars"]),
      FluxExpression(
        path: "spec.oidcProviders[].validations[].expression", variables: ["claims", "vars"], result: .bool),
    ]
  }

  /// Compiles a text as the controller does.
  func compile(_ text: String) throws(CompileError) -> Program {
    let declared = Dictionary(uniqueKeysWithValues: variables.map { ($0, StaticType.object) })
    let environment = Environment.flux(variables: declared)
    guard isChecked else { return try environment.parse(text) }
    guard let result else { return try environment.compile(text) }
    return try environment.compile(text, yielding: result)
  }
}
