import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let substitutionSourceMissing = Rule(
    id: "substitution-source-missing", chapter: .rendering, severity: .warning,
    title: "variables come from an object that nothing makes",
    why: "Without its variables the Kustomization is not built at all, unless the reference says `optional: true`.",
    remedy: "Add the object, declare it under `externals` in `.sluice.yaml`, or set `optional: true`.",
    check: .kustomization { subject, context, report in
      for entry in subject.value.postBuild?.value.substituteFrom ?? [] {
        guard let reference = entry.value.ref, entry.value.optional?.value != true,
          !context.exists(reference.id, for: subject.id)
        else { continue }
        report.add(
          .missing(subject.id, reference.id), at: reference.origin, about: subject.object,
          field: "spec.postBuild.substituteFrom[\(reference.kind)/\(reference.name)]")
      }
    })
}

extension Message {
  fileprivate static func missing(_ id: ObjectID, _ object: ObjectID) -> Self {
    Message("\(id) takes variables from \(object), which nothing in the cluster makes")
  }
}
