import ClusterModel
import Flux
import Kubernetes
import Policies

extension RuleContext {
  /// Whether nothing takes anything from a source, as far as can be known.
  func isUnused(_ source: ObjectID) -> Bool {
    facts.consumers[source] == nil && !facts.ownSources.contains(source) && !facts.mayBeUsedUnseen(source)
      && !isMeantElsewhere(source)
  }

  /// Whether `source-unused` says that a source can go.
  func isToldUnused(_ source: ObjectID) -> Bool {
    isUnused(source) && asking(.sourceUnused, in: source.namespace) != nil
  }

  /// Whether a reference that leads nowhere means this source: then the reference is what is wrong, and another rule says
  /// so.
  private func isMeantElsewhere(_ id: ObjectID) -> Bool {
    guard policy.selection.isOn(Rule.sourceNotFound.id) else { return false }
    return facts.consumers.contains { wanted, users in
      cluster.object(wanted) == nil && !facts.isKnownSource(wanted)
        && users.contains { LookAlike.find(wanted, for: $0, in: self)?.found == id }
    }
  }
}
