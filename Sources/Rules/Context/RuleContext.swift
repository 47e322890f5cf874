import ClusterModel
import Diagnostics
import Files
import Flux
import Kubernetes
import Policies

/// What a rule about a cluster can see. Frozen, and shared by all subjects that the rule is on for in the same way.
public final class RuleContext: Sendable {
  /// The whole repository.
  public let model: RepositoryModel
  /// The cluster.
  public let cluster: Cluster
  /// What has been worked out of the cluster.
  public let facts: ClusterFacts
  /// What counts as a finding.
  public let policy: Policy
  /// Whose the namespaces of the cluster are.
  let namespaces: NamespaceClasses
  /// The id of the rule that runs.
  let rule: String
  /// How the rule is on for the subject at hand.
  let activation: Selection.Activation

  /// The context of `rule` in a cluster as a whole.
  init(model: RepositoryModel, facts: ClusterFacts, policy: Policy, namespaces: NamespaceClasses, rule: Rule) {
    self.model = model
    cluster = facts.cluster
    self.facts = facts
    self.policy = policy
    self.namespaces = namespaces
    self.rule = rule.id
    activation = Selection.Activation(severity: rule.severity)
  }

  /// The same context for `rule` where it is on by `activation`.
  init(_ other: RuleContext, rule: String, activation: Selection.Activation) {
    model = other.model
    cluster = other.cluster
    facts = other.facts
    policy = other.policy
    namespaces = other.namespaces
    self.rule = rule
    self.activation = activation
  }

  /// The value of a parameter for the subject at hand.
  public subscript<Value>(_ parameter: Parameter<Value>) -> Value {
    activation.parameters[parameter.name].flatMap(Value.init) ?? parameter.defaultValue
  }

  /// The tenant that a namespace belongs to; nil when it is the platform's.
  public func tenant(of namespace: String) -> String? { namespaces[namespace].tenant }

  /// Whether what is in a namespace (empty for the cluster scope) is in production.
  public func isProduction(_ namespace: String) -> Bool { namespaces[namespace].isProduction }

  /// Whether any namespace of the cluster belongs to a tenant.
  var hasTenants: Bool {
    cluster.index.keys.contains { $0.kind == "Namespace" && $0.group.isEmpty && tenant(of: $0.name) != nil }
  }

  /// How the rule is on for objects of a namespace; nil when it does not apply to them.
  func activation(in namespace: String) -> Selection.Activation? {
    let own = namespaces[namespace]
    return policy.selection.activation(of: rule, isProduction: own.isProduction, isTenant: own.tenant != nil)
  }

  /// The context in which another rule judges objects of a namespace; nil when it does not apply to them. What that rule
  /// says need not be said again.
  func asking(_ other: Rule, in namespace: String) -> RuleContext? {
    let own = namespaces[namespace]
    return policy.selection.activation(of: other.id, isProduction: own.isProduction, isTenant: own.tenant != nil)
      .map { RuleContext(self, rule: other.id, activation: $0) }
  }

  /// The same context for a subject in `namespace`; nil when the rule does not apply there.
  func entering(_ namespace: String) -> RuleContext? {
    activation(in: namespace).map { RuleContext(self, rule: rule, activation: $0) }
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
  /// What has been worked out of each of its clusters.
  public let facts: [ClusterFacts]
  /// What counts as a finding.
  public let policy: Policy
}
