/// A named set of clusters, folders and namespaces.
public struct Environment: Sendable, Hashable {
  /// What kind of environment it is.
  public enum Class: String, Sendable, Hashable, CaseIterable {
    /// Users depend on it.
    case production
    /// Rehearsal of production.
    case staging
    /// Where things are built and tried.
    case development
    /// Anything else.
    case other
  }

  /// Its name.
  public var name: String
  /// What kind it is.
  public var `class`: Class
  /// Patterns of cluster names.
  public var clusters: [Glob]
  /// Patterns of the folders that clusters reconcile.
  public var paths: [Glob]
  /// Patterns of namespaces.
  public var namespaces: [Glob]

  /// An environment.
  public init(name: String, class: Class, clusters: [Glob] = [], paths: [Glob] = [], namespaces: [Glob] = []) {
    self.name = name
    self.class = `class`
    self.clusters = clusters
    self.paths = paths
    self.namespaces = namespaces
  }
}

extension Environment {
  /// Whether a cluster's name or path says that it is production.
  public static func looksLikeProduction(_ cluster: String, _ path: String) -> Bool {
    ProductionNames.contain(cluster) || ProductionNames.contain(path)
  }
}

extension Configuration {
  /// The class of the environment that a namespace of a cluster belongs to; `path` is the folder the cluster reconciles.
  ///
  /// An environment that names the namespace goes before one that names the folder, and that before one that names
  /// the cluster; among equals the first in the file decides. Without configured environments a cluster is production
  /// when its name or path says so.
  public func environmentClass(cluster: String, path: String, namespace: String) -> Environment.Class {
    if environments.isEmpty {
      return Environment.looksLikeProduction(cluster, path) ? .production : .other
    }
    let found =
      environments.first { !namespace.isEmpty && $0.namespaces.match(namespace) }
      ?? environments.first { $0.paths.match(path) }
      ?? environments.first { $0.clusters.match(cluster) }
    return found?.class ?? .other
  }
}

/// Names by which people call their production.
enum ProductionNames {
  private static let words: Set<String> = ["prod", "production", "prd", "live"]
  /// In front of such a word these make it the opposite: `non-prod`, `pre_production`.
  private static let negations: Set<String> = ["non", "not", "no", "pre"]

  /// Whether a component of `path` is such a word, alone or between `-` and `_`.
  static func contain(_ path: String) -> Bool {
    path.split(separator: "/").contains { component in
      let parts = component.split { $0 == "-" || $0 == "_" }.map { $0.lowercased() }
      return parts.indices.contains { index in
        words.contains(parts[index]) && !(index > 0 && negations.contains(parts[index - 1]))
      }
    }
  }
}
