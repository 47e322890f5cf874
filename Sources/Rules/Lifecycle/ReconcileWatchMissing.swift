import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import YAML

extension Rule {
  static let reconcileWatchMissing = Rule(
    id: "reconcile-watch-missing", chapter: .lifecycle, severity: .info,
    title: "a change of variables or values takes effect only after the interval",
    why: """
      From Flux 2.7 on, ConfigMaps and Secrets with the label `reconcile.fluxcd.io/watch: Enabled` start the reconciliation \
      of what reads them. Without it a change waits for the next interval of its readers.
      """,
    remedy: "Give it the label `reconcile.fluxcd.io/watch: Enabled`.",
    check: .cluster { context, report in
      guard !context.cluster.watchesAllConfiguration, context.cluster.version.version >= .v27 else { return }
      var readers: [ObjectID: [ObjectID]] = [:]
      for object in context.facts.fluxObjects {
        for id in object.flux?.configurationReferences ?? [] where !(readers[id]?.contains(object.id) ?? false) {
          readers[id, default: []].append(object.id)
        }
      }
      for (id, readers) in readers.sorted(by: { $0.key < $1.key }) {
        guard let object = context.cluster.object(id), object.manifest.label(label) != "Enabled",
          !object.hasHashedName
        else { continue }
        let written = object.manifest.node[path: "metadata", "labels", label]?.origin
        report.add(
          .unwatched(id, readers), at: written ?? object.manifest.origin, about: object, field: "metadata.labels")
      }
    })

  private static let label = "reconcile.fluxcd.io/watch"
}

extension Cluster {
  /// Whether the controllers were told to watch other ConfigMaps and Secrets than those with the label.
  fileprivate var watchesAllConfiguration: Bool {
    isInstalled(with: ["--watch-configs-label-selector"])
  }
}

extension FluxObject {
  /// The ConfigMaps and Secrets whose content goes into what it applies.
  fileprivate var configurationReferences: [ObjectID] {
    switch self {
    case .kustomization(let value): value.postBuild?.substituteFrom.compactMap { $0.value.ref?.id } ?? []
    case .helmRelease(let value): value.valuesFrom.compactMap { $0.value.ref?.id }
    default: []
    }
  }
}

extension Message {
  fileprivate static func unwatched(_ id: ObjectID, _ readers: [ObjectID]) -> Self {
    let names = Listing.of(readers.map(\.description))
    return Message("a change of \(id) waits for the interval", extent: " of \(names)")
  }
}
