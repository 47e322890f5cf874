/// Since when a version of an API exists, and until when.
public struct APILifecycle: Sendable, Hashable {
  /// Such as `v1beta2`.
  public var version: String
  /// The first Flux that serves it; nil for those before 2.0 and for flux-operator's.
  public var since: FluxVersion?
  /// The first Flux that warns about it.
  public var deprecatedIn: FluxVersion?
  /// The first Flux that no longer serves it.
  public var removedIn: FluxVersion?

  /// What a Flux says about a version of an API.
  public enum State: Sendable, Hashable {
    /// Not there yet.
    case unavailable(since: FluxVersion)
    /// Served.
    case served
    /// Served with a warning; `removedIn` is nil while no date is set.
    case deprecated(since: FluxVersion, removedIn: FluxVersion?)
    /// No longer served.
    case removed(in: FluxVersion)
  }

  /// The state in `flux`.
  public func state(in flux: FluxVersion) -> State {
    if let removedIn, flux >= removedIn { return .removed(in: removedIn) }
    if let since, flux < since { return .unavailable(since: since) }
    if let deprecatedIn, flux >= deprecatedIn { return .deprecated(since: deprecatedIn, removedIn: removedIn) }
    return .served
  }
}

extension FluxKind {
  /// The lifecycle of one version of this kind's API; nil for a version that never was.
  public func lifecycle(of version: String) -> APILifecycle? {
    schema.versions.first { $0.version == version }
  }

  /// The version to write in `flux`: the newest that it serves without a warning.
  public func preferredVersion(in flux: FluxVersion) -> String? {
    schema.versions.last { $0.state(in: flux) == .served }?.version
  }
}
