import ClusterModel
import Diagnostics
import Documents
import Files
import Flux
import Kubernetes
import Kustomize
import YAML

/// The build of one Kustomization: a pure function of what it holds.
struct BuildJob: Sendable {
  let kustomization: Flux.Kustomization
  let reference: ObjectReference
  let artifact: Artifact
  let variables: Variables
  let version: FluxVersion

  /// Builds it.
  func run() -> BuiltKustomization {
    let build = FluxBuild(kustomization, artifact: artifact, variables: variables.substitution, version: version)
    do throws(FluxBuildError) {
      return entered(try build.run())
    } catch {
      return BuiltKustomization(outcome: outcome(of: error))
    }
  }

  private func entered(_ result: FluxBuild.Result) -> BuiltKustomization {
    var built = BuiltKustomization(outcome: .done, path: result.directory)
    built.objects = result.objects.map {
      .init(manifest: $0.manifest, trace: $0.trace, earlier: $0.earlier, unknownPaths: $0.unknownPaths)
    }
    built.files = Set(result.build.filesRead.map { $0.below(artifact.root) }).sorted()
    built.undefinedVariables = result.undefined.map { undefined in
      UndefinedVariable(
        name: undefined.use.name, location: undefined.use.origin.location, object: undefined.object,
        trace: undefined.trace + undefined.use.origin.trace, searched: variables.searched)
    }
    built.unmatchedPatches = result.build.unmatchedPatches.map(\.location)
    built.gaps = result.build.remoteReferences.map { remote in
      Gap(
        kind: "remote-base", message: "\(reference) takes in \(remote.text), which would have to be fetched",
        help: "Vendor it into this repository, or make it a source of its own", location: remote.location,
        object: reference)
    }
    return built
  }

  /// Whether a file of the artifact is no YAML.
  private func isUnreadable(_ file: SourceFile) -> Bool {
    guard let path = (try? RepoPath(file.path))?.relative(to: artifact.root) else { return false }
    do throws(DocumentError) {
      _ = try artifact.documents(at: path)
      return false
    } catch {
      if case .yaml = error { return true }
      return false
    }
  }

  private func outcome(of error: FluxBuildError) -> Reconciliation.Outcome {
    let place = error.location ?? kustomization.origin.location
    let problem = BuildProblem(
      message: error.message, location: place, trace: error.trace, isUnreadableFile: isUnreadable(place.file))
    switch error.code {
    case .pathMissing, .pathIsFile: return .pathMissing(problem)
    default: return .failed(problem)
    }
  }
}

extension ClusterState {
  /// The job of building a waiting Kustomization. Nil when there is nothing to build from: its outcome is entered at once.
  mutating func buildJob(
    _ kustomization: Flux.Kustomization, at position: Int, artifacts: inout ArtifactCache
  ) -> BuildJob? {
    let reference = kustomization.manifest.reference
    let resolution = resolve(kustomization.sourceRef)
    reconciliations[position].source = resolution.source
    switch resolution.artifact {
    case .local(let root, let ignore):
      do throws(FileError) {
        let artifact = try artifacts.artifact(root: root, ignore: ignore)
        let variables = Variables(of: kustomization, reference: reference, objects: object)
        for gap in variables.gaps { note(gap) }
        return BuildJob(
          kustomization: kustomization, reference: reference, artifact: artifact, variables: variables,
          version: version.version)
      } catch {
        let place = kustomization.path?.origin ?? kustomization.origin
        reconciliations[position].outcome = .failed(BuildProblem(message: error.message, location: place.location))
      }
    case .external(let reason, let help):
      let place = kustomization.sourceRef?.origin ?? kustomization.origin
      let name = kustomization.sourceRef?.id.description ?? "its source"
      note(
        Gap(
          kind: "source-external", message: "\(reference) is not built from \(name): \(reason)", help: help,
          location: place.location, related: reconciliations[position].trace, object: reference))
    case nil:
      break  // the reference names nothing: a finding, not a gap
    }
    return nil
  }

  private func resolve(
    _ reference: ObjectRef?
  ) -> (source: SourceResolution, artifact: SourceResolver.Resolution?) {
    guard let reference else { return (.none, nil) }
    let id = reference.id
    if let generator = generator(of: id) {
      let reason = "\(generator.id) composes it, which is not evaluated"
      return (.external(source: id), .external(reason: reason, help: ""))
    }
    guard let source = object(id) else {
      guard resolver.ownSources.contains(id) else {
        return (.missing(kind: reference.kind, namespace: reference.namespace, name: reference.name), nil)
      }
      return (.local(source: id, root: .root), .local(root: .root, ignore: nil))
    }
    let resolution = resolver.resolve(source.manifest, id: id)
    switch resolution {
    case .local(let root, _): return (.local(source: id, root: root), resolution)
    case .external: return (.external(source: id), resolution)
    }
  }
}

extension ClusterState {
  /// The ArtifactGenerator that makes the ExternalArtifact with this identity.
  fileprivate func generator(of id: ObjectID) -> AppliedObject? {
    guard id.kind == "ExternalArtifact" else { return nil }
    return objects.first { object in
      guard case .artifactGenerator(let generator) = object.flux, object.id.namespace == id.namespace else {
        return false
      }
      return generator.artifacts.contains { $0.name?.value == id.name }
    }
  }
}

/// Artifacts that were looked through already: many Kustomizations read the same one.
struct ArtifactCache: Sendable {
  private struct Key: Hashable {
    var root: RepoPath
    var ignore: String?
  }

  private let input: SimulationInput
  private var known: [Key: Artifact] = [:]

  init(_ input: SimulationInput) {
    self.input = input
  }

  mutating func artifact(root: RepoPath, ignore: SourceIgnore.Text?) throws(FileError) -> Artifact {
    let key = Key(root: root, ignore: ignore?.value)
    if let artifact = known[key] { return artifact }
    let artifact = try Artifact(of: input.repository, root: root, ignore: ignore)
    known[key] = artifact
    return artifact
  }
}
