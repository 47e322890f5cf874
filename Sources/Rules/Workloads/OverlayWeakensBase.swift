import ClusterModel
import Diagnostics
import Kubernetes

extension Rule {
  static let overlayWeakensBase = Rule(
    id: "overlay-weakens-base", chapter: .workloads, severity: .warning,
    title: "an overlay loosens what its base had tightened",
    why: """
      Whoever reads the base takes it for what runs. The patch takes a protection away again, for one environment only, \
      and nothing in the base says so.
      """,
    remedy: "Take the setting out of the patch, or loosen the base where everybody sees it.",
    tags: ["security", "workloads"], securitySeverity: "4.5",
    check: .object { object, _, report in
      for loosening in Loosening.all(of: object) {
        report.add(
          .weakens(object.id, loosening), at: loosening.place, about: object.reference, field: loosening.field,
          related: [RelatedLocation("\(loosening.setting) is tight here", at: loosening.before)] + object.trace)
      }
    })
}

extension Message {
  fileprivate static func weakens(_ id: ObjectID, _ loosening: Loosening) -> Self {
    let subject = loosening.container.map { "container '\($0.name)' of \(id)" } ?? "\(id)"
    let setting = loosening.setting == "capabilities" ? "capabilities.drop" : loosening.setting
    let change = loosening.isSet ? "loosens" : "takes out"
    return Message("a patch \(change) `\(setting): \(loosening.words)` of \(subject), which its base sets")
  }
}
