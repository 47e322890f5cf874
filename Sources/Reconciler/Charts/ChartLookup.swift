import ClusterModel
import Diagnostics
import Documents
import Files
import Flux
import Kubernetes
import YAML

/// Where a HelmRelease's chart is.
enum ChartLookup: Sendable {
  /// A folder or archive in a tree. Places in it mean something to a reader where `isInRepository`.
  case found(tree: any FileTree, path: RepoPath, isInRepository: Bool)
  /// It is not at hand.
  case unavailable(Gap)
  /// Flux would not find it either.
  case failed(BuildProblem)
  /// The reference names nothing in the cluster: a finding of its own.
  case sourceMissing
}

extension ClusterState {
  /// Looks for the chart of a HelmRelease: in the artifact of its source, or on the shelf.
  func chart(
    of release: HelmRelease, shelf: ChartShelf, artifacts: inout ArtifactCache
  ) -> ChartLookup {
    if let reference = release.chartRef { return chart(of: reference, release, shelf) }
    guard let chart = release.chart?.value.spec?.value, let name = chart.chart, let reference = chart.sourceRef else {
      return .sourceMissing
    }
    guard let source = object(reference.id) ?? ownSource(reference.id) else { return .sourceMissing }
    guard reference.kind != "HelmRepository" else {
      return shelved(name.value, constraint: chart.version?.value ?? "*", shelf, release, at: name.origin)
    }
    switch resolve(reference).artifact ?? resolver.resolve(source.manifest, id: reference.id) {
    case .local(let files):
      do {
        return self.chart(name, in: try artifacts.artifact(files))
      } catch {
        return .failed(BuildProblem(message: error.message, location: name.origin.location))
      }
    case .composed(let artifact): return self.chart(name, in: artifact)
    case .external(let reason, let help):
      return .unavailable(
        gap(release, "its chart '\(name.value)' is in \(reference.id), and \(reason)", help: help, at: reference.origin)
      )
    }
  }

  private func ownSource(_ id: ObjectID) -> AppliedObject? {
    guard resolver.ownSources.contains(id), let seed = seed.objects.first(where: { $0.id == id }) else { return nil }
    return AppliedObject(manifest: seed, id: id, trace: [], reconciliation: 0, flux: FluxObject(seed))
  }

  private func chart(_ name: Field<String>, in artifact: any SourceArtifact) -> ChartLookup {
    do {
      let path = try RepoPath(name.value)
      guard try artifact.kind(of: path) != nil else {
        let message = "chart path '\(name.value)' is not in the artifact"
        return .failed(BuildProblem(message: message, location: name.origin.location))
      }
      return .found(tree: artifact, path: path, isInRepository: true)
    } catch let error as PathError {
      return .failed(BuildProblem(message: error.message, location: name.origin.location))
    } catch {
      let message = (error as? FileError)?.message ?? "the chart cannot be read"
      return .failed(BuildProblem(message: message, location: name.origin.location))
    }
  }

  private func chart(of reference: ObjectRef, _ release: HelmRelease, _ shelf: ChartShelf) -> ChartLookup {
    guard let source = object(reference.id) else { return .sourceMissing }
    let place = reference.origin
    if case .composed(let artifact) = resolve(reference).artifact {
      return composedChart(in: artifact, of: reference)
    }
    switch source.flux {
    case .ociRepository(let repository):
      let name = repository.url?.value.split(separator: "/").last.map(String.init) ?? ""
      let tag = repository.ref?.value.tag?.value ?? repository.ref?.value.semver?.value
      guard let tag else {
        let message = "the version of chart '\(name)' is not known: \(source.id) names no tag and no semver range"
        return .unavailable(gap(release, message, help: "Give `spec.ref.tag` beside the digest", at: place))
      }
      return shelved(name, constraint: tag, shelf, release, at: place)
    case .helmChart(let chart):
      return shelved(
        chart.chart?.value ?? "", constraint: chart.version?.value ?? "*", shelf, release, at: place)
    default:
      return .unavailable(gap(release, "its chart comes from \(source.id)", help: "", at: place))
    }
  }

  /// The chart that an ArtifactGenerator puts together: at the root of the artifact, or in a folder there as archives
  /// of charts have it.
  private func composedChart(in artifact: ComposedArtifact, of reference: ObjectRef) -> ChartLookup {
    let folders = (try? artifact.entries(of: .root))??.filter { $0.kind == .directory }.map {
      RepoPath.root.child($0.name)
    }
    for path in [.root] + (folders ?? []) where (try? artifact.kind(of: path.child("Chart.yaml"))) == .file {
      return .found(tree: artifact, path: path, isInRepository: artifact.isReadable(below: path))
    }
    let message = "artifact \(reference.id) holds no chart"
    return .failed(BuildProblem(message: message, location: reference.origin.location))
  }

  private func shelved(
    _ name: String, constraint: String, _ shelf: ChartShelf, _ release: HelmRelease, at place: Origin
  ) -> ChartLookup {
    if let copy = shelf.newest(name, allowedBy: constraint) {
      return .found(tree: copy.directory.tree, path: copy.path, isInRepository: copy.isInRepository)
    }
    let others = shelf.versions(of: name)
    let known = others.isEmpty ? "" : " (at hand: \(others.joined(separator: ", ")))"
    let help = """
      Pull it into a folder (`helm pull` writes NAME-VERSION.tgz) and name that folder under `charts:` in .sluice.yaml \
      or with --charts
      """
    return .unavailable(
      gap(release, "chart '\(name)' version '\(constraint)' is not at hand\(known)", help: help, at: place))
  }

  private func gap(_ release: HelmRelease, _ reason: String, help: String, at place: Origin) -> Gap {
    Gap(
      kind: "chart-unavailable", message: "\(release.id) is not rendered: \(reason)", help: help,
      location: place.location, object: release.manifest.reference)
  }
}

extension ChartShelf.Copy {
  /// Archives are in the repository as files, but nobody reads lines in them.
  fileprivate var isInRepository: Bool { directory.isInRepository && !isArchive }
}
