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
      for cluster in context.model.clusters {
        for object in ClusterFacts(cluster).fluxObjects {
          guard let copy = ValuesCopy(object, in: cluster), copy.leaves.count >= limit else { continue }
          groups[copy.key, default: []].append(copy)
        }
      }
      for (_, copies) in groups.sorted(by: { $0.key < $1.key }) {
        var told: Set<Location> = []
        for (index, copy) in copies.enumerated() {
          let shared = copies[..<index].map { ($0, $0.countOfCommon(with: copy)) }.filter { other, count in
            count >= limit && other.cluster != copy.cluster
          }.max { $0.1 < $1.1 }
          guard let (other, count) = shared, told.insert(copy.place).inserted else { continue }
          report.add(
            .copied(copy, other, count), at: copy.place, about: copy.object.reference, field: "spec.values",
            related: [RelatedLocation("the same values for cluster '\(other.cluster)'", at: other.place)],
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
  let place: Location
  /// What must be the same: the release and its chart.
  let key: String
  /// Every value with the place it was written at, by its path.
  let leaves: [String: Leaf]

  struct Leaf {
    var text: String
    var place: Location
  }

  init?(_ object: AppliedObject, in cluster: Cluster) {
    guard case .helmRelease(let release) = object.flux, let values = release.values, values.mapping != nil,
      let place = object.manifest.keyOrigin("spec", "values")
    else { return nil }
    let chart = release.chart?.value.spec?.value.chart?.value ?? release.chartRef?.name ?? ""
    self.object = object
    self.cluster = cluster.name
    self.place = place.location
    key = "\(object.id) \(chart)"
    var found: [String: Leaf] = [:]
    Self.collect(values, "", into: &found)
    leaves = found
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

  /// How many values are equal although each was written for itself: what comes from one place is shared already.
  func countOfCommon(with other: ValuesCopy) -> Int {
    leaves.reduce(0) { count, leaf in
      guard let twin = other.leaves[leaf.key], twin.text == leaf.value.text,
        twin.place.file.path != leaf.value.place.file.path
      else { return count }
      return count + 1
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
