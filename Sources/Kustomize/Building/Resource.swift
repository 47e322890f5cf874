import Diagnostics
import Kubernetes
import YAML

/// One object of a build, and what the build remembers about it.
public struct Resource: Sendable {
  /// The object.
  public internal(set) var node: Node {
    didSet { identity = ResourceID(of: node, schema: schema) }
  }
  /// The entries that took it in, innermost first: of the kustomization that names its file, then of the one that includes that.
  public internal(set) var trace: [RelatedLocation]
  /// The object before each patch, first to last.
  public internal(set) var earlier: [EarlierVersion] = []
  /// How many kustomization directories it passed through, the top one included.
  public internal(set) var layers: Int

  /// Its type, name and namespace as they are now.
  private(set) var identity: ResourceID
  /// Its names before each renaming, first to last.
  var previous: [PreviousName] = []
  /// The name prefixes that were added, first to last.
  var prefixes: [String] = []
  /// The name suffixes that were added, first to last.
  var suffixes: [String] = []
  /// Whether its name gets a hash of the content in the end.
  var needsHash = false
  /// What a generator wants to do with an object of the name that exists.
  var behavior = GeneratorBehavior.unspecified
  /// The names of the `vars` that point at it.
  var variables: [String] = []
  /// Whether a chart made it: its namespace is the chart's business then.
  var isFromChart = false
  /// A key that stands twice in its text, which kustomize refuses when it writes the object.
  var duplicateKey: YAMLError?
  /// Where it comes from, for `buildMetadata: [originAnnotations]`.
  var provenance: Provenance?
  /// What changed it, for `buildMetadata: [transformerAnnotations]`.
  var transformations: [Provenance] = []

  private let schema: Schema

  init(node: Node, schema: Schema, trace: [RelatedLocation], layers: Int) {
    self.node = node
    self.schema = schema
    self.trace = trace
    self.layers = layers
    identity = ResourceID(of: node, schema: schema)
  }

  /// A name that a resource had before.
  struct PreviousName: Sendable, Hashable {
    var namespace: String
    var name: String
    var kind: String
  }

  /// All earlier identities, the oldest first. The API version is the one of today.
  var previousIdentities: [ResourceID] {
    previous.map(earlierIdentity)
  }

  private func earlierIdentity(_ earlier: PreviousName) -> ResourceID {
    var type = identity.type
    type.kind = earlier.kind
    return ResourceID(type: type, name: earlier.name, namespace: earlier.namespace, isClusterScoped: false)
  }

  /// The identity as first read.
  var originalIdentity: ResourceID {
    previous.first.map(earlierIdentity) ?? identity
  }

  /// Whether `matches` says yes to the identity of today or to an earlier one.
  func hasIdentity(where matches: (ResourceID) -> Bool) -> Bool {
    matches(identity) || previous.contains { matches(earlierIdentity($0)) }
  }

  /// Remembers the identity of today before it changes.
  mutating func rememberIdentity() {
    previous.append(
      PreviousName(namespace: identity.effectiveNamespace, name: identity.name, kind: identity.type.kind))
  }

  /// Whether kustomize would keep notes about it in its annotations.
  var hasNotes: Bool {
    !previous.isEmpty || !prefixes.isEmpty || !suffixes.isEmpty || needsHash || behavior != .unspecified
      || provenance != nil
  }

  /// Forgets where it comes from and what changed it: kustomize keeps that in annotations, which somebody replaced.
  mutating func forgetProvenance() {
    provenance = nil
    transformations = []
  }

  /// Whether nothing is left of the object.
  var isEmpty: Bool {
    switch node.value {
    case .mapping(let mapping): mapping.isEmpty
    case .sequence(let items): items.isEmpty
    case .scalar(let scalar): scalar.resolved == .null
    }
  }

  /// The place to point at when the object is meant as a whole.
  var location: Location {
    (node[path: "metadata", "name"]?.origin ?? node.origin).location
  }
}
