import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import Policies
import YAML

extension Rule {
  static let suspendExpired = Rule(
    id: "suspend-expired", chapter: .lifecycle, severity: .error,
    title: "a suspension is past the day it was to end",
    why: "Somebody said until when the object may stay as it is. That day is over, and it still gets no changes.",
    remedy: "Resume it, or agree on another day.", parameters: [untilAnnotation.signature], precision: .veryHigh,
    check: .flux { subject, context, report in
      guard subject.object.suspension != nil,
        let node = subject.object.manifest.annotationNode(context[untilAnnotation]),
        let until = node.scalar.flatMap({ CalendarDate(dayOf: $0.text) }), until < context.policy.today
      else { return }
      report.add(
        .expired(subject.id, until), at: node.origin, about: subject.object, field: "suspend-until")
    })

  private static let untilAnnotation = Parameter(
    "untilAnnotation", default: "sluice.dev/suspend-until", "The annotation with the last day, `YYYY-MM-DD`.")
}

extension CalendarDate {
  /// The day of a date, or of a point in time such as `2027-01-31T18:00:00Z`.
  fileprivate init?(dayOf text: String) {
    let day = text.prefix { $0 != "T" && $0 != " " }
    self.init(String(day))
  }
}

extension Message {
  fileprivate static func expired(_ id: ObjectID, _ until: CalendarDate) -> Self {
    Message("\(id) was to be suspended until \(until), and still is")
  }
}
