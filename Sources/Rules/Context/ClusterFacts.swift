import ClusterModel
import Diagnostics
import Files
import Flux
import Kubernetes
import Policies

/// What several rules want to know of a cluster, worked out once.
public struct ClusterFacts: Sendable {
  /// The tenant that each namespace of the cluster in which Flux runs is labelled with.
  public let labelledTenants: [String: String]
  /// Flux's own objects that somebody wrote, each identity once.
  public let fluxObjects: [AppliedObject]
  /// Sources that are this repository itself.
  public let ownSources: Set<ObjectID>
  /// Who takes files or a chart from a source.
  public let consumers: [ObjectID: [ObjectID]]
  /// Secrets and ConfigMaps that operators make of objects in the cluster.
  public let products: Set<ObjectID>
  /// Who may do what.
  public let access: AccessControl
  private let reconciliations: [ObjectID: Int]
  private let knownSources: Set<ObjectID>
  private let unseen: [UnseenProducer]

  init(_ cluster: Cluster) {
    labelledTenants = Self.labelledTenants(in: cluster)
    fluxObjects = cluster.fluxObjects.filter { !Self.isMadeUp($0, in: cluster) }
    var reconciliations: [ObjectID: Int] = [:]
    var known: Set<ObjectID> = []
    for (position, reconciliation) in cluster.reconciliations.enumerated() {
      if reconciliation.kind != .bootstrap { reconciliations[reconciliation.id] = position }
      switch reconciliation.source {
      case .local(let source, _), .external(let source), .composed(let source): known.insert(source)
      case .none, .missing: break
      }
    }
    self.reconciliations = reconciliations
    knownSources = known
    ownSources = cluster.ownSources
    consumers = Self.consumers(in: cluster)
    products = Producers.products(in: cluster)
    unseen = UnseenProducer.all(in: cluster)
    access = AccessControl(cluster)
  }

  /// The position of the reconciliation of a Kustomization or HelmRelease.
  public func reconciliation(of id: ObjectID) -> Int? { reconciliations[id] }

  /// Whether a source is there although no object shows it: the cluster's own, where the repository holds no bootstrap.
  public func isKnownSource(_ id: ObjectID) -> Bool { knownSources.contains(id) }

  /// Whether an object that is not in the cluster may be made by something whose objects are not known. What `referrer`
  /// misses may then be there.
  public func mayExistUnseen(_ id: ObjectID, for referrer: ObjectID) -> Bool {
    unseen.contains { $0.id != referrer && $0.mayProduce(id) }
  }

  /// Whether something whose objects are not known may use an object of this identity.
  public func mayBeUsedUnseen(_ id: ObjectID) -> Bool {
    unseen.contains { $0.mayUse(id) }
  }

  /// Where the repository holds no bootstrap, the simulation makes up a source and a root: nobody wrote those.
  private static func isMadeUp(_ object: AppliedObject, in cluster: Cluster) -> Bool {
    cluster.entryPoint.kind != .bootstrap && cluster.reconciliations[object.reconciliation].kind == .bootstrap
  }

  private static func labelledTenants(in cluster: Cluster) -> [String: String] {
    var found: [String: String] = [:]
    for object in cluster.objects where object.id.kind == "Namespace" && object.id.group.isEmpty {
      let owner = cluster.reconciliations[object.reconciliation]
      // A namespace of a remote cluster may have the name of one here, and belong to somebody else.
      guard owner.remoteCluster == nil else { continue }
      if let tenant = object.manifest.label(Tenancy.label) ?? owner.definition?.manifest.label(Tenancy.label) {
        found[object.id.name] = tenant
      }
    }
    return found
  }

  private static func consumers(in cluster: Cluster) -> [ObjectID: [ObjectID]] {
    var found: [ObjectID: [ObjectID]] = [:]
    for object in cluster.fluxObjects {
      for reference in object.flux?.sourceReferences ?? [] { found[reference.id, default: []].append(object.id) }
    }
    return found
  }
}

extension FluxObject {
  /// The sources that an object takes something from.
  public var sourceReferences: [ObjectRef] {
    switch self {
    case .kustomization(let value): [value.sourceRef].compactMap { $0 }
    case .helmRelease(let value): [value.chartRef ?? value.chart?.value.spec?.value.sourceRef].compactMap { $0 }
    case .helmChart(let value): [value.sourceRef].compactMap { $0 }
    case .imageUpdateAutomation(let value): [value.sourceRef].compactMap { $0 }
    case .artifactGenerator(let value): value.sources.compactMap(\.value.ref)
    case .gitRepository(let value): value.include.compactMap(\.value.repository)
    default: []
    }
  }
}
