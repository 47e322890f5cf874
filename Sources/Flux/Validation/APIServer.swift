/// What the cluster is like whose API server takes or refuses an object.
public struct APIServer: Sendable {
  /// The Flux whose definitions it has.
  public var flux: FluxVersion
  /// Whether flux-operator installed that Flux: Alerts and Receivers may then name its kinds, too.
  public var hasOperator: Bool
  /// Whether a field that has a default may be left out though it is required, and null stands for nothing. API servers
  /// allow that; a check of files against the bare schema, as flux-schema does it, does not.
  public var fillsDefaults: Bool

  /// A server with the definitions of a Flux.
  public init(flux: FluxVersion, hasOperator: Bool = false, fillsDefaults: Bool = true) {
    self.flux = flux
    self.hasOperator = hasOperator
    self.fillsDefaults = fillsDefaults
  }
}

extension FieldSchema {
  /// Whether the field names the kind of an object whose events an Alert or a Receiver is about.
  var isEventKind: Bool {
    path == "spec.eventSources[].kind" || path == "spec.resources[].kind"
  }
}
