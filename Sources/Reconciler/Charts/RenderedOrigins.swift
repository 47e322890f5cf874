import Diagnostics
import Flux
import GoTemplate
import Helm
import YAML

/// Gives what templates wrote its origins: the template's line where the chart is a folder of the repository, else the
/// HelmRelease, with the template named in the step.
struct RenderedOrigins {
  private let release: HelmRelease
  private let isInRepository: Bool

  init(release: HelmRelease, isInRepository: Bool) {
    self.release = release
    self.isInRepository = isInRepository
  }

  /// The objects in one document of a template's output.
  func nodes(of manifest: Release.Manifest) throws(HelmError) -> [Node] {
    let text = SourceFile(path: manifest.path, bytes: manifest.output.bytes)
    do throws(YAMLError) {
      let lines = LineOrigins(manifest, made: made)
      return try YAMLReader.read(text).filter { !$0.isEmpty }.map { $0.root.relocated { lines.origin(of: $0) } }
    } catch {
      throw HelmError(.manifest, "\(manifest.path): \(error.message)", at: release.origin.location)
    }
  }

  /// The custom resource definitions of the chart's `crds/`.
  func nodes(of files: [Release.CRDFile]) -> [Node] {
    files.flatMap { file in
      let documents = (try? YAMLReader.read(file.file)) ?? []
      return documents.filter { !$0.isEmpty }.map { document in
        isInRepository ? document.root : document.root.relocated { _ in made(file.path, nil) }
      }
    }
  }

  /// The origin of what the template at `path` wrote at `place`.
  private func made(_ path: String, _ place: Location?) -> Origin {
    let home = release.origin
    guard isInRepository, let place else { return home.adding(.rendered(template: path), at: home.location) }
    return Origin(file: place.file, span: place.span).adding(.rendered(template: path), at: home.location)
  }
}

/// The origins of the lines of one manifest, worked out once each.
private final class LineOrigins {
  private let manifest: Release.Manifest
  private let made: (String, Location?) -> Origin
  private var known: [UInt32: Origin] = [:]

  init(_ manifest: Release.Manifest, made: @escaping (String, Location?) -> Origin) {
    self.manifest = manifest
    self.made = made
  }

  func origin(of span: SourceSpan) -> Origin {
    let line = span.start.line
    if let origin = known[line] { return origin }
    let origin = made(manifest.path, manifest.location(ofLine: Int(line)))
    known[line] = origin
    return origin
  }
}

extension Node {
  /// This value with the origin of each part replaced by what `origin` gives for its span.
  fileprivate func relocated(_ origin: (SourceSpan) -> Origin) -> Node {
    let here = origin(self.origin.span)
    switch value {
    case .scalar: return Node(value, origin: here)
    case .sequence(let items): return Node(.sequence(items.map { $0.relocated(origin) }), origin: here)
    case .mapping(let mapping):
      let entries = mapping.entries.map { entry in
        Mapping.Entry(
          key: entry.key, keyOrigin: origin(entry.keyOrigin.span), value: entry.value.relocated(origin))
      }
      return Node(.mapping(Mapping(entries, isFlow: mapping.isFlow)), origin: here)
    }
  }
}
