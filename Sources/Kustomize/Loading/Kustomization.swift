import Diagnostics
import Files
import YAML

/// A kustomization file, as kustomize 5.8.1 understands it, each field with its place.
struct Kustomization: Sendable {
  /// A whole kustomization, or a component that adds to the kustomization that includes it.
  enum Kind: String, Sendable {
    case kustomization = "Kustomization"
    case component = "Component"
  }

  /// Where the file is.
  var path: RepoPath
  /// Where the file begins: what to point at when it is meant as a whole.
  var origin: Origin
  var kind = Kind.kustomization

  // What is taken in
  var resources: [Placed<String>] = []
  var components: [Placed<String>] = []
  var crds: [Placed<String>] = []
  var configurations: [Placed<String>] = []
  var openAPI: OpenAPIField?

  // What is made
  var configMapGenerator: [GeneratorArguments] = []
  var secretGenerator: [GeneratorArguments] = []
  var generatorOptions: GeneratorOptions?
  var helmGlobals = HelmGlobals()
  var helmCharts: [HelmChart] = []
  var generators: [Node] = []

  // What is changed
  var transformers: [Node] = []
  var validators: [Node] = []
  var namespace: Placed<String>?
  var namePrefix: Placed<String>?
  var nameSuffix: Placed<String>?
  var commonLabels: [PlacedPair] = []
  var labels: [LabelArguments] = []
  var commonAnnotations: [PlacedPair] = []
  var patchesStrategicMerge: [Node] = []
  var patchesJSON6902: [PatchArguments] = []
  var patches: [PatchArguments] = []
  var images: [ImageArguments] = []
  var replacements: [ReplacementArguments] = []
  var replicas: [ReplicaTransformer] = []
  var variables: [VariableArguments] = []

  // How it is written
  var sortOptions: SortOptions?
  var buildMetadata: [Placed<String>] = []
}

/// `openapi`: the schema to take merge keys and scopes from.
struct OpenAPIField: Sendable {
  var version: Placed<String>?
  var path: Placed<String>?
}

/// `sortOptions`.
struct SortOptions: Sendable {
  var order: Placed<String>?
  var origin: Origin
  /// `legacySortOptions`: the kinds that come first and last; nil where it is not set.
  var legacy: (first: [String], last: [String])?
}

/// One entry of `labels`.
struct LabelArguments: Sendable {
  var pairs: [PlacedPair]
  var includesSelectors: Bool
  var includesTemplates: Bool
  var fields: [FieldSpec]
  var origin: Origin
}

/// One entry of `patches` or `patchesJson6902`.
struct PatchArguments: Sendable {
  var path: Placed<String>?
  var patch: Node?
  var target: Selector?
  var allowsNameChange = false
  var allowsKindChange = false
  var origin: Origin
}

/// One entry of `images`.
struct ImageArguments: Sendable {
  var name: String
  var newName: String
  var newTag: String
  var tagSuffix: String
  var digest: String
  /// Where the new name, tag or digest stands.
  var origin: Origin

  /// What makes the change.
  func transformer() throws(KustomizeError) -> ImageTransformer {
    try ImageTransformer(
      name: name, newName: newName, newTag: newTag, tagSuffix: tagSuffix, digest: digest, origin: origin)
  }
}

/// One entry of `replacements`: a replacement, or the path of a file with some.
struct ReplacementArguments: Sendable {
  var path: Placed<String>?
  /// The replacement, where none is read from a file.
  var replacement: Replacement?
}

/// One entry of `vars`.
struct VariableArguments: Sendable {
  var name: String
  var target: ResourceID
  var fieldPath: String
  var origin: Origin
}
