import Diagnostics
import Files
import Flux
import Kubernetes
import YAML

/// One thing that applies objects, and what came of it.
public struct Reconciliation: Sendable {
  /// What does the applying.
  public enum Kind: Sendable, Hashable {
    /// A Flux Kustomization.
    case kustomization
    /// A HelmRelease.
    case helmRelease
    /// A ResourceSet of the Flux operator.
    case resourceSet
    /// An ArtifactGenerator: what it applies are ExternalArtifacts.
    case artifactGenerator
    /// `flux bootstrap`, the operator's installation or a hand: what is there before Flux starts.
    case bootstrap
    /// A reconciler of another cluster's Flux, which applies its objects to this one by a kubeconfig.
    case hub

    /// Whether it is none of this cluster's Flux: its objects are there without it.
    public var isGiven: Bool { self == .bootstrap || self == .hub }
  }

  /// What does the applying.
  public var kind: Kind
  /// Whether Helm applies its objects, here or from another cluster.
  public var isRelease: Bool { if case .helmRelease? = definition { true } else { false } }
  /// Whether it is built, and nothing comes out.
  public var appliesNothing: Bool {
    if case .done = outcome { objects.isEmpty && remoteBases.isEmpty } else { false }
  }
  /// The identity of the Flux object; for bootstrap, that of the cluster's entry.
  public var id: ObjectID
  /// The Flux object as it is in the cluster; nil for bootstrap.
  public var definition: FluxObject?
  /// Where the Flux object (or the entry) stands.
  public var location: Location
  /// How the Flux object came into the cluster.
  public var trace: [RelatedLocation]
  /// Where its files come from.
  public var source: SourceResolution
  /// The directory it builds, in the artifact of its source; nil for what has none.
  public var path: RepoPath?
  /// What came of it.
  public var outcome: Outcome
  /// What it applies: indices into the cluster's objects. Where it failed, what it would apply without that.
  public var objects: [Int]
  /// Where it failed and was looked at without what fails: what else is wrong, and what was left out.
  public var remainder: BuildRemainder?
  /// The files of this repository that it reads, sorted.
  public var files: [RepoPath]
  /// Variables without a value, at each place that uses them.
  public var undefinedVariables: [UndefinedVariable]
  /// The effective values of a HelmRelease; nil for anything else, or where they could not be composed.
  public var release: ReleaseFacts?
  /// Patches whose target matched nothing.
  public var unmatchedPatches: [Location]
  /// For each of them the field of the target without which it would fit something.
  public var unmatchedFields: [Location: Location] = [:]
  /// Entries of its kustomizations that would have to be fetched from elsewhere.
  public var remoteBases: [RemoteBase]
  /// Expressions of post-build substitution that do not do what they say.
  public var misreadExpressions: [MisreadExpression]
  /// Values of a HelmRelease that its chart never reads; empty where that cannot be told.
  public var unreadValues: [UnreadValue]
  /// The remote cluster it applies to by `spec.kubeConfig`, named by what leads there, such as `Secret/prod/kubeconfig`;
  /// nil for its own.
  public var remoteCluster: String? { kind == .hub ? nil : kubeConfigTarget }
  /// What its `spec.kubeConfig` leads to, seen from the cluster that has it; nil without one.
  public var kubeConfigTarget: String? {
    switch definition {
    case .kustomization(let kustomization): kustomization.kubeConfig?.value.target
    case .helmRelease(let release): release.kubeConfig?.value.target
    default: nil
    }
  }

  /// A reconciliation of which nothing is known yet but its definition.
  public init(
    kind: Kind, id: ObjectID, definition: FluxObject?, location: Location, trace: [RelatedLocation] = [],
    source: SourceResolution = .none, path: RepoPath? = nil, outcome: Outcome = .done
  ) {
    self.kind = kind
    self.id = id
    self.definition = definition
    self.location = location
    self.trace = trace
    self.source = source
    self.path = path
    self.outcome = outcome
    objects = []
    remainder = nil
    files = []
    undefinedVariables = []
    release = nil
    unmatchedPatches = []
    remoteBases = []
    misreadExpressions = []
    unreadValues = []
  }

  /// Why it fails; empty where it does not.
  public var problems: [BuildProblem] {
    guard case .failed(let first) = outcome else { return [] }
    return [first] + (remainder?.furtherProblems ?? [])
  }

  /// What came of a reconciliation.
  public enum Outcome: Sendable {
    /// Its objects are known.
    case done
    /// Its `spec.path` is not in the artifact; the place is the path's, the text names what was looked for.
    case pathMissing(BuildProblem)
    /// The build fails as the controller's would.
    case failed(BuildProblem)
    /// Something it needs cannot be analysed; the cluster's gaps say what.
    case gap
  }
}

/// What is known of a build that fails: the rest of it was built without the entries that cannot be.
public struct BuildRemainder: Sendable {
  /// What is wrong besides the first reason.
  public var furtherProblems: [BuildProblem]
  /// The words in what was left out; nil where that is not known.
  public var lostWords: Set<String>?

