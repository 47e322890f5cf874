import Diagnostics
import Flux
import Kubernetes

/// A dependency that never comes about on a fresh cluster, whatever else happens.
public struct StartBlock: Sendable {
  /// What depends.
  public var blocked: ObjectID
  /// What it depends on.
  public var dependency: ObjectRef
  /// Why that never comes.
  public var reason: Reason

  /// Why a dependency never comes.
  public enum Reason: Sendable {
    /// The object is not in the cluster.
    case missing
    /// The object is suspended, by the field at a place.
    case suspended(Location)
  }

  /// `blocked` depends on something that never comes.
  public init(_ blocked: ObjectID, on dependency: ObjectRef, _ reason: Reason) {
    (self.blocked, self.dependency, self.reason) = (blocked, dependency, reason)
  }
}
