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
    check: .cluster { context, report in
      var implied: [Implied] = []
      var needed: Set<Location> = []
      let graph = context.cluster.graph
      let circular = Set(graph.cycles().flatMap { $0 })
      for applier in context.facts.fluxObjects.compactMap(Applier.init) {
        let references = applier.dependsOn.compactMap { dependency in
          dependency.value.readyExpr == nil ? dependency.value.ref : nil
        }
        let ways = references.count > 1 ? references.map { Way($0, for: applier.id, graph) } : []
        for (index, reference) in references.enumerated() {
          if let twin = references[..<index].first(where: { $0.id == reference.id }) {
            implied.append(Implied(applier: applier, reference: reference, way: twin))
            continue
          }
          // In a circle nothing is redundant.
          guard let node = graph.node(reference.id), !circular.contains(node) else { continue }
          if let way = ways.first(where: { $0.implies(reference.id, graph) })?.reference {
            implied.append(Implied(applier: applier, reference: reference, way: way))
          } else {
            needed.insert(reference.origin.location)
          }
        }
      }
      // An entry of a patch or a base that some of its objects need cannot be taken out for the others.
      for entry in implied where !needed.contains(entry.reference.origin.location) {
        let isTwin = entry.way.id == entry.reference.id
        report.add(
          isTwin
            ? .twice(entry.applier.id, entry.reference.id)
            : .implied(entry.applier.id, entry.reference.id, by: entry.way.id), at: entry.reference.origin,
          about: entry.applier.object, field: "spec.dependsOn[\(entry.reference.namespace)/\(entry.reference.name)]",
          related: [
            RelatedLocation(
              isTwin ? "it is named here already" : "\(entry.way.id) depends on it already",
              at: entry.way.origin.location)
          ])
      }
    })

  /// A dependency that another one implies.
  private struct Implied {
    let applier: Applier
    let reference: ObjectRef
    let way: ObjectRef
  }

  /// A dependency, and what it depends on itself.
  private struct Way {
    let reference: ObjectRef
    /// Directly or through others. Nothing where the one that lists it is among that: in a circle nothing is redundant.
    let needs: Set<Int>

    init(_ reference: ObjectRef, for subject: ObjectID, _ graph: Graph) {
      self.reference = reference
      guard let node = graph.node(reference.id), let own = graph.node(subject) else {
        needs = []
        return
      }
      let all = graph.requirements(of: node, [.dependsOn])
      needs = node == own || all.contains(own) ? [] : all
    }

    func implies(_ other: ObjectID, _ graph: Graph) -> Bool {
      other != reference.id && graph.node(other).map(needs.contains) ?? false
    }
  }
}

extension Message {
  fileprivate static func twice(_ id: ObjectID, _ dependency: ObjectID) -> Self {
    Message("\(id) names \(dependency) twice in `dependsOn`")
  }

  fileprivate static func implied(_ id: ObjectID, _ dependency: ObjectID, by other: ObjectID) -> Self {
    Message("\(id) depends on \(dependency), which \(other) depends on already")
  }
}
