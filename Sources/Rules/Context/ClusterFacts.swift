import ClusterModel
import Diagnostics
import Files
import Flux
import Kubernetes
import Policies
import YAML

/// What several rules want to know of a cluster, worked out once and shared.
public final class ClusterFacts: Sendable {
  /// The cluster.
  public let cluster: Cluster
  /// The tenant that each namespace of the cluster in which Flux runs is labelled with.
  public let labelledTenants: [String: String]
  /// Flux's own objects that somebody wrote, each identity once.
  public let fluxObjects: [AppliedObject]
  /// Sources that are this repository itself.
  public let ownSources: Set<ObjectID>
  /// The names of the variables that some Kustomization substitutes.
  public let variables: Set<String>
  /// Who takes files or a chart from a source.
  public let consumers: [ObjectID: [ObjectID]]
  /// Secrets and ConfigMaps that operators make of objects in the cluster.
  private let products: Set<ObjectID>
  /// Whether what Kustomizations substitute is not what the files say.
  public let hasInjectedVariables: Bool
  /// Who may do what.
  public let access: AccessControl
  /// What the API server would refuse about Flux's objects.
  let fieldProblems: FieldProblems
  private let reconciliations: [ObjectID: Int]
  private let knownSources: Set<ObjectID>
  private let unseen: [UnseenProducer]

  /// Works them out.
  public init(_ cluster: Cluster) {
    self.cluster = cluster
    let all = cluster.fluxObjects
    variables = Self.variables(of: all, in: cluster)
    labelledTenants = Self.labelledTenants(in: cluster)
    fluxObjects = all.filter { !cluster.isAssumed($0) }
    var reconciliations: [ObjectID: Int] = [:]
    var known: Set<ObjectID> = []
    for (position, reconciliation) in cluster.reconciliations.enumerated() {
      if !reconciliation.kind.isGiven { reconciliations[reconciliation.id] = position }
      switch reconciliation.source {
      case .local(let source, _), .external(let source), .composed(let source): known.insert(source)
      case .none, .missing: break
      }
    }
    self.reconciliations = reconciliations
    knownSources = known
    ownSources = cluster.ownSources
    consumers = Self.consumers(among: all)
    products = Producers.products(in: cluster)
    hasInjectedVariables = cluster.changerOnAdmission != nil
    unseen = UnseenProducer.all(in: cluster)
    access = AccessControl(cluster)
    fieldProblems = FieldProblems(of: fluxObjects, in: cluster)
  }

  /// The position of the reconciliation of a Kustomization or HelmRelease.
  public func reconciliation(of id: ObjectID) -> Int? { reconciliations[id] }

  /// Whether an operator makes this Secret or ConfigMap of an object in the cluster.
  public func isProduct(_ id: ObjectID) -> Bool {
    var anywhere = id
    anywhere.namespace = Producers.anywhere
    return products.contains(id) || products.contains(anywhere)
  }

  /// The Secrets of which it is known that the cluster has them: those in files, and those that operators make.
  var knownSecrets: Set<ObjectID> {
    Set(cluster.index.keys.filter { $0.kind == "Secret" && $0.group.isEmpty })
      .union(products.filter { $0.kind == "Secret" && $0.namespace != Producers.anywhere })
  }

  /// Whether a source is there although no object shows it: the cluster's own, where the repository holds no bootstrap.
  public func isKnownSource(_ id: ObjectID) -> Bool { knownSources.contains(id) }

  /// Whether an object that is not in the cluster may be made by something whose objects are not known. What `referrer`
  /// misses may then be there.
  /// - Parameter others: what cannot make it either.
  public func mayExistUnseen(_ id: ObjectID, for referrer: ObjectID, except others: Set<ObjectID> = []) -> Bool {
    unseen.contains { $0.id != referrer && !others.contains($0.id) && $0.mayProduce(id) }
  }

  /// Whether something whose objects are not known may use an object of this identity.
  public func mayBeUsedUnseen(_ id: ObjectID) -> Bool {
    unseen.contains { $0.mayUse(id) }
  }

  /// Whether an Alert that listens to an object may be among what is not known. Where the repository has Alerts of its
  /// own, those of somebody else's repository are not counted on.
  /// - Parameter hasAlerts: whether an Alert of the cluster is known.
  func mayBeHeardUnseen(_ id: ObjectID, hasAlerts: Bool) -> Bool {
    unseen.contains { !(hasAlerts && $0.isForeign) && $0.mayUse(id) }
  }

  /// Whether nothing in the repository says what a reconciliation is set to: it is the root that an entry of the
  /// configuration, or a folder of Flux objects, must have.
  func isMadeUp(_ reconciliation: Reconciliation, in cluster: Cluster) -> Bool {
    guard [.configured, .folder].contains(cluster.entryPoint.kind), let root = cluster.object(reconciliation.id) else {
      return false
    }
    return cluster.isAssumed(root)
  }

  private static func variables(of objects: [AppliedObject], in cluster: Cluster) -> Set<String> {
    var names: Set<String> = []
    for object in objects {
      guard case .kustomization(let value) = object.flux, let postBuild = value.postBuild else { continue }
      names.formUnion(postBuild.substitute.map(\.key.value))
      for source in postBuild.substituteFrom.compactMap({ $0.value.ref.flatMap { cluster.object($0.id) } }) {
        for section in ["data", "stringData"] { names.formUnion(source.manifest.node[section]?.mapping?.keys ?? []) }
      }
    }
    return names
  }

  private static func labelledTenants(in cluster: Cluster) -> [String: String] {
    var found: [String: String] = [:]
    for object in cluster.objects where object.id.kind == "Namespace" && object.id.group.isEmpty {
      let owner = cluster.reconciliations[object.reconciliation]
      // What goes to a remote cluster says nothing of the namespaces of this one.
      guard owner.target.isEmpty else { continue }
      let creator = owner.definition?.manifest
      if let tenant = object.manifest.label(Tenancy.label) ?? creator?.label(Tenancy.label) {
        found[object.id.name] = tenant
      }
    }
    return found
  }

  private static func consumers(among objects: [AppliedObject]) -> [ObjectID: [ObjectID]] {
    var found: [ObjectID: [ObjectID]] = [:]
    for object in objects {
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
