import Diagnostics
import Kubernetes

/// The order of kustomize's `legacy` sort: kinds that others need first, then by type, namespace and name.
struct LegacyOrder {
  private let ranks: [String: Int]

  static let defaultFirst = [
    "Namespace", "ResourceQuota", "StorageClass", "CustomResourceDefinition", "ServiceAccount", "PodSecurityPolicy",
    "Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding", "ConfigMap", "Secret", "Endpoints", "Service",
    "LimitRange", "PriorityClass", "PersistentVolume", "PersistentVolumeClaim", "Deployment", "StatefulSet", "CronJob",
    "PodDisruptionBudget",
  ]
  static let defaultLast = ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"]

  init(first: [String] = LegacyOrder.defaultFirst, last: [String] = LegacyOrder.defaultLast) {
    var ranks: [String: Int] = [:]
    for (index, kind) in first.enumerated() { ranks[kind] = index - first.count }
    for (index, kind) in last.enumerated() { ranks[kind] = index + 1 }
    self.ranks = ranks
  }

  /// What an object is sorted by.
  struct Key {
    let type: GroupVersionKind
    let rank: Int
    let typeText: String
    let text: String
  }

  func key(of id: ResourceID) -> Key {
    let type = id.type
    let parts = [
      type.group.isEmpty ? "~G" : type.group, type.version.isEmpty ? "~V" : type.version,
      type.kind.isEmpty ? "~K" : type.kind,
    ]
    let namespace = id.namespace.isEmpty ? "~X" : id.namespace
    return Key(
      type: type, rank: ranks[type.kind] ?? 0, typeText: parts.joined(separator: "_"),
      text: [type.kustomizeName, namespace, id.name.isEmpty ? "~N" : id.name].joined(separator: "|"))
  }

  static func comesFirst(_ left: Key, _ right: Key) -> Bool {
    if left.type == right.type { return left.text < right.text }
    if left.rank != right.rank { return left.rank < right.rank }
    // Kubernetes' own Namespace comes before the kinds of that name in other groups.
    if left.type.kind == "Namespace", right.type.kind == "Namespace",
      left.type.group.isEmpty || right.type.group.isEmpty
    {
      return left.typeText > right.typeText
    }
    return left.typeText < right.typeText
  }
}

extension BuildSession {
  /// Puts the objects into the order that the kustomization file or the options ask for.
  func order(_ resources: inout ResourceList, by options: SortOptions?) throws(KustomizeError) {
    guard let options else {
      if self.options.order == .legacy { try sort(&resources, by: LegacyOrder()) }
      return
    }
    let order = options.order?.value ?? ""
    guard order == "fifo" || order == "legacy" else {
      throw KustomizeError(
        .field, "sortOptions.order must be fifo or legacy, not '\(order)'",
        at: (options.order?.origin ?? options.origin).location)
    }
    if order == "fifo" {
      guard options.legacy == nil else {
        throw KustomizeError(
          .field, "sortOptions.legacySortOptions is set, but the order is fifo, not legacy", at: options.origin.location
        )
      }
      return
    }
    let legacy = options.legacy.map { LegacyOrder(first: $0.first, last: $0.last) } ?? LegacyOrder()
    try sort(&resources, by: legacy)
  }

  private func sort(_ resources: inout ResourceList, by order: LegacyOrder) throws(KustomizeError) {
    let keyed = resources.items.map { (key: order.key(of: $0.identity), resource: $0) }
    let sorted = keyed.sorted { LegacyOrder.comesFirst($0.key, $1.key) }
    try resources.replaceAll(by: sorted.map(\.resource))
  }
}