  /// What is known of a build that fails.
  public init(furtherProblems: [BuildProblem], lostWords: Set<String>?) {
    self.furtherProblems = furtherProblems
    self.lostWords = lostWords
  }

  /// Whether an object of this name may be in what was left out, perhaps with a prefix or a suffix.
  public func mayHold(_ name: String) -> Bool {
    guard let lostWords else { return true }
    return lostWords.contains { name == $0 || name.hasPrefix("\($0)-") || name.hasSuffix("-\($0)") }
  }
}

/// Why a build fails.
public struct BuildProblem: Sendable, Hashable {
  /// The engine's reason, without a full stop.
  public var message: String
  /// The entry that causes it.
  public var location: Location
  /// The places that led there.
  public var trace: [RelatedLocation]
  /// Whether the reason is a file that does not parse, or is no Kubernetes object: another rule speaks of those.
  public var isUnreadableFile: Bool
  /// Whether a chart refuses the values of its release by its schema.
  public var isSchemaViolation: Bool
  /// Whether a variable's name or operator is one that post-build substitution does not know.
  public var isMisusedVariable: Bool
  /// Whether a reference to values names a key that its object does not have: another rule speaks of those.
  public var isMissingKey: Bool
  /// What to do, in a sentence; nil where the reason says it all.
  public var remedy: String?

  /// A reason at a place.
  public init(
    message: String, location: Location, trace: [RelatedLocation] = [], isUnreadableFile: Bool = false,
    isSchemaViolation: Bool = false, isMisusedVariable: Bool = false, isMissingKey: Bool = false
  ) {
    self.message = message
    self.location = location
    self.trace = trace
    self.isUnreadableFile = isUnreadableFile
    self.isSchemaViolation = isSchemaViolation
    self.isMissingKey = isMissingKey
    self.isMisusedVariable = isMisusedVariable
  }
}

/// A variable of post-build substitution that has no value where it is used.
public struct UndefinedVariable: Sendable, Hashable {
  /// Its name.
  public var name: String
  /// Where it is used.
  public var location: Location
  /// The object that uses it.
  public var object: ObjectReference
  /// How the text came there.
  public var trace: [RelatedLocation]
  /// The places that were searched: inline `substitute`, then each of `substituteFrom`, in words.
  public var searched: [String]
  /// Whether nothing valid is left of the object without it.
  public var breaksObject: Bool
  /// Whether a generator took the text in.
  public var isGenerated = false
  /// Whether the text only describes a field of a CustomResourceDefinition.
  public var isDescription = false

  /// A use of a variable that has no value.
  public init(
    name: String, location: Location, object: ObjectReference, trace: [RelatedLocation] = [], searched: [String] = [],
    breaksObject: Bool = false
  ) {
    self.name = name
    self.location = location
    self.object = object
    self.trace = trace
    self.searched = searched
    self.breaksObject = breaksObject
  }
}

/// Where the files of a reconciliation come from.
public enum SourceResolution: Sendable, Hashable {
  /// It needs none.
  case none
  /// A source whose files are at hand: its identity, and the directory of the repository that is its root.
  case local(source: ObjectID, root: RepoPath)
  /// An ExternalArtifact that an ArtifactGenerator composes of files at hand. Paths in it are its own.
  case composed(source: ObjectID)
  /// A source that is in the cluster, but whose files are not at hand: a gap.
  case external(source: ObjectID)
  /// The reference names nothing in the cluster.
  case missing(kind: String, namespace: String, name: String)
}

/// What follows from a HelmRelease before its chart is rendered.
public struct ReleaseFacts: Sendable {
  /// The name of the release, after helm-controller's rules.
  public var releaseName: String
  /// The namespace its objects go to where they name none.
  public var releaseNamespace: String
  /// The namespace that holds its records.
  public var storageNamespace: String
  /// The chart's name or path; empty where `chartRef` names a whole chart.
  public var chart: String
  /// The version constraint and where it stands; nil where the source decides.
  public var version: Field<String>?
  /// The effective values: every leaf has the origin that won.
  public var values: Node?
  /// Values whose content is not known: they come from Secrets or from objects nothing in the repository makes.
  public var unknownValues: [String]
  /// For each `targetPath` whether what it sets is among the effective values in the end, and not an inline value; empty
  /// where that is not known.
  public var keptTargets: [String: Bool] = [:]

  /// Facts of a release.
  public init(
    releaseName: String, releaseNamespace: String, storageNamespace: String, chart: String, version: Field<String>?,
    values: Node?, unknownValues: [String] = []
  ) {
    self.releaseName = releaseName
    self.releaseNamespace = releaseNamespace
    self.storageNamespace = storageNamespace
    self.chart = chart
    self.version = version
    self.values = values
    self.unknownValues = unknownValues
  }
}

extension KubeConfig {
  /// One Secret can hold the way to several clusters, under a key each.
  fileprivate var target: String {
    guard let reference = secretRef ?? configMapRef else { return "elsewhere" }
    let key = secretRef == nil ? "" : secretKey.map { ":\($0.value)" } ?? ""
    return "\(reference.kind)/\(reference.namespace)/\(reference.name)\(key)"
  }
}
