import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import Policies

extension Rule {
  static let dependencyExcessive = Rule(
    id: "dependency-excessive", chapter: .dependencies, severity: .warning,
    title: "an object waits for too much, or for what should hold up nobody",
    why: """
      Each dependency is one more thing that can keep an object from being updated. Some things, such as dashboards, \
      should never stand between a fix and production.
      """,
    remedy: "Depend only on what must be there for the objects to be applied.",
    parameters: [limit.signature, neverGates.signature],
    check: .applier { applier, context, report in
      let references = applier.dependsOn.compactMap(\.value.ref)
      let globs = context[neverGates].map(Glob.init)
      for reference in references where globs.match("\(reference.namespace)/\(reference.name)") {
        report.add(
          .gate(applier.id, reference.id), at: reference.origin, about: applier.object,
          field: "spec.dependsOn[\(reference.namespace)/\(reference.name)]")
      }
      guard references.count > context[limit], let place = applier.object.manifest.keyOrigin("spec", "dependsOn") else {
        return
      }
      report.add(
        .many(applier.id, references.count, context[limit]), at: place, about: applier.object, field: "spec.dependsOn")
    })

  private static let limit = Parameter("limit", default: 6, "The most direct dependencies.")
  private static let neverGates = Parameter(
    "neverGates", default: [String](), "Patterns of `namespace/name` that nothing may wait for.")
}

extension Message {
  fileprivate static func many(_ id: ObjectID, _ count: Int, _ limit: Int) -> Self {
    Message("\(id) depends on \(count) objects directly, more than \(limit)")
  }

  fileprivate static func gate(_ id: ObjectID, _ dependency: ObjectID) -> Self {
    Message("\(id) waits for \(dependency), which should hold up nobody")
  }
}
