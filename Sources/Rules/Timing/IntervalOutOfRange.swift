import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let intervalOutOfRange = Rule(
    id: "interval-out-of-range", chapter: .timing, severity: .warning,
    title: "an interval is too short or too long for its kind",
    why: """
      Short intervals load the API server, Git hosts and registries, up to being locked out. Long ones let the cluster \
      drift, and make a missed event last.
      """,
    remedy: "Choose an interval within the bounds, and let a Receiver bring changes at once.",
    parameters: [
      sourceMinimum.signature, sourceMaximum.signature, applierMinimum.signature, applierMaximum.signature,
      helmIndexMinimum.signature, helmIndexMaximum.signature, imageMinimum.signature, imageMaximum.signature,
      hardMinimum.signature,
    ],
    check: .flux { subject, context, report in
      guard let interval = subject.value.interval, let bounds = bounds(of: subject.value, context) else { return }
      let length = interval.value
      if length < bounds.lowerBound {
        let isHard = length < context[hardMinimum]
        report.add(
          .tooShort(subject.id, length, bounds.lowerBound), at: interval.origin, about: subject.object,
          field: "spec.interval", severity: isHard ? .error : nil)
      } else if length > bounds.upperBound {
        report.add(
          .tooLong(subject.id, length, bounds.upperBound), at: interval.origin, about: subject.object,
          field: "spec.interval")
      }
    })

  private static let sourceMinimum = Parameter(
    "sourceMinimum", default: GoDuration.minutes(1), "The least for GitRepositories, OCIRepositories and Buckets.")
  private static let sourceMaximum = Parameter("sourceMaximum", default: GoDuration.hours(1), "The most for them.")
  private static let applierMinimum = Parameter(
    "applierMinimum", default: GoDuration.minutes(1), "The least for Kustomizations and HelmReleases.")
  private static let applierMaximum = Parameter("applierMaximum", default: GoDuration.hours(24), "The most for them.")
  private static let helmIndexMinimum = Parameter(
    "helmIndexMinimum", default: GoDuration.minutes(10), "The least for HelmRepositories, whose whole index is fetched."
  )
  private static let helmIndexMaximum = Parameter(
    "helmIndexMaximum", default: GoDuration.hours(24), "The most for them.")
  private static let imageMinimum = Parameter(
    "imageMinimum", default: GoDuration.minutes(1), "The least for ImageRepositories.")
  private static let imageMaximum = Parameter("imageMaximum", default: GoDuration.hours(24), "The most for them.")
  private static let hardMinimum = Parameter(
    "hardMinimum", default: GoDuration.seconds(10), "Anything below is an error, whatever the kind.")

  private static func bounds(of object: FluxObject, _ context: RuleContext) -> ClosedRange<GoDuration>? {
    let (lower, upper): (Parameter<GoDuration>, Parameter<GoDuration>)
    switch object {
    case .gitRepository, .ociRepository, .bucket: (lower, upper) = (sourceMinimum, sourceMaximum)
    case .kustomization, .helmRelease: (lower, upper) = (applierMinimum, applierMaximum)
    // Of type oci it is only an address: nothing is fetched.
    case .helmRepository(let source) where source.type?.value != "oci":
      (lower, upper) = (helmIndexMinimum, helmIndexMaximum)
    case .imageRepository: (lower, upper) = (imageMinimum, imageMaximum)
    default: return nil
    }
    return context[lower]...max(context[lower], context[upper])
  }
}

extension FluxObject {
  fileprivate var interval: Field<GoDuration>? {
    switch self {
    case .gitRepository(let value): value.interval
    case .ociRepository(let value): value.interval
    case .bucket(let value): value.interval
    case .helmRepository(let value): value.interval
    case .kustomization(let value): value.interval
    case .helmRelease(let value): value.interval
    case .imageRepository(let value): value.interval
    default: nil
    }
  }
}

extension Message {
  fileprivate static func tooShort(_ id: ObjectID, _ length: GoDuration, _ bound: GoDuration) -> Self {
    Message("\(id) is reconciled every \(length.words), more often than every \(bound.words)")
  }

  fileprivate static func tooLong(_ id: ObjectID, _ length: GoDuration, _ bound: GoDuration) -> Self {
    Message("\(id) is reconciled every \(length.words) only, less often than every \(bound.words)")
  }
}
