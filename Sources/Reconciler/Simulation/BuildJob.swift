import ClusterModel
import Diagnostics
import Documents
import Files
import Flux
import Kubernetes
import Kustomize
import YAML

/// The build of one Kustomization.
struct BuildJob: Sendable {
  let kustomization: Flux.Kustomization
  let reference: ObjectReference
  let artifact: any SourceArtifact
  let variables: Variables
  let version: FluxVersion
  let scopes: Scopes

  func run() -> BuiltReconciliation {
    var build = FluxBuild(kustomization, artifact: artifact, variables: variables.substitution, version: version)
    do throws(FluxBuildError) {
      return entered(try build.run())
    } catch {
      let failure = failed(error)
      build.failurePolicy = .leaveOut
      // A build that fails for one file must not hide what is wrong with the others.
      guard case .failed(var first) = failure.outcome, let rest = try? build.run() else { return failure }
      var built = entered(rest)
      // What fails for want of a variable's value is told as that, and with the value it is all there.
      if rest.build.leftOut.isEmpty, rest.undefined.contains(where: \.breaksObject) {
        guard let next = rest.leftOut.first else { return built }
        first = problem(of: next)
      }
      built.outcome = .failed(first)
      built.remainder = remainder(of: rest, after: first)
      built.gaps.append(incomplete(rest, first))
      return built
    }
  }

  private func incomplete(_ rest: FluxBuild.Result, _ first: BuildProblem) -> Gap {
    let paths = rest.build.leftOut.compactMap { $0.path?.string }
    let others = paths.count > 1 ? " and \(paths.count - 1) more" : ""
    return Gap(
      kind: "build-incomplete",
      message: "\(reference) fails, and is analysed without \(paths.first.map { $0 + others } ?? "what fails")",
      help: "Correct what the finding there says: more may come to light", location: first.location,
      related: first.trace, object: reference)
  }

  private func remainder(of result: FluxBuild.Result, after first: BuildProblem) -> BuildRemainder {
    let errors =
      result.build.leftOut.map { FluxBuildError(.kustomize($0.error), at: kustomization.origin) } + result.leftOut
    var problems: [BuildProblem] = []
    for problem in errors.map(problem) where problem.location != first.location {
      if !problems.contains(where: { $0.location == problem.location }) { problems.append(problem) }
    }
    // An object without its variables is there, but who knows what it holds.
    let paths = result.leftOut.isEmpty ? result.build.leftOut.map(\.path) : [nil]
    return BuildRemainder(furtherProblems: problems, lostWords: LostWords.words(at: paths, in: artifact))
  }

  private func entered(_ result: FluxBuild.Result) -> BuiltReconciliation {
    var built = BuiltReconciliation(outcome: .done, path: result.directory)
    built.objects = result.objects.map { object in
      var entered = BuiltReconciliation.Object(
        manifest: object.manifest, trace: object.trace, earlier: object.earlier,
        unknownPaths: object.unknownPaths + object.manifest.encryptedPaths, layers: object.layers)
      entered.identified = IdentifiedObject(entered, scopes, isRemote: kustomization.kubeConfig != nil)
      return entered
    }
    built.files = Set(result.build.filesRead.flatMap(artifact.repositoryFiles)).sorted()
    built.undefinedVariables = result.undefined.map(variable)
    built.unmatchedPatches = result.build.unmatchedPatches.map(\.location)
    for patch in result.build.unmatchedPatches { built.unmatchedFields[patch.location] = patch.field }
    built.remoteBases = result.build.remoteReferences.map(RemoteBase.init)
    built.misreadExpressions = result.misread.map { misread in
      MisreadExpression(
        variable: misread.use.name, operation: misread.use.operation, location: misread.use.origin.location,
        object: misread.object, trace: misread.trace + misread.use.origin.trace)
    }
    built.gaps = result.build.remoteReferences.map { remote in
      Gap(
        kind: "remote-base", message: "\(reference) takes in \(remote.text), which would have to be fetched",
        help: "Vendor it into this repository, or make it a source of its own", location: remote.location,
        object: reference)
    }
    return built
  }

  private func variable(_ undefined: FluxBuild.Undefined) -> UndefinedVariable {
    let origin = undefined.use.origin
    var variable = UndefinedVariable(
      name: undefined.use.name, location: origin.location, object: undefined.object,
      trace: undefined.trace + origin.trace, searched: variables.searched, breaksObject: undefined.breaksObject)
    variable.isGenerated = origin.isGenerated
    variable.isDescription =
      undefined.object.kind == "CustomResourceDefinition" && undefined.use.path.hasSuffix(".description")
    return variable
  }

