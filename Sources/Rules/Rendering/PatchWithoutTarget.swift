import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let patchWithoutTarget = Rule(
    id: "patch-without-target", chapter: .rendering, severity: .warning,
    title: "a patch changes nothing",
    why: "A patch whose target matches no object is passed over without a word: what it was to change is as it was.",
    remedy: "Correct the target, or take the patch out.", precision: .veryHigh,
    check: .reconciliation { reconciliation, context, report in
      for place in reconciliation.unmatchedPatches {
        report.add(
          .unmatched(reconciliation.id), at: place, about: reconciliation.reference, field: "patches",
          related: [RelatedLocation("\(reconciliation.id) is built with it", at: reconciliation.location)])
      }
    })
}

extension Message {
  fileprivate static func unmatched(_ id: ObjectID) -> Self {
    Message("this patch matches none of the objects of \(id)")
  }
}
