import Diagnostics
import Flux
import GoTemplate
import Helm
import Kubernetes
import YAML

/// Gives what templates wrote its origins.
///
/// A value that can be led back to one of the release's has its origin there; one of the chart's own, where the chart is
/// a folder of the repository, has it in the chart's values. Everything else comes from the template's line in such a
/// chart, or else from the HelmRelease's reference to the chart. The steps name the template and the release.
struct RenderedOrigins {
  let release: HelmRelease
  let rendered: Release
  let isInRepository: Bool
  private let search: ValueSearch

  init(release: HelmRelease, values: Node?, chart: Chart, rendered: Release, isInRepository: Bool) {
    self.release = release
    self.rendered = rendered
    self.isInRepository = isInRepository
    search = ValueSearch(index: ValueIndex(given: values, defaults: chart.defaultValues))
  }

  /// The objects in one document of a template's output.
  func nodes(of manifest: Release.Manifest) throws(HelmError) -> [Node] {
    let text = SourceFile(path: manifest.path, bytes: manifest.output.bytes)
    do throws(YAMLError) {
      var walk = OriginWalk(origins: self, trails: ManifestTrails(manifest, of: rendered))
      return try YAMLReader.read(text).filter { !$0.isEmpty }.map { walk.relocated($0.root, at: []) }
    } catch {
      throw HelmError(.manifest, "\(manifest.path): \(error.message)", at: chartReference.location)
    }
  }

  /// The custom resource definitions of the chart's `crds/`.
  func nodes(of files: [Release.CRDFile]) -> [Node] {
    files.flatMap { file in
      let documents = (try? YAMLReader.read(file.file)) ?? []
      return documents.filter { !$0.isEmpty }.map { document in
        let made = chartReference.adding(.rendered(template: file.path), at: home)
        return isInRepository ? document.root : document.root.withOrigin(made)
      }
    }
  }

  /// The field of the HelmRelease that names its chart.
  private var chartReference: Origin {
    release.chartRef?.origin ?? release.chart?.value.spec?.value.chart?.origin ?? release.origin
  }

  private var home: Location { release.origin.location }

  // MARK: One value

  /// The origin of a value of a rendered object, which has the keys `place` and came to be by `levels`.
  fileprivate func origin(of node: Node, at place: [String], by levels: [[Release.Trail]]) -> Origin {
    let innermost = levels.last?.first
    guard let match = search.value(of: node, at: place, by: levels) else {
      return rendered(by: levels, from: innermost.flatMap(templateOrigin) ?? chartReference)
    }
    let path = match.entry.path.joined(separator: ".")
    var origin = match.entry.node.origin
    if !match.entry.isGiven {
      guard isInRepository else {
        return rendered(
          by: levels, from: chartReference.adding(.valued(from: "'\(path)' of the chart's own"), at: home))
      }
      origin = origin.adding(.valued(from: "'\(path)' of the chart's own"), at: origin.location)
    }
    for other in match.others {
      let name = other.path.joined(separator: ".")
      origin = origin.adding(.valued(from: "'\(name)'"), at: other.node.origin.location)
    }
    return rendered(by: levels, from: origin)
  }

  /// The origin of what no value is behind.
  fileprivate func origin(by levels: [[Release.Trail]]) -> Origin {
    rendered(by: levels, from: levels.last?.first.flatMap(templateOrigin) ?? chartReference)
  }

  private func templateOrigin(_ trail: Release.Trail) -> Origin? {
    guard isInRepository, let place = trail.location else { return nil }
    return Origin(file: place.file, span: place.span)
  }

  /// `origin` with the steps that name the templates and the release.
  private func rendered(by levels: [[Release.Trail]], from origin: Origin) -> Origin {
    guard let outer = levels.first?.first else { return origin }
    var origin = origin
    var inner: [Release.Trail] = []
    for trail in levels.dropFirst().compactMap(\.first) where trail.location != nil {
      if trail.template != (inner.last ?? outer).template { inner.append(trail) }
    }
    if isInRepository {
      for trail in inner.reversed() {
        origin = origin.adding(.rendered(template: trail.name), at: trail.location ?? home)
      }
      origin = origin.adding(.rendered(template: outer.name), at: outer.location ?? home)
    } else {
      let names = [outer.name] + inner.map(\.name)
      origin = origin.adding(.rendered(template: names.joined(separator: ", through ")), at: chartReference.location)
    }
    return origin.adding(.installed(by: release.id.description), at: home)
  }
}

extension Release.Trail {
  /// The template with the line.
  fileprivate var name: String { "\(template):\(line)" }
}

/// Walks over the tree of one rendered document.
private struct OriginWalk {
  let origins: RenderedOrigins
  var trails: ManifestTrails
  private var keys: [UInt32: Origin] = [:]

  init(origins: RenderedOrigins, trails: ManifestTrails) {
    self.origins = origins
    self.trails = trails
  }

  /// This value with the origin of each of its parts.
  mutating func relocated(_ node: Node, at place: [String]) -> Node {
    switch node.value {
    case .scalar:
      return Node(node.value, origin: origins.origin(of: node, at: place, by: trails.levels(of: node.origin.span)))
    case .sequence(let items):
      var relocated: [Node] = []
      for (index, item) in items.enumerated() { relocated.append(self.relocated(item, at: place + [String(index)])) }
      return Node(.sequence(relocated), origin: key(node.origin.span))
    case .mapping(let mapping):
      var start = node.origin.span
      start.end = start.start
      let origin = origins.origin(of: node, at: place, by: trails.levels(of: start))
      var entries: [Mapping.Entry] = []
      for entry in mapping.entries {
        let value = relocated(entry.value, at: place + [entry.key.text])
        // A key that was set together with its value is found where the value is.
        let isOneLine = entry.keyOrigin.span.start.line == entry.value.origin.span.start.line
        entries.append(
          Mapping.Entry(
            key: entry.key, keyOrigin: isOneLine ? value.origin : key(entry.keyOrigin.span), value: value))
      }
      return Node(.mapping(Mapping(entries, isFlow: mapping.isFlow)), origin: origin)
    }
  }

  /// The origin of the line that a key starts, worked out once.
  private mutating func key(_ span: SourceSpan) -> Origin {
    if let known = keys[span.start.line] { return known }
    let origin = origins.origin(by: trails.levels(of: SourceSpan(start: span.start, end: span.start)))
    keys[span.start.line] = origin
    return origin
  }
}

extension Node {
  /// This value with one origin for all of it.
  fileprivate func withOrigin(_ origin: Origin) -> Node {
    switch value {
    case .scalar: return Node(value, origin: origin)
    case .sequence(let items): return Node(.sequence(items.map { $0.withOrigin(origin) }), origin: origin)
    case .mapping(let mapping):
      let entries = mapping.entries.map { entry in
        Mapping.Entry(key: entry.key, keyOrigin: origin, value: entry.value.withOrigin(origin))
      }
      return Node(.mapping(Mapping(entries, isFlow: mapping.isFlow)), origin: origin)
    }
  }
}