  /// What cannot be built only because a part of it would have to be fetched is a gap, not a failure of Flux's.
  private func failed(_ error: FluxBuildError) -> BuiltReconciliation {
    if let missing = artifact.missingPart {
      var built = BuiltReconciliation(outcome: .gap)
      built.gaps = [
        Gap(
          kind: "source-external", message: "\(reference) is not built from its source: \(missing)",
          help: "Map the repository to a local folder with `sources:` in .sluice.yaml",
          location: kustomization.sourceRef?.origin.location ?? kustomization.origin.location,
          related: error.trace, object: reference)
      ]
      return built
    }
    if let absent = submodule(missedBy: error), absent.isFetched {
      return BuiltReconciliation(submodule: absent.submodule, of: kustomization, error)
    }
    guard case .kustomize(let cause) = error.code, cause.code == .remote else {
      return BuiltReconciliation(outcome: outcome(of: error))
    }
    var built = BuiltReconciliation(outcome: .gap)
    built.remoteBases = cause.remoteReferences.map(RemoteBase.init)
    built.gaps = [
      Gap(
        kind: "remote-base", message: "\(reference) is not built: \(error.message)",
        help: "Vendor it into this repository, or make it a source of its own",
        location: error.location ?? kustomization.origin.location, related: error.trace, object: reference)
    ]
    return built
  }

  /// The submodule that a build lacks: its path leads there, or the entry of a kustomization that is not found.
  private func submodule(missedBy error: FluxBuildError) -> AbsentSubmodule? {
    switch error.code {
    case .pathMissing(let path):
      return artifact.absentSubmodules.first { RepoPath(clamping: path)?.isInside($0.submodule.path) ?? false }
    case .kustomize:
      let words = error.message.split { !($0.isLetter || $0.isNumber || "/._-".contains($0)) }
      return artifact.absentSubmodules.first { absent in
        words.contains { RepoPath(clamping: String($0))?.isInside(absent.submodule.path) ?? false }
      }
    default: return nil
    }
  }

  /// Whether a file of the repository is no YAML, or repeats a key there.
  private func isUnreadable(_ place: Location) -> Bool {
    guard let path = try? RepoPath(place.file.path) else { return false }
    do throws(DocumentError) {
      let keys = try artifact.repository.documents(at: path)?.flatMap(\.duplicateKeys) ?? []
      return keys.contains { $0.place == place }
    } catch {
      if case .yaml = error { return true }
      return false
    }
  }

  private func outcome(of error: FluxBuildError) -> Reconciliation.Outcome {
    let problem = problem(of: error)
    switch error.code {
    case .pathMissing, .pathIsFile: return .pathMissing(problem)
    case .kustomize where kustomization.components.contains { $0.origin.location == problem.location }:
      return .pathMissing(problem)
    default: return .failed(problem)
    }
  }

  private func problem(of error: FluxBuildError) -> BuildProblem {
    let place = error.location ?? kustomization.origin.location
    let lack = submodule(missedBy: error).map { absent in
      " (it is in the submodule \(absent.submodule.path) of \(absent.submodule.url), and the source does not fetch"
        + " submodules: recurseSubmodules)"
    }
    let variable = error.namesVariable ? " (no variable is substituted in a kustomization, only in objects)" : nil
    var problem = BuildProblem(
      message: error.message + (lack ?? variable ?? ""), location: place, trace: error.trace,
      isUnreadableFile: isUnreadable(place) || error.isAboutNoObject,
      isMisusedVariable: error.isMisusedVariable)
    problem.remedy = error.remedy
    return problem
  }
}

extension BuiltReconciliation {
  /// A build for which the files of a submodule would have to be fetched.
  fileprivate init(submodule: Submodule, of kustomization: Flux.Kustomization, _ error: FluxBuildError) {
    self.init(outcome: .gap)
    let reference = kustomization.manifest.reference
    gaps = [
      Gap(
        kind: "source-external",
        message: "\(reference) is not built: \(submodule.path) is a submodule, whose files are in \(submodule.url)",
        help: "Check the submodule out (git submodule update --init) before the analysis",
        location: error.location ?? kustomization.origin.location, related: error.trace, object: reference)
    ]
  }
}

extension FluxBuildError {
  /// Whether a file among the resources holds something else than Kubernetes objects.
  fileprivate var isAboutNoObject: Bool {
    guard case .kustomize(let cause) = code else { return false }
    return cause.code == .object
  }

  fileprivate var isMisusedVariable: Bool {
    guard case .substitution(let error, _) = code else { return namesVariable }
    return switch error.code {
    case .badName, .expression: true
    default: false
    }
  }

  /// Whether a kustomization asks for a path with a variable in it: only objects get their variables.
  fileprivate var namesVariable: Bool {
    guard case .kustomize(let cause) = code, cause.code == .loading else { return false }
    return cause.text.contains("${")
  }
}

