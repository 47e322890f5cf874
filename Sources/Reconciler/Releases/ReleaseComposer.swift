import ClusterModel
import Diagnostics
import Flux
import Helm
import Kubernetes
import YAML

/// Works out what follows from a HelmRelease before its chart is rendered: names, chart, version, effective values.
struct ReleaseComposer {
  private let objects: (ObjectID) -> AppliedObject?
  private(set) var gaps: [Gap] = []
  /// Why helm-controller cannot compose the values.
  private(set) var problem: BuildProblem?
  private var unknown: [String] = []

  init(objects: @escaping (ObjectID) -> AppliedObject?) {
    self.objects = objects
  }

  mutating func facts(of release: HelmRelease, reference: ObjectReference) -> ReleaseFacts {
    unknown = []
    let chart = release.chart?.spec
    var merge = ValuesMerge(inline: release.values, origin: release.origin)
    for source in release.valuesFrom { add(source, of: release, reference: reference, to: &merge) }
    var facts = ReleaseFacts(
      releaseName: release.effectiveReleaseName, releaseNamespace: release.releaseNamespace,
      storageNamespace: release.effectiveStorageNamespace, chart: chart?.chart?.value ?? "", version: chart?.version,
      values: merge.finish(), unknownValues: unknown)
    facts.keptTargets = keptTargets(of: release)
    return facts
  }

  /// Adds what one entry of `valuesFrom` gives (helm-controller: fluxcd/pkg/chartutil, ChartValuesFromReferences).
  private mutating func add(
    _ source: Field<HelmRelease.ValuesReference>, of release: HelmRelease, reference: ObjectReference,
    to merge: inout ValuesMerge
  ) {
    guard let ref = source.ref else { return }
    let key = source.valuesKey?.value ?? "values.yaml"
    let target = source.targetPath.flatMap { $0.value.isEmpty ? nil : $0.value }
    switch content(of: ref, key: key) {
    case .text(let text): apply(text, ref: ref, source: source, target: target, to: &merge)
    case .absent where source.optional?.value == true, .keyAbsent where source.optional?.value == true: break
    case .keyAbsent:
      let place = source.valuesKey?.origin ?? ref.origin
      fail("\(ref.id) has no key '\(key)' to take values from", at: place.location, isMissingKey: true)
    case .absent, .unknown:
      let why = ref.kind == "Secret" ? "whose values are secret" : "whose content is not in the repository"
      unknown.append(target ?? "\(ref.kind)/\(ref.namespace)/\(ref.name)")
      gaps.append(
        Gap(
          kind: "values-unknown", message: "\(reference) takes values from key '\(key)' of \(ref.id), \(why)",
          help: "Values from there are left out of what is analysed", location: ref.origin.location, object: reference))
    }
  }

  enum Content {
    case text(Node)
    case absent
    case keyAbsent
    case unknown
  }

  /// What is under a key. The values of a Secret are never looked at, so that none can get into what is printed.
  func content(of ref: ObjectRef, key: String) -> Content {
    guard let object = objects(ref.id) else { return .absent }
    let unknown: Set = ["data", "stringData", "data.\(key)", "stringData.\(key)"]
    let hidden = object.unknownPaths + object.manifest.encryptedPaths
    if hidden.contains(where: unknown.contains) { return .unknown }
    guard ref.kind == "Secret" else {
      return object.manifest.node[path: "data", key].map(Content.text) ?? .keyAbsent
    }
    let isThere = ["data", "stringData"].contains { object.manifest.node[path: $0, key] != nil }
    return isThere || object.manifest.node["sops"] != nil ? .unknown : .keyAbsent
  }

  private mutating func apply(
    _ text: Node, ref: ObjectRef, source: Field<HelmRelease.ValuesReference>, target: String?,
    to merge: inout ValuesMerge
  ) {
    let place = ref.origin.location
    do {
      if let target {
        try set(
          text, at: target, written: source.targetPath?.origin, isLiteral: source.literal?.value == true, in: &merge)
      } else if let values = try text.embeddedDocuments().first?.root, !values.isNull {
        guard values.mapping != nil else {
          return fail("the values in \(ref.id) are no mapping", at: values.origin.location)
        }
        merge.merge(values.stepped(.valued(from: ref.id.description), at: place))
      }
    } catch let error as YAMLError {
      fail("the values in \(ref.id) are no YAML: \(error.message)", at: error.place)
    } catch {
      let reason = (error as? SetValues.Malformed).map { ": \($0.message)" } ?? ""
      fail("the value of \(ref.id) cannot be set at '\(target ?? "")'\(reason)", at: place)
    }
  }

  private func set(
    _ text: Node, at target: String, written: Origin?, isLiteral: Bool, in merge: inout ValuesMerge
  ) throws(SetValues.Malformed) {
    let value = text.scalar?.text ?? ""
    try merge.set(at: TargetPath(target)) { values throws(SetValues.Malformed) in
      if isLiteral {
        let expression = TargetPath.literal(value, at: target)
        return try SetValues.apply(expression, .text, to: &values, origin: text.origin, keyOrigin: written)
      }
      // As in fluxcd/pkg/chartutil, ReplacePathValue: quotes around the value make it text.
      let isQuoted = ["'", "\""].contains { value.hasPrefix($0) && value.hasSuffix($0) }
      let bare = isQuoted ? value.trimmingQuotes : value
      try SetValues.apply(
        "\(target)=\(bare)", isQuoted ? .text : .typed, to: &values, origin: text.origin, keyOrigin: written)
    }
  }

  /// helm-controller stops at the first entry that cannot be composed.
  private mutating func fail(_ reason: String, at place: Location, isMissingKey: Bool = false) {
    if problem == nil { problem = BuildProblem(message: reason, location: place, isMissingKey: isMissingKey) }
  }
}

extension String {
  fileprivate var trimmingQuotes: String {
    let quotes = Set("'\"".utf8)
    var bytes = Substring(self).utf8
    while let first = bytes.first, quotes.contains(first) { bytes = bytes.dropFirst() }
    while let last = bytes.last, quotes.contains(last) { bytes = bytes.dropLast() }
    return String(Substring(bytes))
  }
}

extension Node {
  /// This value with one more step in the life of everything in it.
  func stepped(_ kind: OriginStep.Kind, at location: Location) -> Node {
    var copy = self
    copy.origin = origin.adding(kind, at: location)
    _ = copy.withSequence { items in
      for index in items.indices { items[index] = items[index].stepped(kind, at: location) }
    }
    _ = copy.withMapping { mapping in
      mapping.forEachValue { _, value in value = value.stepped(kind, at: location) }
    }
    return copy
  }
}
