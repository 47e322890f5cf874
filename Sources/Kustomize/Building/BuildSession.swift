import Diagnostics
import Documents
import Files
import Kubernetes
import YAML

/// `kustomize build` as a function.
public enum KustomizeBuild {
  /// How deep kustomizations may include each other.
  public static let depthLimit = 100
  /// How many directories one build may visit: bases that include each other twice double with every level.
  public static let directoryLimit = 10_000
  /// How many objects may be handed from one kustomization to the next, counted each time.
  public static let handoverLimit = 2_000_000
  /// How many values the patches of a build may walk over: each patch walks over its own and those of each of its targets.
  public static let patchLimit = 50_000_000

  /// Builds the kustomization in `directory`.
  /// - Throws: ``KustomizeError`` at the place that causes it.
  public static func run(
    _ directory: RepoPath, in tree: any DocumentTree, options: BuildOptions = BuildOptions()
  ) throws(KustomizeError) -> BuildResult {
    var session = BuildSession(tree: tree, options: options)
    do {
      return try session.run(directory)
    } catch {
      throw session.result.remoteReferences.isEmpty ? error : session.blaming(error)
    }
  }
}

/// One build from the top kustomization down: the options, and what is noted on the way.
struct BuildSession {
  let tree: any DocumentTree
  let options: BuildOptions
  /// The types that are known; the first kustomization that brings a schema of its own decides for all.
  private(set) var schema = Schema.kubernetes
  private var hasOwnSchema = false
  /// Whether the build had to look into the built-in schema, which stays below one that a later kustomization brings.
  private var hasUsedBuiltInSchema = false
  /// What the build will hand out beside the objects.
  var result = BuildResult()
  private var filesRead: Set<RepoPath> = []
  /// How much was left out before the kustomization that is being worked on took in anything.
  var missingBefore = 0
  private var handedOver = 0
  private var patchedValues = 0

  init(tree: any DocumentTree, options: BuildOptions) {
    self.tree = tree
    self.options = options
  }

  /// The whole build. What follows the accumulation is done once, at the top: names are final only then.
  mutating func run(_ directory: RepoPath) throws(KustomizeError) -> BuildResult {
    let top = try loadTop(directory)
    try adoptSchema(of: top)
    var accumulated = try accumulate(top, onto: Accumulator())
    try accumulated.resources.addHashes()
    do {
      try accumulated.nameReferences.fix(&accumulated.resources)
      try resolveVariables(&accumulated)
    } catch {
      guard isConsequence(error) else { throw error }
    }
    try accumulated.resources.removeLocal()
    try order(&accumulated.resources, by: top.file.sortOptions)
    try finish(&accumulated.resources, top.file)
    result.resources = accumulated.resources.items
    result.filesRead = filesRead.sorted()
    return result
  }

  /// The error of a build that went on without what is elsewhere, which may well be what is missed.
  func blaming(_ error: KustomizeError) -> KustomizeError {
    switch error.code {
    case .patch, .reference, .replacement, .generator: break
    case .loading, .field, .object, .selector, .conflict, .cycle, .remote, .limit: return error
    }
    var error = error
    error.code = .remote
    error.remoteReferences = result.remoteReferences
    error.text += ", unless it is in what was left out"
    error.trace += result.remoteReferences.map { RelatedLocation("'\($0.text)' was left out here", at: $0.location) }
    return error
  }

  /// Notes that a file took part.
  mutating func note(read path: RepoPath) {
    filesRead.insert(path)
  }

  /// Accounts for objects that a kustomization hands to the one that `entry` stands in.
  mutating func charge(handover count: Int, by entry: Placed<String>) throws(KustomizeError) {
    handedOver += count
    guard handedOver <= KustomizeBuild.handoverLimit else {
      throw KustomizeError(
        .limit,
        "the kustomizations of the build hand on more than \(KustomizeBuild.handoverLimit) objects from one to the next",
        at: entry.origin.location)
    }
  }

  /// Accounts for a patch of `count` values, and for `target` where the patch walks over all of it.
  mutating func charge(patch count: Int, of target: Node? = nil, at entry: Location) throws(KustomizeError) {
    patchedValues += count + (target?.valueCount ?? 1)
    guard patchedValues <= KustomizeBuild.patchLimit else {
      throw KustomizeError(
        .limit, "the patches of the build walk over more than \(KustomizeBuild.patchLimit) values", at: entry)
    }
  }

  /// How many entries with objects were left out so far: what is elsewhere, and what cannot be built.
  var missing: Int { result.remoteReferences.count(where: \.bringsObjects) + result.leftOut.count }

  /// Notes that the target of a patch selects none of `resources`, and which of its fields keeps it from doing so. What a
  /// patch changes may be in what the kustomization asks for and does not get.
  mutating func note(unmatched matcher: SelectorMatcher, in resources: ResourceList) {
    guard missing == missingBefore else { return }
    let target = matcher.selector
    var culprit: Location?
    for field in Selector.Field.allCases where culprit == nil {
      guard let place = target.places[field], !target.without(field).isEmpty else { continue }
      // A selector of labels that nothing came as far as may be no selector at all.
      guard let selected = try? resources.positions(selectedBy: matcher.without(field)) else { continue }
      if !selected.isEmpty { culprit = place }
    }
    result.unmatchedPatches.append(
      UnmatchedPatch(
        location: target.origin.location, target: target.description, field: culprit ?? target.origin.location))
  }

  /// Notes that objects were read: the scopes of the built-in types are known without a look into the schema, others are not.
  mutating func note(read resources: [Resource]) {
    guard !hasUsedBuiltInSchema, !hasOwnSchema else { return }
    hasUsedBuiltInSchema = resources.contains { schema.scope(of: $0.identity.type) == nil }
  }

  /// Notes that objects were merged, by the rules of the schema.
  mutating func noteMerge() {
    hasUsedBuiltInSchema = hasUsedBuiltInSchema || !hasOwnSchema
  }

  /// Takes over the schema that a kustomization names, unless one above or before it did.
  mutating func adoptSchema(of target: Target) throws(KustomizeError) {
    guard !hasOwnSchema, let field = target.file.openAPI else { return }
    if let path = field.path {
      let (read, documents) = try target.loader.documents(path)
      note(read: read)
      if let version = field.version {
        throw KustomizeError(
          .field, "openapi has both a path and a version; only one can be used", at: version.origin.location)
      }
      schema = Schema(
        openAPI: documents.first?.root ?? Node(.mapping(Mapping()), origin: path.origin),
        isAddition: hasUsedBuiltInSchema)
      hasOwnSchema = true
    } else if let version = field.version, !version.value.isEmpty {
      guard version.value == Self.builtInSchemaVersion else {
        throw KustomizeError(
          .field, "openapi version '\(version.value)' is not built in; \(Self.builtInSchemaVersion) is",
          at: version.origin.location)
      }
      hasOwnSchema = true
    }
  }

  /// The only Kubernetes version whose schema kustomize 5.8.1 carries.
  private static let builtInSchemaVersion = "v1.21.2"
}
