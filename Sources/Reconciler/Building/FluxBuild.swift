import Diagnostics
import Documents
import Files
import Flux
import Kubernetes
import Kustomize
import YAML

/// The build of one Flux Kustomization, as kustomize-controller does it.
public struct FluxBuild: Sendable {
  /// The Flux object.
  public var kustomization: Flux.Kustomization
  /// The files of its source.
  public var artifact: any DocumentTree
  /// The variables of its post-build substitution.
  public var variables: SubstitutionVariables
  /// The Flux that builds.
  public var version: FluxVersion
  /// What happens with entries that would have to be fetched.
  public var remotePolicy: BuildOptions.RemotePolicy
  /// What happens with what cannot be built.
  public var failurePolicy = BuildOptions.FailurePolicy.stop

  /// The most that the objects into which variables go may amount to, in bytes: a long value can go into each of them.
  static let substitutedLimit = 32 << 20

  /// A build of `kustomization` from the files of `artifact`.
  public init(
    _ kustomization: Flux.Kustomization, artifact: any DocumentTree,
    variables: SubstitutionVariables = SubstitutionVariables(), version: FluxVersion = .newest,
    remotePolicy: BuildOptions.RemotePolicy = .leaveOut
  ) {
    self.kustomization = kustomization
    self.artifact = artifact
    self.variables = variables
    self.version = version
    self.remotePolicy = remotePolicy
  }

  /// What a build gives.
  public struct Result: Sendable {
    /// The directory that `spec.path` names.
    public var directory: RepoPath
    /// The kustomization that was built, with what the Flux object adds to the file.
    public var kustomization: Node
    /// The objects, in the order of the build.
    public var objects: [Object] = []
    /// Variables without a value: from Flux 2.9 on, they fail the Kustomization.
    public var undefined: [Undefined] = []
    /// Expressions with operators that Flux takes for others.
    public var misread: [Misread] = []
    /// Objects that were left out because variables cannot be substituted in them, where that does not stop the build.
    public var leftOut: [FluxBuildError] = []
    /// What kustomize said on the way: warnings, the files read, patches without a target, remote entries.
    public var build: BuildResult
  }

  /// One object that would be applied.
  public struct Object: Sendable {
    /// The object.
    public var manifest: Manifest
    /// The entries of kustomization files that took it in.
    public var trace: [RelatedLocation]
    /// The object before each patch, first to last.
    public var earlier: [EarlierVersion]
    /// How many kustomization directories it passed through.
    public var layers: Int
    /// Fields into which a value went that is not known.
    public var unknownPaths: [String]
  }

  /// A variable without a value, and the object that uses it.
  public struct Undefined: Sendable {
    /// The use.
    public var use: UndefinedUse
    /// The object.
    public var object: ObjectReference
    /// The entries of kustomization files that took the object in.
    public var trace: [RelatedLocation]
    /// Whether nothing valid is left of the object without the value: no Flux can then build it, strict or not.
    public var breaksObject = false
  }

  /// An expression with an operator that Flux takes for another one, and the object that holds it.
  public struct Misread: Sendable {
    /// The use.
    public var use: MisreadUse
    /// The object.
    public var object: ObjectReference
    /// The entries of kustomization files that took the object in.
    public var trace: [RelatedLocation]
  }

  /// Builds it.
  /// - Throws: ``FluxBuildError`` where Flux would fail.
  public func run() throws(FluxBuildError) -> Result {
    let directory = try directory()
    let top = try GeneratedKustomization(
      kustomization: kustomization, directory: directory, tree: artifact, version: version
    ).make()
    // Flux writes the first of several and leaves the refusal to kustomize.
    let files = try ManifestScan(tree: artifact).kustomizationFiles(in: directory)
    guard files.count < 2 else {
      throw FluxBuildError(.severalKustomizations(files.map(\.name)), at: top.node.origin)
    }
    var options = BuildOptions(
      order: .none, loadRestriction: .none, remotePolicy: remotePolicy, topKustomization: top)
    options.failurePolicy = failurePolicy
    let built: BuildResult
    do { built = try KustomizeBuild.run(directory, in: artifact, options: options) } catch {
      throw FluxBuildError(.kustomize(error), at: kustomization.origin)
    }
    var result = Result(directory: directory, kustomization: top.node, build: built)
    let overlay = CommonMetadataOverlay(kustomization.commonMetadata?.value)
    var identities = BuiltIdentities(built.resources.map(\.node))
    var room = Self.substitutedLimit
    for resource in built.resources {
      do {
        try add(resource, overlay, &identities, &room, to: &result)
      } catch {
        guard failurePolicy == .leaveOut else { throw error }
        result.leftOut.append(error)
      }
      guard room >= 0 else { throw FluxBuildError(.tooLong(limit: Self.substitutedLimit), at: resource.node.origin) }
    }
    return result
  }

