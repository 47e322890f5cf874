import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import Policies
import YAML

/// The objects that one reconciler puts into one namespace.
struct NamespaceUse {
  /// Who puts them there: an index into the cluster's reconciliations.
  let reconciliation: Int
  /// The remote cluster they go to; nil for the one in which Flux runs.
  let remote: String?
  /// The namespace.
  let namespace: String
  /// The first of them.
  let object: AppliedObject
  /// The place that names the namespace.
  let place: Origin
  /// How many there are.
  var count = 1

  /// All uses of namespaces that somebody has to create, in the order of reconciliation.
  static func all(in context: RuleContext) -> [NamespaceUse] {
    struct Key: Hashable {
      var reconciliation: Int
      var namespace: String
    }
    let cluster = context.cluster
    var definitions: [String?: Definitions] = [:]
    var given: [String?: Set<String>] = [:]
    for remote in cluster.inventories.map(\.remote) {
      definitions[remote] = Definitions(cluster, remote: remote)
      given[remote] = NamespaceMakers.given(in: cluster, remote: remote).union(
        remote == nil ? InstalledNamespaces.all(in: cluster, of: context.model) : [])
    }
    var found: [NamespaceUse] = []
    var positions: [Key: Int] = [:]
    func add(_ object: AppliedObject, _ reconciliation: Int, _ namespace: String, _ place: Origin) {
      let remote = cluster.reconciliations[reconciliation].remoteCluster
      guard given[remote]?.contains(namespace) != true else { return }
      let key = Key(reconciliation: reconciliation, namespace: namespace)
      if let position = positions[key] {
        found[position].count += 1
      } else {
        positions[key] = found.count
        found.append(
          NamespaceUse(
            reconciliation: reconciliation, remote: remote, namespace: namespace, object: object, place: place))
      }
    }
    for object in cluster.objects {
      let owner = cluster.reconciliations[object.reconciliation]
      guard owner.kind != .bootstrap, !object.id.namespace.isEmpty,
        owner.remoteCluster.flatMap({ cluster.remoteFlux[$0]?.clusterName }) == nil,
        definitions[owner.remoteCluster]?.scope(of: object.id, in: cluster) != .cluster
      else { continue }
      let place = object.manifest.node[path: "metadata", "namespace"]?.origin ?? object.manifest.origin
      add(object, object.reconciliation, object.id.namespace, place)
      guard case .helmRelease(let release) = object.flux, let target = release.targetNamespace, !target.value.isEmpty,
        let own = context.facts.reconciliation(of: object.id)
      else { continue }
      add(object, own, target.value, target.origin)
    }
    return found
  }
}

/// Who creates the namespaces of a cluster, and of those that its Flux applies to from afar.
struct NamespaceMakers {
  /// For each cluster (nil is the one in which Flux runs) and namespace the reconciliations that create it.
  private var byName: [String?: [String: [Int]]] = [:]

  init(_ cluster: Cluster) {
    for object in cluster.objects {
      guard let name = Self.made(by: object) else { continue }
      let remote = cluster.reconciliations[object.reconciliation].remoteCluster
      byName[remote, default: [:]][name, default: []].append(object.reconciliation)
    }
    // helm-controller heeds `createNamespace` for a `targetNamespace` alone.
    for (position, reconciliation) in cluster.reconciliations.enumerated() {
      guard case .helmRelease(let release) = reconciliation.definition,
        release.install?.value.createNamespace?.value == true, let name = release.targetNamespace?.value
      else { continue }
      byName[reconciliation.remoteCluster, default: [:]][name, default: []].append(position)
    }
  }

  /// Those that create the namespace of a use.
  func makers(for use: NamespaceUse) -> [Int] {
    byName[use.remote]?[use.namespace] ?? []
  }

  /// Whether the repository is where the namespaces of a use's cluster come from. Of a remote cluster that is only known
  /// when some do.
  func areKnown(for use: NamespaceUse) -> Bool {
    use.remote == nil || byName[use.remote] != nil
  }

  private static func made(by object: AppliedObject) -> String? {
    switch (object.id.group, object.id.kind) {
    case ("", "Namespace"), ("project.openshift.io", "Project"), ("hnc.x-k8s.io", "SubnamespaceAnchor"):
      object.id.name
    default: nil
    }
  }

  /// Namespaces that are there before Flux does anything: Kubernetes' own, and those that Flux itself was put in.
  static func given(in cluster: Cluster, remote: String? = nil) -> Set<String> {
    var found: Set<String> = ["default", "kube-system", "kube-public", "kube-node-lease"]
    guard remote == nil else { return found }
    found.insert(Tenancy.platformNamespace)
    let isGiven = [.folder, .configured].contains(cluster.entryPoint.kind)
    for object in cluster.objects {
      let owner = cluster.reconciliations[object.reconciliation]
      // What is applied by hand is applied to namespaces that are there. Where the repository does not say how Flux
      // got into the cluster, that includes any in which the folder has objects of Flux's own.
      let isOfFolder = owner.kind == .kustomization && owner.folder == cluster.entryPoint.path
      if owner.kind == .bootstrap || isGiven && isOfFolder && object.flux != nil { found.insert(object.id.namespace) }
    }
    if isGiven { found.formUnion(installationNamespaces(of: cluster)) }
    return found
  }

  /// Where nothing shows how Flux got into a cluster, a namespace into which several Kustomizations put objects of
  /// Flux's own, and nobody anything else, is the one that the installation made.
  private static func installationNamespaces(of cluster: Cluster) -> [String] {
    var users: [String: Set<Int>] = [:]
    var others: Set<String> = []
    for object in cluster.objects where !object.id.namespace.isEmpty {
      // Values of releases lie beside them.
      let isOfFlux = object.flux != nil || ["ConfigMap", "Secret"].contains(object.id.kind)
      if !isOfFlux { others.insert(object.id.namespace) }
      users[object.id.namespace, default: []].insert(object.reconciliation)
    }
    return users.filter { $0.value.count > 1 && !others.contains($0.key) }.map(\.key)
  }
}
