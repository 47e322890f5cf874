import ClusterModel
import Diagnostics
import Documents
import Files
import Flux
import Kubernetes
import YAML

/// The artifacts of one ArtifactGenerator.
struct CompositionJob: Sendable {
  let generator: ArtifactGenerator
  let repository: any DocumentTree
  /// What each alias hands out; nil where that is not at hand.
  let sources: [String: (any SourceArtifact)?]
  let trace: [RelatedLocation]
  /// The Flux of the cluster.
  let flux: FluxVersion

  /// One artifact to compose: as written, or as a directory that the path pattern finds makes it.
  private struct Request {
    var name: Field<String>
    var copies: [Field<ArtifactGenerator.Copy>]
    var labels: [String: String] = [:]
  }

  func run() -> BuiltReconciliation {
    var built = BuiltReconciliation(outcome: .done)
    do throws(CompositionError) {
      try validate()
      for request in try requests() { compose(request, into: &built) }
    } catch {
      note(error, artifact: "", in: &built)
      for name in generator.artifacts.compactMap({ $0.name?.value }) where generator.pathPattern == nil {
        built.artifacts[id(name)] = .unavailable("\(generator.id) composes nothing: \(error.message)")
      }
    }
    return built
  }

  private func id(_ name: String) -> ObjectID {
    ObjectID(group: FluxGroups.source, kind: "ExternalArtifact", namespace: generator.namespace, name: name)
  }

  // MARK: what is asked for

  /// What the controller refuses before it looks at a file (source-watcher, `validateSpec`).
  private func validate() throws(CompositionError) {
    var aliases: Set<String> = []
    for alias in generator.sources.compactMap(\.alias) {
      guard aliases.insert(alias.value).inserted else {
        throw CompositionError(
          .invalidGenerator, "alias '\(alias.value)' stands twice in spec.sources", at: alias.origin)
      }
    }
    var names: Set<String> = []
    for artifact in generator.artifacts {
      guard let name = artifact.name else {
        throw CompositionError(.invalidGenerator, "an artifact must have a name", at: artifact.origin)
      }
      guard names.insert(name.value).inserted else {
        throw CompositionError(.invalidGenerator, "artifact '\(name.value)' stands twice", at: name.origin)
      }
      guard generator.pathPattern != nil || name.value.isObjectName else {
        throw CompositionError(.invalidGenerator, "'\(name.value)' cannot be the name of an object", at: name.origin)
      }
      if let revision = artifact.revision, !aliases.contains(String(revision.value.drop { $0 == "@" })) {
        throw CompositionError(
          .unknownAlias(revision.value), "revision '\(revision.value)' names an alias that spec.sources does not have",
          at: revision.origin)
      }
    }
  }

  private func requests() throws(CompositionError) -> [Request] {
    let written = generator.artifacts.compactMap { artifact in
      artifact.name.map { Request(name: $0, copies: artifact.copy) }
    }
    guard let text = generator.pathPattern, !text.value.isEmpty else { return written }
    let pattern = try PathPattern(text)
    guard let source = sources[pattern.alias] else {
      throw CompositionError(
        .unknownAlias(pattern.alias), "pathPattern '\(text.value)' names an alias that spec.sources does not have",
        at: text.origin)
    }
    guard let source else {
      throw CompositionError(gap: "the files of source '@\(pattern.alias)' are not at hand", at: text.origin)
    }
    var found: [Request] = []
    var directories: [String: RepoPath] = [:]
    for match in try pattern.matches(in: source) {
      for request in written {
        let filled = try self.filled(request, from: match)
        if let other = directories.updateValue(match.directory, forKey: filled.name.value) {
          throw CompositionError(
            .invalidPathPattern, "'\(other)' and '\(match.directory)' both make artifact '\(filled.name.value)'",
            at: request.name.origin)
        }
        found.append(filled)
      }
    }
    return found
  }

  private func filled(_ request: Request, from match: PathPattern.Match) throws(CompositionError) -> Request {
    func fill(_ field: Field<String>, _ values: [String: String]) throws(CompositionError) -> Field<String> {
      do throws(PlaceholderError) {
        return Field(try Placeholders.filled(field.value, with: values), origin: field.origin)
      } catch {
        throw CompositionError(
          .invalidPathPattern, "'\(field.value)' cannot be filled in: \(error.reason)", at: field.origin)
      }
    }
    var result = request
    result.name = try fill(request.name, match.normalised)
    result.labels = match.normalised
    guard result.name.value.isObjectName else {
      throw CompositionError(
        .invalidPathPattern,
        "'\(match.directory)' makes artifact '\(result.name.value)', which cannot be an object's name",
        at: request.name.origin)
    }
    for index in result.copies.indices {
      if let from = result.copies[index].from { result.copies[index].value.from = try fill(from, match.captures) }
      if let to = result.copies[index].to { result.copies[index].value.to = try fill(to, match.captures) }
    }
    return result
  }

  // MARK: what comes of it

