import ClusterModel
import Flux
import Kubernetes
import Policies

/// Something in the cluster whose objects are not known.
struct UnseenProducer: Sendable {
  let id: ObjectID
  /// The only namespace it reaches; nil for any.
  let namespace: String?
  /// What is known of it, when it fails.
  var remainder: BuildRemainder?
  /// Whether its objects come from a source outside of the repository.
  var isForeign = false
  /// Whether its source is not there. It makes nothing then: two that name the same wrong source must not vouch for each
  /// other. But it is meant to use what is there.
  var isSourceless = false
  /// What is known of the content, where it is somebody's release and not a team's own repository.
  var release: Release?

  /// The published version of a product.
  struct Release: Sendable {
    /// Namespaces that this repository makes itself: the product has its own.
    let foreign: Set<String>
    /// The only namespace it has objects in, where that is known.
    let own: String?
  }

  static func all(in cluster: Cluster) -> [UnseenProducer] {
    var found: [UnseenProducer] = []
    for reconciliation in cluster.reconciliations {
      guard case .kustomization(let value) = reconciliation.definition, reconciliation.remoteCluster == nil
      else { continue }
      if case .done = reconciliation.outcome { continue }
      // A tenant's Kustomization is confined to its namespace by the service account it works as.
      let isConfined =
        value.serviceAccountName != nil && reconciliation.id.namespace != Tenancy.platformNamespace
      let namespace = value.targetNamespace?.value ?? (isConfined ? reconciliation.id.namespace : nil)
      found.append(
        UnseenProducer(
          id: reconciliation.id, namespace: namespace, remainder: reconciliation.remainder,
          isForeign: reconciliation.isForeign, isSourceless: reconciliation.isSourceless,
          release: release(of: value, reconciliation, in: cluster)))
    }
    for reconciliation in cluster.reconciliations where reconciliation.kind == .resourceSet {
      if case .done = reconciliation.outcome { continue }
      found.append(UnseenProducer(id: reconciliation.id, namespace: nil))
    }
    return found
  }

  /// A source outside that follows a fixed version is a product. A product brings definitions, and objects in a namespace
  /// of its own; never Flux's objects or what goes into the namespaces that are laid out here.
  private static func release(
    of value: Kustomization, _ reconciliation: Reconciliation, in cluster: Cluster
  ) -> Release? {
    guard case .external(let source) = reconciliation.source, let flux = cluster.object(source)?.flux else {
      return nil
    }
    let address = flux.sourceURL?.value ?? ""
    guard isOfOthers(address, in: cluster) else { return nil }
    let isFlux = address.contains("github.com/fluxcd/flux2") && !address.contains("fluxcd/flux2-")
    switch flux {
    case .gitRepository(let repository):
      switch repository.checkout {
      case .tag, .semver: break
      default: if !isFlux { return nil }
      }
    case .ociRepository(let repository):
      switch repository.checkout {
      case .semver, .digest: break
      case .tag(let tag) where tag.value.utf8.contains(UInt8(ascii: ".")): break
      default: return nil
      }
    default: return nil
    }
    let made = cluster.objects.filter { $0.id.kind == "Namespace" && $0.id.group.isEmpty }.map(\.id.name)
    var foreign = Set(made)
    foreign.insert(Tenancy.platformNamespace)
    if let target = value.targetNamespace?.value { foreign.remove(target) }
    return Release(foreign: foreign, own: isFlux ? Tenancy.platformNamespace : nil)
  }

  /// Whether an address is that of somebody else's public repository: on a public host, under another owner than this
  /// repository.
  private static func isOfOthers(_ address: String, in cluster: Cluster) -> Bool {
    let hosts: Set = [
      "github.com", "gitlab.com", "codeberg.org", "ghcr.io", "quay.io", "docker.io", "registry.k8s.io",
      "public.ecr.aws", "gcr.io",
    ]
    let (host, owner) = owner(of: address)
    guard hosts.contains(host) else { return false }
    let own = cluster.reconciliations.compactMap { reconciliation -> String? in
      guard case .local(let source, _) = reconciliation.source else { return nil }
      return cluster.object(source)?.flux?.sourceURL?.value
    }
    return !own.contains { Self.owner(of: $0).owner == owner }
  }

  /// Host and first folder of an address, in whatever form Git takes.
  private static func owner(of address: String) -> (host: String, owner: String) {
    let plain = address.split(separator: "://", maxSplits: 1).last ?? Substring(address)
    let bare = plain.split(separator: "@", maxSplits: 1).last ?? plain
    let parts = bare.split { $0 == "/" || $0 == ":" }
    return (parts.first?.lowercased() ?? "", parts.count > 1 ? parts[1].lowercased() : "")
  }

  func mayProduce(_ id: ObjectID) -> Bool { !isSourceless && mayHold(id) }

  private func mayHold(_ id: ObjectID) -> Bool {
    if let release {
      if FluxKind(rawValue: id.kind) != nil, id.group.hasSuffix("fluxcd.io") { return false }
      if let own = release.own { return id.kind == "Namespace" ? id.name == own : id.namespace.isEmpty }
      if !id.namespace.isEmpty, release.foreign.contains(id.namespace) { return false }
    }
    return (namespace == nil || namespace == id.namespace) && (remainder?.mayHold(id.name) ?? true)
  }

  func mayUse(_ id: ObjectID) -> Bool {
    release == nil && mayHold(id)
  }
}

extension Reconciliation {
  fileprivate var isForeign: Bool {
    if case .external = source { true } else { false }
  }

  fileprivate var isSourceless: Bool {
    if case .missing = source { true } else { false }
  }
}
