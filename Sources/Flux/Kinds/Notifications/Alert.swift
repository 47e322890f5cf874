import Diagnostics
import Kubernetes

/// Which events go to a provider.
public struct Alert: FluxResource {
  /// Its kind.
  public static let fluxKind = FluxKind.alert
  /// The object as it was written or rendered.
  public let manifest: Manifest
  /// Fields of the wrong type; they read as absent.
  public let problems: [FluxDecodeProblem]

  /// The provider.
  public var providerRef: ObjectRef?
  /// `info` (everything) or `error`; nil means `info`.
  public var eventSeverity: Field<String>?
  /// What is listened to.
  public var eventSources: [Field<EventSource>]
  /// What is added to each event.
  public var eventMetadata: [StringEntry]
  /// Regular expressions: other events are dropped.
  public var inclusionList: [Field<String>]
  /// Regular expressions: these events are dropped.
  public var exclusionList: [Field<String>]
  /// A description; deprecated.
  public var summary: Field<String>?
  /// Whether reconciliation is paused.
  public var suspend: Field<Bool>?

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