extension ClusterState {
  /// The job of building a Kustomization.
  mutating func buildJob(
    _ kustomization: Flux.Kustomization, at position: Int, artifacts: inout ArtifactCache
  ) -> BuildJob? {
    let reference = kustomization.manifest.reference
    let resolution = resolve(kustomization.sourceRef)
    reconciliations[position].source = resolution.source
    switch resolution.artifact {
    case .local(let files):
      do throws(FileError) {
        var problem = try missingDirectory(of: files, in: artifacts.repository)
        if problem == nil { problem = try failedInclude(of: files, &artifacts) }
        if let problem {
          reconciliations[position].outcome = .failed(problem)
          return nil
        }
        return job(kustomization, from: try artifacts.artifact(files))
      } catch {
        let place = kustomization.path?.origin ?? kustomization.origin
        reconciliations[position].outcome = .failed(BuildProblem(message: error.message, location: place.location))
      }
    case .composed(let artifact): return job(kustomization, from: artifact)
    case .external(let reason, let help):
      let place = kustomization.sourceRef?.origin ?? kustomization.origin
      let name = kustomization.sourceRef?.id.description ?? "its source"
      note(
        Gap(
          kind: "source-external", message: "\(reference) is not built from \(name): \(reason)", help: help,
          location: place.location, related: reconciliations[position].trace, object: reference))
    case nil:
      if let gap = unmadeArtifact(kustomization.sourceRef, of: reference, "built") { note(gap) }
    }
    return nil
  }

  /// A reference that names nothing is a finding, not a gap: but controllers of others make ExternalArtifacts, too.
  func unmadeArtifact(_ source: ObjectRef?, of owner: ObjectReference, _ deed: String) -> Gap? {
    guard let source, source.kind == FluxKind.externalArtifact.rawValue else { return nil }
    return Gap(
      kind: "source-external",
      message: "\(owner) is not \(deed) from \(source.id): nothing in the repository makes that artifact",
      help: "Where an ArtifactGenerator is to make it, compare the names; else map it with `sources:` in .sluice.yaml",
      location: source.origin.location, object: owner)
  }

  /// A source does not get ready while a directory of its `sparseCheckout` is not there.
  private func missingDirectory(of files: LocalFiles, in repository: any FileTree) throws(FileError) -> BuildProblem? {
    for directory in files.prefixes where !files.isBucket {
      guard let path = RepoPath(clamping: directory.value) else { continue }
      if try !repository.isDirectory(path.below(files.root)) {
        return BuildProblem(
          message: "the source is not ready: directory '\(directory.value)' of its sparseCheckout is not there",
          location: directory.origin.location, trace: directory.origin.trace)
      }
    }
    return nil
  }

  /// A source does not get ready either while an `include` cannot be moved to its place: what it names is not in the other
  /// artifact, or the place is taken (source-controller; fluxcd/pkg/artifact, `CopyToPath`).
  private func failedInclude(
    of files: LocalFiles, _ artifacts: inout ArtifactCache
  ) throws(FileError) -> BuildProblem? {
    for other in files.included {
      guard let included = other.files, let from = RepoPath(clamping: other.from), let to = RepoPath(clamping: other.to)
      else { continue }
      let source = try artifacts.artifact(included).kind(of: from)
      guard source != nil else {
        return BuildProblem(
          message: "the source is not ready: '\(other.from)', which it includes, is not in \(other.name)",
          location: other.place.location, trace: other.place.trace)
      }
      let isCheckedOut =
        files.prefixes.isEmpty || files.prefixes.contains { RepoPath(clamping: $0.value).map(to.isInside) ?? true }
      guard isCheckedOut, let taken = try artifacts.repository.kind(of: to.below(files.root)),
        source == .directory || taken == .directory
      else { continue }
      return BuildProblem(
        message: "the source is not ready: it includes \(other.name) in '\(to)', which is there already",
        location: other.place.location, trace: other.place.trace)
    }
    return nil
  }

  private mutating func job(_ kustomization: Flux.Kustomization, from artifact: any SourceArtifact) -> BuildJob {
    let reference = kustomization.manifest.reference
    let variables = Variables(of: kustomization, reference: reference, objects: object)
    for gap in variables.gaps { note(gap) }
    return BuildJob(
      kustomization: kustomization, reference: reference, artifact: artifact, variables: variables,
      version: version.version, scopes: scopes)
  }
}

extension RemoteBase {
  fileprivate init(_ reference: RemoteReference) {
    self.init(text: reference.text, location: reference.location, bringsObjects: reference.bringsObjects)
  }
}