  private func compose(_ request: Request, into built: inout BuiltReconciliation) {
    let id = id(request.name.value)
    if let manifest = Manifest(externalArtifact(request)) {
      built.objects.append(.init(manifest: manifest, trace: [], unknownPaths: []))
    }
    do throws(CompositionError) {
      let staging = try ArtifactComposer.compose(request.copies, from: sources, flux: flux)
      for overwrite in staging.overwrites { note(overwrite, of: request, in: &built) }
      do { built.artifacts[id] = .artifact(try ComposedArtifact(staging.entries, of: repository)) } catch {
        throw CompositionError(gap: error.message, at: request.name.origin)
      }
      built.files = Set(built.files + staging.entries.values.flatMap(\.parts)).sorted()
    } catch {
      note(error, artifact: request.name.value, in: &built)
      built.artifacts[id] = .unavailable("\(generator.id) cannot compose it: \(error.message)")
    }
  }

  private func note(_ overwrite: Staging.Overwrite, of request: Request, in built: inout BuiltReconciliation) {
    let isIntended = overwrite.by.strategy == .overwrite && overwrite.by.copy.strategy != nil
    built.artifactProblems.append(
      ArtifactProblem(
        .overwritten(path: overwrite.path.string, isIntended: isIntended),
        message: "'\(overwrite.by.from.value)' overwrites '\(overwrite.path)' of artifact '\(request.name.value)'",
        generator: generator.id, artifact: request.name.value, location: overwrite.by.to.origin.location,
        related: [RelatedLocation("an earlier copy puts a file there", at: overwrite.earlier)] + trace))
  }

  private func note(_ error: CompositionError, artifact: String, in built: inout BuiltReconciliation) {
    built.outcome = .gap
    switch error.code {
    case .problem(let kind):
      built.artifactProblems.append(
        ArtifactProblem(
          kind, message: error.message, generator: generator.id, artifact: artifact, location: error.place,
          related: trace))
      built.outcome = .failed(BuildProblem(message: error.message, location: error.place, trace: trace))
    case .gap:
      let what =
        artifact.isEmpty
        ? "\(generator.id) composes nothing" : "artifact '\(artifact)' of \(generator.id) is not composed"
      built.gaps.append(
        Gap(
          kind: "artifact-not-composed", message: "\(what): \(error.message)", location: error.place, related: trace,
          object: generator.manifest.reference))
    }
  }

  /// The object that consumers refer to.
  private func externalArtifact(_ request: Request) -> Node {
    let origin = request.name.origin.adding(.reconciled(field: "spec.artifacts"), at: generator.origin.location)
    var labels = (generator.commonMetadata?.labels ?? []).map { ($0.key.value, $0.value.value) }
    labels += request.labels.sorted { $0.key < $1.key }
    labels.append(("app.kubernetes.io/managed-by", "source-watcher"))
    let made = MadeObject(origin: origin)
    var metadata = [("name", made.text(request.name.value)), ("namespace", made.text(generator.namespace))]
    metadata.append(("labels", made.texts(labels)))
    let annotations = (generator.commonMetadata?.annotations ?? []).map { ($0.key.value, $0.value.value) }
    if !annotations.isEmpty { metadata.append(("annotations", made.texts(annotations))) }
    let sourceRef = made.texts([
      ("apiVersion", generator.manifest.apiVersion), ("kind", "ArtifactGenerator"), ("name", generator.name),
      ("namespace", generator.namespace),
    ])
    return made.object(
      "\(FluxGroups.source)/v1", "ExternalArtifact", metadata: metadata,
      spec: [("sourceRef", sourceRef)])
  }
}

extension ClusterState {
  private static let disabling = "source.extensions.fluxcd.io/reconcile"

  /// The job of composing the artifacts of a generator.
  mutating func compositionJob(
    _ generator: ArtifactGenerator, at position: Int, shelf: ChartShelf, artifacts: inout ArtifactCache
  ) -> CompositionJob? {
    if isDisabled(generator.manifest, by: Self.disabling, at: position) {
      for name in generator.artifacts.compactMap({ $0.name?.value }) {
        let id = ObjectID(
          group: FluxGroups.source, kind: "ExternalArtifact", namespace: generator.namespace, name: name)
        markUnavailable(id, "\(generator.id) is not reconciled")
      }
      return nil
    }
    var sources: [String: (any SourceArtifact)?] = [:]
    for source in generator.sources {
      guard let alias = source.alias?.value, sources[alias] == nil else { continue }
      sources.updateValue(files(of: source.ref, shelf: shelf, artifacts: &artifacts), forKey: alias)
    }
    return CompositionJob(
      generator: generator, repository: artifacts.repository, sources: sources, trace: reconciliations[position].trace,
      flux: version.version)
  }

  private func files(
    of reference: ObjectRef?, shelf: ChartShelf, artifacts: inout ArtifactCache
  ) -> (any SourceArtifact)? {
    if let reference, reference.kind == "HelmChart" {
      return packedChart(reference, shelf: shelf, artifacts: &artifacts)
    }
    return switch resolve(reference).artifact {
    case .local(let files): try? artifacts.artifact(files)
    case .composed(let artifact): artifact
    case .external, nil: nil
    }
  }
}
