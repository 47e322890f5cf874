import ClusterModel
import Diagnostics
import Kubernetes
import Testing

@testable import Reconciler

/// What the tests of simulated repositories have in common.
enum Fleet {
  /// The only cluster of a repository with `texts` in it.
  static func cluster(_ texts: [String: String], isBootstrapped: Bool = true) throws -> Cluster {
    let model = try SimulatedRepository.model(texts, isBootstrapped: isBootstrapped)
    return try #require(model.clusters.first)
  }

  // MARK: ResourceSets

  /// A ResourceSet up to its fields.
  static let setHead = """
    apiVersion: fluxcd.controlplane.io/v1
    kind: ResourceSet
    metadata: {name: tenants, namespace: apps}
    spec:

    """

  /// The cluster of a repository with a ResourceSet of these fields, and files beside it.
  static func cluster(set spec: String, _ files: [String: String] = [:]) throws -> Cluster {
    let indented = spec.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
    var texts = Dictionary(uniqueKeysWithValues: files.map { ("clusters/prod/\($0.key)", $0.value) })
    texts["clusters/prod/set.yaml"] = setHead + indented.joined(separator: "\n") + "\n"
    return try cluster(texts)
  }

  /// That ResourceSet.
  static func set(in cluster: Cluster) throws -> Reconciliation {
    try cluster.reconciliation("ResourceSet", "tenants")
  }

  // MARK: objects

  /// A Kustomization of an ExternalArtifact.
  static func kustomization(of artifact: String, path: String = "./") -> String {
    """
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: {name: \(artifact), namespace: flux-system}
    spec: {interval: 10m, path: \(path), prune: true, sourceRef: {kind: ExternalArtifact, name: \(artifact)}}
    """
  }

  static func configMap(_ name: String, _ data: String) -> String {
    """
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: \(name), namespace: apps}
    data: \(data)
    """
  }
}

extension Cluster {
  /// The reconciliation of the Flux object `kind/name`.
  func reconciliation(_ kind: String, _ name: String) throws -> Reconciliation {
    try #require(reconciliations.first { $0.kind != .bootstrap && $0.id.kind == kind && $0.id.name == name })
  }

  /// What a reconciliation applies, as `Kind/namespace/name`.
  func applied(by reconciliation: Reconciliation) -> [String] {
    reconciliation.objects.map { objects[$0].reference.description }
  }

  func object(_ kind: String, _ name: String) throws -> AppliedObject {
    try #require(objects.first { $0.id.kind == kind && $0.id.name == name })
  }
}

extension Reconciliation {
  var failure: BuildProblem? {
    switch outcome {
    case .failed(let problem), .pathMissing(let problem): problem
    case .done, .gap: nil
    }
  }

  var isDone: Bool {
    if case .done = outcome { true } else { false }
  }
}
