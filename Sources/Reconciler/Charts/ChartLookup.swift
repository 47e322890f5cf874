import ClusterModel
import Diagnostics
import Documents
import Files
import Flux
import Kubernetes
import YAML

/// Where a HelmRelease's chart is.
enum ChartLookup: Sendable {
  case found(FoundChart)
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
    let missing = MissingChart(release)
    if let reference = release.chartRef { return chart(of: reference, missing, shelf, &artifacts) }
    guard let request = release.chart?.value.spec?.value.request else { return .sourceMissing }
    return chart(request, missing, shelf, &artifacts)
  }

  private func chart(
    _ request: ChartRequest, _ missing: MissingChart, _ shelf: ChartShelf, _ artifacts: inout ArtifactCache
  ) -> ChartLookup {
    let reference = request.sourceRef
    guard let source = object(reference.id) ?? ownSource(reference.id) else { return .sourceMissing }
    if case .helmRepository(let repository)? = source.flux {
      return shelved(request, of: repository, missing, shelf)
    }
    let artifact: any SourceArtifact
    let tree: String
    switch resolve(reference).artifact {
    case .local(let files)?:
      do {
        artifact = try artifacts.artifact(files)
        tree = "files \(files.key)"
      } catch {
        return .failed(BuildProblem(message: error.message, location: request.chart.origin.location))
      }
    case .composed(let composed)?: (artifact, tree) = (composed, "\(seed.name) \(reference.id)")
    case .external(let reason, let help)?:
      return .unavailable(
        missing.gap("its chart '\(request.chart.value)' is in \(reference.id), and \(reason)", help, reference.origin))
    case nil: return .sourceMissing
    }
    return chart(request, in: artifact, tree)
  }

  private func ownSource(_ id: ObjectID) -> AppliedObject? {
    guard resolver.ownSources.contains(id), let seed = seed.objects.first(where: { $0.id == id }) else { return nil }
    return AppliedObject(manifest: seed, id: id, trace: [], reconciliation: 0, flux: FluxObject(seed))
  }

  private func chart(_ request: ChartRequest, in artifact: any SourceArtifact, _ tree: String) -> ChartLookup {
    let name = request.chart
    do {
      // A leading slash is the root of the artifact.
      let path = try RepoPath(String(name.value.drop { $0 == "/" }))
      guard try artifact.kind(of: path) != nil else {
        let message = "chart path '\(name.value)' is not in the artifact"
        return .failed(BuildProblem(message: message, location: name.origin.location))
      }
      return .found(
        FoundChart(
          key: .init(tree: tree, path: path), tree: artifact, path: path, isInRepository: true, isFromSource: true,
          valuesFiles: request.valuesFiles, toleratesMissingValuesFiles: request.toleratesMissingValuesFiles))
    } catch let error as PathError {
      return .failed(BuildProblem(message: error.message, location: name.origin.location))
    } catch {
      let message = (error as? FileError)?.message ?? "the chart cannot be read"
      return .failed(BuildProblem(message: message, location: name.origin.location))
    }
  }

  // MARK: chartRef

  private func chart(
    of reference: ObjectRef, _ missing: MissingChart, _ shelf: ChartShelf, _ artifacts: inout ArtifactCache
  ) -> ChartLookup {
    guard let source = object(reference.id) else { return .sourceMissing }
    if case .helmChart(let chart)? = source.flux {
      return chart.request.map { self.chart($0, missing, shelf, &artifacts) } ?? .sourceMissing
    }
    var reason = ""
    switch resolve(reference).artifact {
    case .external(let why, _)?: reason = ", and \(why)"
    case .composed(let artifact)?:
      return chart(in: artifact, of: reference, tree: "\(seed.name) \(reference.id)")
    case .local(let files)?:
      do throws(FileError) {
        let artifact = try artifacts.artifact(files)
        return chart(in: artifact, of: reference, tree: "files \(files.key)")
      } catch {
        return .failed(BuildProblem(message: error.message, location: reference.origin.location))
      }
    case nil: break
    }
    guard case .ociRepository(let repository)? = source.flux else {
      return .unavailable(missing.gap("its chart comes from \(source.id)\(reason)", "", reference.origin))
    }
    return shelved(repository, reference, missing, shelf)
  }

  /// The chart that an artifact consists of: at its root, or in a folder there as archives of charts have it.
  private func chart(in artifact: any SourceArtifact, of reference: ObjectRef, tree: String) -> ChartLookup {
    let folders = (try? artifact.entries(of: .root))??.filter { $0.kind == .directory }.map {
      RepoPath.root.child($0.name)
    }
    for path in [.root] + (folders ?? []) where (try? artifact.kind(of: path.child("Chart.yaml"))) == .file {
      return .found(
        FoundChart(
          key: .init(tree: tree, path: path), tree: artifact, path: path,
          isInRepository: artifact.isReadable(below: path),
          isFromSource: true))
    }
    let message = "artifact \(reference.id) holds no chart"
    return .failed(BuildProblem(message: message, location: reference.origin.location))
  }

  // MARK: Charts at hand

  private func shelved(
    _ request: ChartRequest, of repository: HelmRepository, _ missing: MissingChart, _ shelf: ChartShelf
  ) -> ChartLookup {
    let (name, constraint) = (request.chart.value, request.version?.value ?? "*")
    guard let copy = shelf.newest(name, allowedBy: constraint) else {
      let pull = MissingChart.command(name, constraint, repository: repository.url?.value)
      return .unavailable(missing.gap(name, "version '\(constraint)'", shelf, pull, request.chart.origin))
    }
    var found = FoundChart(copy)
    found.valuesFiles = request.valuesFiles
    found.toleratesMissingValuesFiles = request.toleratesMissingValuesFiles
    return .found(found)
  }

  /// The chart of an OCIRepository, by digest, range or tag (source-controller looks at them in this order).
  private func shelved(
    _ repository: OCIRepository, _ reference: ObjectRef, _ missing: MissingChart, _ shelf: ChartShelf
  ) -> ChartLookup {
    let url = repository.url?.value ?? ""
    let name = url.split(separator: "/").last.map(String.init) ?? ""
    let ref = repository.ref?.value
    let tag = ref?.tag?.value
    if let digest = ref?.digest?.value, !digest.isEmpty {
      // The tag beside a digest is there for readers: it tells the version.
      if let copy = shelf.copy(of: name, digest: digest) ?? tag.flatMap({ shelf.copy(of: name, tag: $0) }) {
        return .found(FoundChart(copy))
      }
      let version = tag.map { "version '\($0)'" } ?? "digest '\(digest)'"
      let pull = "helm pull \(url)@\(digest)"
      return .unavailable(missing.gap(name, version, shelf, pull, reference.origin))
    }
    if let range = ref?.semver?.value, !range.isEmpty {
      if let copy = shelf.newest(name, allowedBy: range, filter: ref?.semverFilter?.value) {
        return .found(FoundChart(copy))
      }
      let pull = "helm pull \(url) --version '\(range)'"
      return .unavailable(missing.gap(name, "version '\(range)'", shelf, pull, reference.origin))
    }
    if let copy = shelf.copy(of: name, tag: tag ?? "latest") { return .found(FoundChart(copy)) }
    let pull = "helm pull \(url):\(tag ?? "latest")"
    return .unavailable(missing.gap(name, "version '\(tag ?? "latest")'", shelf, pull, reference.origin))
  }
}

