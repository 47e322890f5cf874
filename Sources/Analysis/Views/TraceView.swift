import ClusterModel
import Diagnostics
import Files
import Flux
import Kubernetes

/// How an object comes into its cluster: source, path, overlays, reconciler, identity, and what waits for it.
public enum TraceView {
  /// The stories of all objects that `query` means; empty when there is none.
  public static func render(_ query: ObjectQuery, in clusters: [Cluster]) -> String {
    let stories = clusters.flatMap { cluster in
      cluster.objects.filter { query.matches($0.id) }.map { story(of: $0, in: cluster) }
    }
    return stories.joined(separator: "\n")
  }

  private static func story(of object: AppliedObject, in cluster: Cluster) -> String {
    var lines = ["\(object.id) in cluster \(cluster.name)"]
    lines.append("  written      \(object.manifest.origin.location)")
    for step in object.trace { lines.append("  \(padded("via", to: 11))  \(step.message)  \(step.location)") }
    for step in object.manifest.origin.trace {
      lines.append("  \(padded("then", to: 11))  \(step.message)  \(step.location)")
    }
    lines += reconcilers(of: object, in: cluster)
    lines += needs(of: object, in: cluster)
    return lines.joined(separator: "\n") + "\n"
  }

  /// The chain of what applies it, from the object outwards to the entry of the cluster.
  private static func reconcilers(of object: AppliedObject, in cluster: Cluster) -> [String] {
    var lines: [String] = []
    var seen: Set<Int> = []
    var next: Int? = object.reconciliation
    while let position = next, seen.insert(position).inserted {
      let reconciliation = cluster.reconciliations[position]
      if reconciliation.kind == .bootstrap {
        lines.append("  bootstrapped  \(cluster.entryPoint.kind.words)  \(reconciliation.location)")
        break
      }
      lines.append("  applied by   \(reconciliation.id)  \(reconciliation.location)")
      switch reconciliation.source {
      case .local(let source, _), .composed(let source):
        lines.append("    from       \(source), path ./\(reconciliation.path?.string ?? "")")
      case .none, .external, .missing: break
      }
      lines.append("    as         \(identity(of: reconciliation, in: cluster))")
      next = cluster.object(reconciliation.id)?.reconciliation
    }
    return lines
  }

  private static func identity(of reconciliation: Reconciliation, in cluster: Cluster) -> String {
    let (written, controller): (Field<String>?, String)
    switch reconciliation.definition {
    case .kustomization(let kustomization):
      (written, controller) = (kustomization.serviceAccountName, "kustomize-controller")
    case .helmRelease(let release): (written, controller) = (release.serviceAccountName, "helm-controller")
    default: return "the controller"
    }
    if let written {
      return "ServiceAccount \(reconciliation.id.namespace)/\(written.value)  \(written.origin.location)"
    }
    if let account = cluster.settings.defaultServiceAccount[controller] {
      return "ServiceAccount \(reconciliation.id.namespace)/\(account.value) (--default-service-account)"
        + "  \(account.location)"
    }
    return "\(controller) itself: no serviceAccountName"
  }

  private static func needs(of object: AppliedObject, in cluster: Cluster) -> [String] {
    guard let node = cluster.graph.node(object.id) else { return [] }
    let needed = cluster.graph.needs(of: node).filter { $0.kind != .appliedBy }.map { edge in
      "  needs        \(cluster.graph.nodes[edge.to])  \(edge.location)"
    }
    let dependents = cluster.graph.neededBy(node).filter { $0.kind != .appliedBy }.map { edge in
      "  needed by    \(cluster.graph.nodes[edge.from])  \(edge.location)"
    }
    return needed + dependents
  }

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.utf8.count))
  }
}

extension EntryPoint.Kind {
  /// The kind in words.
  public var words: String {
    switch self {
    case .bootstrap: "by flux bootstrap"
    case .fluxInstance: "by a FluxInstance"
    case .configured: "by configuration"
    case .folder: "by its folder"
    }
  }
}
