import Diagnostics
import Kubernetes

/// Which events go to a provider.
public final class Alert: FluxResource {
  /// Its kind.
  public static let fluxKind = FluxKind.alert
  /// The object as it was written or rendered.
  public let manifest: Manifest
  /// Fields of the wrong type; they read as absent.
  public let problems: [FluxDecodeProblem]

  /// The provider.
  public let providerRef: ObjectRef?
  /// `info` (everything) or `error`; nil means `info`.
  public let eventSeverity: Field<String>?
  /// What is listened to.
  public let eventSources: [Field<EventSource>]
  /// What is added to each event.
  public let eventMetadata: [StringEntry]
  /// Regular expressions: other events are dropped.
  public let inclusionList: [Field<String>]
  /// Regular expressions: these events are dropped.
  public let exclusionList: [Field<String>]
  /// A description; deprecated.
  public let summary: Field<String>?
  /// Whether reconciliation is paused.
  public let suspend: Field<Bool>?

  /// Reads `Alert` of any version.
  public init(_ manifest: Manifest) {
    var reader = manifest.specReader()
    self.manifest = manifest
    providerRef = reader.localRef("providerRef", kind: "Provider")
    eventSeverity = reader.string("eventSeverity")
    eventSources = reader.list("eventSources")
    eventMetadata = reader.stringMap("eventMetadata")
    inclusionList = reader.strings("inclusionList")
    exclusionList = reader.strings("exclusionList")
    summary = reader.string("summary")
    suspend = reader.bool("suspend")
    problems = reader.problems
  }
}
