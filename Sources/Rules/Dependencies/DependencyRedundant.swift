import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let dependencyRedundant = Rule(
    id: "dependency-redundant", chapter: .dependencies, severity: .info,
    title: "a dependency that another one implies",
    why:
      "Every entry of `dependsOn` is polled on its own. One that another implies adds nothing but delay and reading.",
    remedy: "Take the entry out, unless it is there for readers.", tags: ["maintenance"],
    check: .applier { applier, context, report in
      let references = applier.dependsOn.compactMap { dependency in
        dependency.value.readyExpr == nil ? dependency.value.ref : nil
      }
      guard references.count > 1 else { return }
      for reference in references {
        let others = references.filter { $0.id != reference.id }
        let graph = context.cluster.graph
        guard let way = others.first(where: { needs($0.id, reference.id, but: applier.id, graph) }) else { continue }
        report.add(
          .implied(applier.id, reference.id, by: way.id), at: reference.origin, about: applier.object,
          field: "spec.dependsOn[\(reference.namespace)/\(reference.name)]",
          related: [RelatedLocation("\(way.id) depends on it already", at: way.origin.location)])
      }
    })

  /// Whether `object` depends on `other`, directly or through others, and not on `subject` itself: in a circle nothing is
  /// redundant.
  private static func needs(_ object: ObjectID, _ other: ObjectID, but subject: ObjectID, _ graph: Graph) -> Bool {
    guard let from = graph.node(object), let to = graph.node(other), let own = graph.node(subject) else { return false }
    return graph.dependents(of: [to], [.dependsOn]).contains(from)
      && !graph.dependents(of: [own], [.dependsOn]).contains(from)
  }
}

extension Message {
  fileprivate static func implied(_ id: ObjectID, _ dependency: ObjectID, by other: ObjectID) -> Self {
    Message("\(id) depends on \(dependency), which \(other) already waits for")
  }
}
