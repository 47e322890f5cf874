import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let timeoutExceedsInterval = Rule(
    id: "timeout-exceeds-interval", chapter: .timing, severity: .warning,
    title: "a timeout or a retry is longer than the interval",
    why: """
      What hangs holds its object up for the whole timeout: new revisions wait, and what changed in the cluster is \
      corrected later than the interval promises. And what failed is looked at again after the interval of the retry \
      instead of its own: a longer one means that it recovers later than if none were set.
      """,
    remedy: "Shorten what is longer than the interval, or lengthen the interval.",
    check: .flux { subject, context, report in
      guard let (interval, lengths) = subject.value.timing else { return }
      let longer = lengths.filter { $0.length.value > interval.value }
      guard let first = longer.first else { return }
      report.add(
        .longer(subject.id, longer, interval.value), at: first.length.origin, about: subject.object,
        field: "spec.\(first.field)",
        related: longer.dropFirst().map { RelatedLocation("\($0.field) is longer, too", at: $0.length.origin.location) }
      )
    })
}

/// A field that says how long something may take, or how late it is tried again.
private typealias Length = (field: String, length: Field<GoDuration>)

extension FluxObject {
  /// The interval, and what should be shorter; nil for other kinds: a source that is fetched late holds nothing up that
  /// would go on without it.
  fileprivate var timing: (interval: Field<GoDuration>, lengths: [Length])? {
    let (interval, lengths): (Field<GoDuration>?, [(String, Field<GoDuration>?)])
    switch self {
    case .kustomization(let value):
      (interval, lengths) = (value.interval, [("timeout", value.timeout), ("retryInterval", value.retryInterval)])
    case .helmRelease(let value): (interval, lengths) = (value.interval, value.times)
    default: return nil
    }
    return interval.map { ($0, lengths.compactMap { field, length in length.map { (field, $0) } }) }
  }
}

extension HelmRelease {
  /// How long it and its single actions may take, and how late one is tried again.
  fileprivate var times: [(String, Field<GoDuration>?)] {
    [
      ("timeout", timeout),
      ("install.timeout", install?.value.timeout), ("upgrade.timeout", upgrade?.value.timeout),
      ("rollback.timeout", rollback?.value.timeout), ("uninstall.timeout", uninstall?.value.timeout),
      ("test.timeout", test?.value.timeout),
      ("install.strategy.retryInterval", install?.value.strategy?.value.retryInterval),
      ("upgrade.strategy.retryInterval", upgrade?.value.strategy?.value.retryInterval),
    ]
  }
}

extension Message {
  fileprivate static func longer(_ id: ObjectID, _ lengths: [Length], _ interval: GoDuration) -> Self {
    let parts = lengths.map { field, length in
      "\("aeiou".contains(field.prefix(1)) ? "an" : "a") \(field) of \(length.value.words)"
    }
    return Message("\(id) has \(Listing.of(parts)), longer than its interval of \(interval.words)")
  }
}