extension FoundChart {
  /// Archives are in the repository as files, but nobody reads lines in them.
  fileprivate init(_ copy: ChartShelf.Copy) {
    self.init(
      key: .init(tree: "shelf \(copy.directoryNumber)", path: copy.path), tree: copy.directory.tree, path: copy.path,
      isInRepository: copy.directory.isInRepository && !copy.isArchive, isFromSource: false)
  }
}

/// The gap of a chart that is not at hand.
struct MissingChart {
  private let release: HelmRelease

  init(_ release: HelmRelease) {
    self.release = release
  }

  func gap(_ reason: String, _ help: String, _ place: Origin) -> Gap {
    Gap(
      kind: "chart-unavailable", message: "\(release.id) is not rendered: \(reason)", help: help,
      location: place.location, object: release.manifest.reference)
  }

  /// The gap of a chart that would have to be on the shelf; `pull` is the command that brings it.
  func gap(_ name: String, _ version: String, _ shelf: ChartShelf, _ pull: String, _ place: Origin) -> Gap {
    gap("chart '\(name)' \(version) is not at hand\(shelf.others(of: name))", Self.help(pull), place)
  }

  static func help(_ pull: String) -> String {
    "Pull it (`\(pull)`) into a folder, and name that folder under `charts:` in .sluice.yaml or with --charts"
  }

  /// The command that brings a chart of a repository.
  static func command(_ name: String, _ version: String, repository: String?) -> String {
    let range = version == "*" ? "" : " --version '\(version)'"
    guard let repository else { return "helm pull \(name)\(range)" }
    if repository.hasPrefix("oci://") {
      return "helm pull \(repository.hasSuffix("/") ? repository : repository + "/")\(name)\(range)"
    }
    return "helm pull \(name) --repo \(repository)\(range)"
  }
}

extension ChartShelf {
  /// The versions that are at hand, in brackets.
  func others(of name: String) -> String {
    let versions = versions(of: name)
    return versions.isEmpty ? "" : " (at hand: \(versions.joined(separator: ", ")))"
  }
}
