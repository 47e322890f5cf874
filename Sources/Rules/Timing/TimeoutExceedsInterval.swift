import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let timeoutExceedsInterval = Rule(
    id: "timeout-exceeds-interval", chapter: .timing, severity: .warning,
    title: "a timeout or retry is longer than the interval",
    why: """
      A reconciliation that may take longer than the time to the next one is overtaken by it, and a retry that comes \
      later than the next regular run is none.
      """,
    remedy: "Shorten the timeout or the retry, or lengthen the interval.",
    check: .flux { subject, context, report in
      guard let (interval, timeout, retry) = subject.value.timing else { return }
      if case .helmRelease(let release) = subject.value {
        for (field, length) in release.actionTimes where length.value > interval.value {
          report.add(
            .longer(subject.id, field, length.value, interval.value), at: length.origin, about: subject.object,
            field: "spec.\(field)")
        }
      }
      if let timeout, timeout.value > interval.value {
        report.add(
          .longer(subject.id, "timeout", timeout.value, interval.value), at: timeout.origin, about: subject.object,
          field: "spec.timeout")
      }
      if let retry, retry.value > interval.value {
        report.add(
          .longer(subject.id, "retryInterval", retry.value, interval.value), at: retry.origin, about: subject.object,
          field: "spec.retryInterval")
      }
    })
}

extension HelmRelease {
  /// How long single actions may take, and how late one is tried again.
  fileprivate var actionTimes: [(field: String, length: Field<GoDuration>)] {
    let times = [
      ("install.timeout", install?.value.timeout), ("upgrade.timeout", upgrade?.value.timeout),
      ("rollback.timeout", rollback?.value.timeout), ("uninstall.timeout", uninstall?.value.timeout),
      ("test.timeout", test?.value.timeout),
      ("install.strategy.retryInterval", install?.value.strategy?.value.retryInterval),
      ("upgrade.strategy.retryInterval", upgrade?.value.strategy?.value.retryInterval),
    ]
    return times.compactMap { field, length in length.map { (field, $0) } }
  }
}

extension FluxObject {
  fileprivate typealias Timing = (
    interval: Field<GoDuration>, timeout: Field<GoDuration>?, retry: Field<GoDuration>?
  )

  /// Interval, timeout and retry; nil for what has no interval.
  fileprivate var timing: Timing? {
    func timing(
      _ interval: Field<GoDuration>?, _ timeout: Field<GoDuration>?, _ retry: Field<GoDuration>? = nil
    ) -> Timing? {
      interval.map { ($0, timeout, retry) }
    }
    return switch self {
    case .kustomization(let value): timing(value.interval, value.timeout, value.retryInterval)
    case .helmRelease(let value): timing(value.interval, value.timeout)
    case .gitRepository(let value): timing(value.interval, value.timeout)
    case .ociRepository(let value): timing(value.interval, value.timeout)
    case .helmRepository(let value): timing(value.interval, value.timeout)
    case .bucket(let value): timing(value.interval, value.timeout)
    case .imageRepository(let value): timing(value.interval, value.timeout)
    default: nil
    }
  }
}

extension Message {
  fileprivate static func longer(
    _ id: ObjectID, _ field: String, _ length: GoDuration, _ interval: GoDuration
  ) -> Self {
    Message("\(id) has a \(field) of \(length.words), but is reconciled again after \(interval.words)")
  }
}
