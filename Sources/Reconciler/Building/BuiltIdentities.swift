import Kubernetes
import YAML

/// The identities of a build's objects while variables are substituted in one after the other.
///
/// Flux looks an object up by its new identity to put it back, and fails when two have the same by then.
struct BuiltIdentities {
  private struct Identity: Hashable {
    var type: GroupVersionKind
    var namespace: String
    var name: String

    init?(_ node: Node) {
      guard let manifest = Manifest(node) else { return nil }
      type = manifest.type
      namespace = manifest.namespace.isEmpty ? "default" : manifest.namespace
      name = manifest.name
    }
  }

  private var counts: [Identity: Int] = [:]

  init(_ nodes: [Node]) {
    for identity in nodes.compactMap(Identity.init) { counts[identity, default: 0] += 1 }
  }

  /// Puts `new` in the place of `old`. False, with nothing changed, when another object has its identity.
  mutating func replace(_ old: Node, by new: Node) -> Bool {
    guard let before = Identity(old), let after = Identity(new), before != after else { return true }
    guard counts[after, default: 0] == 0 else { return false }
    counts[before, default: 1] -= 1
    counts[after] = 1
    return true
  }
}
