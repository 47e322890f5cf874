import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let dependencyCrossesTenant = Rule(
    id: "dependency-crosses-tenant", chapter: .dependencies, severity: .error,
    title: "an object waits for one of another tenant",
    why: """
      A tenant whose releases wait for those of another can be stopped by that other's mistakes, and the platform by any \
      tenant's. `--no-cross-namespace-refs` does not prevent it.
      """,
    remedy: "Depend on objects of the own tenant or of the platform only.", tags: ["tenancy", "reliability"],
    check: .applier { applier, context, report in
      let own = context.tenant(of: applier.id.namespace)
      for reference in applier.dependsOn.compactMap(\.value.ref) {
        guard let other = context.tenant(of: reference.namespace), other != own else { continue }
        report.add(
          .crosses(applier.id, own, reference.id, other), at: reference.origin, about: applier.object,
          field: "spec.dependsOn[\(reference.namespace)/\(reference.name)]")
      }
    })
}

extension Message {
  fileprivate static func crosses(_ id: ObjectID, _ own: String?, _ dependency: ObjectID, _ other: String) -> Self {
    let owner = own.map { "of tenant '\($0)'" } ?? "of the platform"
    return Message("\(id) \(owner) waits for \(dependency) of tenant '\(other)'")
  }
}
