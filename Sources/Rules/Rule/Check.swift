import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import Policies

/// What a rule looks at. Each case is a kind of subject with the function that judges one of them.
public enum Check: Sendable {
  /// The whole repository.
  case repository(@Sendable (RepositoryContext, inout Reporter) -> Void)
  /// A cluster with its graph.
  case cluster(@Sendable (RuleContext, inout Reporter) -> Void)
  /// What one Kustomization or HelmRelease came to.
  case reconciliation(@Sendable (Reconciliation, RuleContext, inout Reporter) -> Void)
  /// A Kustomization or HelmRelease.
  case applier(@Sendable (Applier, RuleContext, inout Reporter) -> Void)
  /// A Kustomization.
  case kustomization(@Sendable (Subject<Kustomization>, RuleContext, inout Reporter) -> Void)
  /// A HelmRelease.
  case helmRelease(@Sendable (Subject<HelmRelease>, RuleContext, inout Reporter) -> Void)
  /// Any of Flux's objects.
  case flux(@Sendable (Subject<FluxObject>, RuleContext, inout Reporter) -> Void)
  /// Any object that is applied.
  case object(@Sendable (AppliedObject, RuleContext, inout Reporter) -> Void)
  /// A statement that findings are accepted, with which something is the matter. These run last.
  case suppression(@Sendable (SuppressionProblem, inout Reporter) -> Void)
}

/// One of Flux's objects as it is in the cluster, with its typed value.
public struct Subject<Value: Sendable>: Sendable {
  /// The object with its identity and how it came in.
  public let object: AppliedObject
  /// The typed value.
  public let value: Value

  /// The identity, with the namespace it lands in.
  public var id: ObjectID { object.id }
}
