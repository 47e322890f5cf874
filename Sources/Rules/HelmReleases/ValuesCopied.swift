import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import Policies
import YAML

extension Rule {
  static let valuesCopied = Rule(
    id: "values-copied", chapter: .helmReleases, severity: .info,
    title: "environments repeat the same values",
    why: """
      A change has to be made in each copy, and sooner or later one is forgotten: the environments drift apart, and \
      staging no longer tells anything about production.
      """,
    remedy: "Put the release with the common values into a base, and patch what differs.",
    parameters: [minimum.signature], tags: ["maintainability"],
    check: .repository { context, report in
      let limit = minimumCount(context)
      var groups: [String: [ValuesCopy]] = [:]
      for facts in context.facts {
        for object in facts.fluxObjects {
          guard let copy = ValuesCopy(object, in: facts.cluster), copy.leaves.count >= limit else { continue }
          groups[copy.key, default: []].append(copy)
        }
      }
      for (_, copies) in groups.sorted(by: { $0.key < $1.key }) {
        var told: Set<Location> = []
        for (index, copy) in copies.enumerated() {
          let repeated = copies[..<index].filter { $0.cluster != copy.cluster }.map { ($0, copy.repeated(from: $0)) }
            .filter { $0.1.count >= limit }.max { $0.1.count < $1.1.count }
          guard let (other, leaves) = repeated, let first = leaves.min(by: { $0.place < $1.place }),
            told.insert(first.place).inserted
          else { continue }
          report.add(
            .copied(copy, other, leaves.count), at: copy.block(of: leaves.map(\.place), from: first.place),
            about: copy.object.reference, field: "spec.values",
            related: [
              RelatedLocation("the first of them for cluster '\(other.cluster)'", at: first.twin)
            ] + copy.object.trace,
            clusters: [other.cluster, copy.cluster].sorted())
        }
      }
    })

  private static func minimumCount(_ context: RepositoryContext) -> Int {
    let activation = context.policy.selection.activation(of: "values-copied", isProduction: false, isTenant: false)
    return activation?.parameters[minimum.name].flatMap(Int.init) ?? minimum.defaultValue
  }

  private static let minimum = Parameter("minimum", default: 20, "How many equal values make a copy.")
}

/// The values of a release in one cluster.
private struct ValuesCopy {
  let object: AppliedObject
  let cluster: String
  /// What must be the same: the release and its chart.
  let key: String
  /// Every value with the place it was written at, by its path.
  let leaves: [String: Leaf]

  struct Leaf {
    var text: String
    var place: Location
  }

  init?(_ object: AppliedObject, in cluster: Cluster) {
    guard case .helmRelease(let release) = object.flux, let values = release.values, values.mapping != nil else {
      return nil
    }
    let chart = release.chart?.value.spec?.value.chart?.value ?? release.chartRef?.name ?? ""
    self.object = object
    self.cluster = cluster.name
    key = "\(object.id) \(chart)"
    var found: [String: Leaf] = [:]
    Self.collect(values, "", into: &found)
    leaves = found
  }

  /// The key over what is repeated: `values`, or the first of the values where others are not repeated; `first` where
  /// another file wrote that key.
  func block(of places: [Location], from first: Location) -> Location {
    let values = object.manifest.node[path: "spec", "values"]
    let repeated = Set(places)
    let isWhole = leaves.values.allSatisfy { repeated.contains($0.place) }
    let top = values?.mapping?.entries.first { entry in
      var found: [String: Leaf] = [:]
      Self.collect(entry.value, "", into: &found)
      return found.values.contains { $0.place == first }
    }
    let key = isWhole ? object.manifest.keyOrigin("spec", "values") : top?.keyOrigin
    return key.map(\.location).flatMap { $0.file.path == first.file.path ? $0 : nil } ?? first
  }

  /// Values are as deep as the reader of YAML lets them be.
  private static func collect(_ node: Node, _ path: String, into found: inout [String: Leaf]) {
    switch node.value {
    case .scalar(let scalar): found[path] = Leaf(text: scalar.text, place: node.origin.location)
    case .sequence(let items):
      for (index, item) in items.enumerated() { collect(item, "\(path)/\(index)", into: &found) }
    case .mapping(let mapping):
      for entry in mapping.entries { collect(entry.value, "\(path)/\(entry.key.text)", into: &found) }
    }
  }

  /// Values that are equal although each was written for itself, with the places of both: what comes from one file is
  /// shared already.
  func repeated(from other: ValuesCopy) -> [(place: Location, twin: Location)] {
    leaves.compactMap { path, leaf in
      guard let twin = other.leaves[path], twin.text == leaf.text, twin.place.file.path != leaf.place.file.path
      else { return nil }
      return (leaf.place, twin.place)
    }
  }
}

extension Message {
  fileprivate static func copied(_ copy: ValuesCopy, _ other: ValuesCopy, _ count: Int) -> Self {
    Message(
      "\(copy.object.id) repeats \(count) values for cluster '\(copy.cluster)' that are written for cluster "
        + "'\(other.cluster)' too")
  }
}
