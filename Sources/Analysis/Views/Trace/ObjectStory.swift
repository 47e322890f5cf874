import ClusterModel
import Diagnostics
import Kubernetes

/// How one object comes into its cluster, and what hangs on it.
public struct ObjectStory: Sendable {
  /// The name of the cluster.
  public var cluster: String
  /// How the cluster was found, in words.
  public var entry: RelatedLocation
  /// From what is applied first to the object itself, which is the last.
  public var stations: [Station]
  /// What it needs, and what needs it.
  public var relations: [Relation]
  /// Who waits until it is healthy, for an object that is none of Flux's.
  public var healthWaits: [RelatedLocation]
  /// What cannot begin as long as it is not ready.
  public var stalled: [ObjectID]
  /// Who is told when it, or what applies it, fails.
  public var alerts: [AlertLine]
  /// What keeps its images up to date.
  public var images: [RelatedLocation]

  /// The place that leads into the cluster; nil when nothing written does.
  var entryPlace: Location? { stations.first?.isAssumed == true ? nil : entry.location }

  /// The object.
  public var object: ObjectID { stations.last?.object ?? ObjectID(group: "", kind: "", namespace: "", name: "") }

  /// One object on the way.
  public struct Station: Sendable {
    /// The object.
    public var object: ObjectID
    /// Where it is written.
    public var place: Location
    /// Whether no file has it: it is what a folder of Flux objects must have to be reconciled.
    public var isAssumed: Bool
    /// The entries of kustomization files that take it in, from the outside in.
    public var inclusions: [RelatedLocation]
    /// How it was made, where it is not as written: generated, rendered by a chart.
    public var making: [RelatedLocation]
    /// What overlays have changed in it.
    public var changes: [FieldChange]
    /// What it does, if it applies objects itself.
    public var work: Work?
  }

  /// What a reconciler does.
  public struct Work: Sendable {
    /// Where its files come from, in words.
    public var source: RelatedLocation?
    /// The directory in the artifact that it builds, or the chart that it renders.
    public var path: RelatedLocation?
    /// The name of who applies objects.
    public var account: String
    /// In whose name it applies objects, and why.
    public var identity: RelatedLocation
    /// What that lets it do to the next object on the way.
    public var rights: RelatedLocation?
    /// What came of it, if anything but success.
    public var remarks: [RelatedLocation]
  }

  /// A relation with another Flux object.
  public struct Relation: Sendable {
    /// How.
    public var kind: Graph.EdgeKind
    /// The other object.
    public var other: ObjectID
    /// Whether the other one needs this one.
    public var isIncoming: Bool
    /// The place that says so.
    public var place: Location
    /// The field that names a Secret or ConfigMap which is read.
    public var field: String?
    /// Whether the other object is not in the cluster, as far as the repository tells.
    public var isAbsent = false
    /// Whether a dependency must be there only, not ready.
    public var isByPresence = false
  }

  /// An alert that is sent.
  public struct AlertLine: Sendable {
    /// What it listens to: the object, or what applies it.
    public var subject: ObjectID
    /// The Alert.
    public var alert: ObjectID
    /// Whom it tells, in words.
    public var receiver: String
    /// The place that has it listen.
    public var place: Location
  }
}

/// Fields that one overlay, patch or Flux field has set.
public struct FieldChange: Sendable {
  /// What happened, as a sentence without a full stop.
  public var what: String
  /// The place that people would edit.
  public var place: Location
  /// The entry that asked for it, where that is elsewhere.
  public var entry: Location?
  /// The fields, in the order of the object.
  public var fields: [String]
}
