import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let valuesFromMissing = Rule(
    id: "values-from-missing", chapter: .rendering, severity: .warning,
    title: "values come from an object or a key that nothing makes",
    why: "Without them the release is neither installed nor upgraded, unless the reference says `optional: true`.",
    remedy: "Add the object or the key, declare it under `externals` in `.sluice.yaml`, or set `optional: true`.",
    check: .helmRelease { subject, context, report in
      for entry in subject.value.valuesFrom {
        guard let reference = entry.value.ref, entry.value.optional?.value != true else { continue }
        let field = "spec.valuesFrom[\(reference.kind)/\(reference.name)]"
        guard context.exists(reference.id, for: subject.id) else {
          report.add(
            .missing(subject.id, reference.id), at: reference.origin, about: subject.object, field: field)
          continue
        }
        let key = entry.value.valuesKey
        let wanted = key?.value ?? "values.yaml"
        guard let object = context.cluster.object(reference.id), object.lacks(key: wanted) else { continue }
        report.add(
          .keyMissing(subject.id, object.writtenID, wanted), at: key?.origin ?? reference.origin, about: subject.object,
          field: "spec.valuesFrom[\(reference.kind)/\(object.writtenID.name)].\(wanted)",
          related: [RelatedLocation("\(reference.id) is here", at: object.manifest.origin.location)])
      }
    })
}

extension Message {
  fileprivate static func missing(_ id: ObjectID, _ object: ObjectID) -> Self {
    Message("\(id) takes values from \(object), which nothing in the cluster makes")
  }

  fileprivate static func keyMissing(_ id: ObjectID, _ object: ObjectID, _ key: String) -> Self {
    Message("\(id) takes values from key '\(key)' of \(object), which has no such key")
  }
}