  /// The generated kustomization alone: what Flux writes before it builds.
  public func topKustomization() throws(FluxBuildError) -> Node {
    try GeneratedKustomization(
      kustomization: kustomization, directory: try directory(), tree: artifact, version: version
    ).make().node
  }

  /// The directory of `spec.path`. Flux joins it to the artifact so that it cannot lead out: `..` stops at the root.
  private func directory() throws(FluxBuildError) -> RepoPath {
    if let problem = kustomization.problems.first(where: { $0.path == "spec.path" }) {
      throw FluxBuildError(.invalidPath(problem), at: problem.origin)
    }
    let text = kustomization.path?.value ?? ""
    let origin = kustomization.path?.origin ?? kustomization.origin
    guard let path = RepoPath(clamping: text) else { throw FluxBuildError(.pathMissing(text), at: origin) }
    if path == .root { return path }
    let kind: EntryKind?
    do throws(FileError) {
      kind = try artifact.kind(of: path) == .link ? linkTarget(path) : artifact.kind(of: path)
    } catch {
      throw FluxBuildError(error, at: path)
    }
    switch kind {
    case .directory: return path
    case nil: throw FluxBuildError(.pathMissing(text), at: origin)
    default: throw FluxBuildError(.pathIsFile(text), at: origin)
    }
  }

  private func linkTarget(_ path: RepoPath) throws(FileError) -> EntryKind {
    try artifact.entries(of: path) == nil ? .file : .directory
  }

  private func add(
    _ resource: Resource, _ overlay: CommonMetadataOverlay, _ identities: inout BuiltIdentities, _ room: inout Int,
    to result: inout Result
  ) throws(FluxBuildError) {
    let written = try manifest(resource.node)
    var object = Object(
      manifest: written, trace: resource.trace, earlier: resource.earlier, layers: resource.layers, unknownPaths: [])
    if let postBuild = kustomization.postBuild {
      let isAlways = version >= .v29 && postBuild.substituteStrategy?.value == "Always"
      let substitution = Substitution(variables, isAlways: isAlways)
      var breaking: Set<String> = []
      let substituted: Substitution.Result
      do {
        (object.manifest, substituted) = try substituting(substitution, in: written, &identities)
      } catch {
        guard failurePolicy == .leaveOut, let marked = marked(written, substitution, error, &identities) else {
          throw error
        }
        (object.manifest, substituted, breaking) = marked
      }
      room -= substituted.length
      object.unknownPaths = substituted.unknownPaths
      result.misread += substituted.misread.map {
        Misread(use: $0, object: object.manifest.reference, trace: resource.trace)
      }
      result.undefined += substituted.undefined.map {
        // A name that the variable was to make up is better told as it is written.
        Undefined(
          use: $0, object: written.reference, trace: resource.trace, breaksObject: breaking.contains($0.name))
      }
    }
    object.manifest.node = overlay.applied(to: object.manifest.node)
    result.objects.append(object)
  }

  /// An object of the build with what the API demands of each.
  func manifest(_ node: Node) throws(FluxBuildError) -> Manifest {
    guard let manifest = Manifest(node), !manifest.apiVersion.isEmpty else {
      throw FluxBuildError(.incompleteObject("apiVersion or kind"), at: node.origin)
    }
    guard !manifest.kind.isEmpty else { throw FluxBuildError(.incompleteObject("kind"), at: node.origin) }
    guard !manifest.name.isEmpty else { throw FluxBuildError(.incompleteObject("name"), at: node.origin) }
    return manifest
  }
}

extension RepoPath {
  /// The path that `text` names below the root, where `..` cannot climb above it; nil when it holds a NUL byte.
  init?(clamping text: String) {
    var parts: [Substring] = []
    for part in text.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    do { self = try RepoPath(parts.joined(separator: "/")) } catch { return nil }
  }
}
