/// Where the objects of a type live.
public enum Scope: Sendable, Hashable {
  /// Each in a namespace.
  case namespaced
  /// In the cluster as a whole.
  case cluster

  init?(letter: Substring) {
    switch letter {
    case "N": self = .namespaced
    case "C": self = .cluster
    default: return nil
    }
  }
}
