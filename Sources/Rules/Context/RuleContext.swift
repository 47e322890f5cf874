import ClusterModel
import Diagnostics
import Files
import Flux
import Kubernetes
import Policies

/// What a rule about a cluster can see.
public struct RuleContext: Sendable {
  /// The whole repository.
  public let model: RepositoryModel
  /// The cluster.
  public let cluster: Cluster
  /// What has been worked out of the cluster.
  public let facts: ClusterFacts
  /// What counts as a finding.
  public let policy: Policy
  /// The id of the rule that runs.
  var rule: String
  /// How the rule is on for the subject at hand.
  var activation: Selection.Activation

  /// The value of a parameter for the subject at hand.
  public subscript<Value>(_ parameter: Parameter<Value>) -> Value {
    activation.parameters[parameter.name].flatMap(Value.init) ?? parameter.defaultValue
  }

  /// The tenant that a namespace belongs to; nil when it is the platform's.
  public func tenant(of namespace: String) -> String? {
    policy.configuration.tenant(ofNamespace: namespace, labelled: facts.labelledTenants[namespace])
  }

  /// Whether what is in a namespace (empty for the cluster scope) is in production.
  public func isProduction(_ namespace: String) -> Bool {
    policy.configuration.environmentClass(
      cluster: cluster.name, path: cluster.entryPoint.path.string, namespace: namespace) == .production
  }

  /// Whether any namespace of the cluster belongs to a tenant.
  var hasTenants: Bool {
    cluster.index.keys.contains { $0.kind == "Namespace" && $0.group.isEmpty && tenant(of: $0.name) != nil }
  }

  /// How the rule is on for objects of a namespace; nil when it does not apply to them.
  func activation(in namespace: String) -> Selection.Activation? {
    policy.selection.activation(
      of: rule, isProduction: isProduction(namespace), isTenant: tenant(of: namespace) != nil)
  }

  /// The context in which another rule judges objects of a namespace; nil when it does not apply to them. What that rule
  /// says need not be said again.
  func asking(_ other: Rule, in namespace: String) -> RuleContext? {
    var context = self
    context.rule = other.id
    return context.entering(namespace)
  }

  /// The same context for a subject in `namespace`; nil when the rule does not apply there.
  func entering(_ namespace: String) -> RuleContext? {
    guard let activation = activation(in: namespace) else { return nil }
    var context = self
    context.activation = activation
    return context
  }

  /// The reconciliation of a Kustomization or HelmRelease.
  public func reconciliation(of id: ObjectID) -> Reconciliation? {
    facts.reconciliation(of: id).map { cluster.reconciliations[$0] }
  }

  /// Whether an object exists that no file creates: the configuration says so.
  public func isExternal(_ id: ObjectID) -> Bool {
    policy.configuration.externals.contains(kind: id.kind, namespace: id.namespace, name: id.name)
  }

  /// The state of a feature gate, as far as the repository tells.
  public func gate(_ name: String, of controller: String) -> Bool? {
    cluster.settings.featureGates[controller]?[name]?.value
  }
}

/// What a rule about the whole repository can see.
public struct RepositoryContext: Sendable {
  /// The whole repository.
  public let model: RepositoryModel
  /// What counts as a finding.
  public let policy: Policy
}
