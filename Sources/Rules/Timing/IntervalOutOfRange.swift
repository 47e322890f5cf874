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
      for (field, interval) in subject.value.intervals {
        let length = interval.value
        if length < context[hardMinimum] {
          report.add(
            .tooShort(subject.id, length, context[hardMinimum]), at: interval.origin, about: subject.object,
            field: field, severity: .error)
          continue
        }
        // The chart of a release has bounds of its own kind only at the lower end.
        guard field == "spec.interval", let bounds = bounds(of: subject, context) else { continue }
        if length < bounds.lowerBound {
          report.add(
            .tooShort(subject.id, length, bounds.lowerBound), at: interval.origin, about: subject.object, field: field)
        } else if length > bounds.upperBound {
          report.add(
            .tooLong(subject.id, length, bounds.upperBound), at: interval.origin, about: subject.object, field: field)
        }
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
    "helmIndexMaximum", default: GoDuration.hours(24),
    "The most for them, for OCIRepositories with charts, and for sources that follow nothing that moves.")
  private static let imageMinimum = Parameter(
    "imageMinimum", default: GoDuration.minutes(1), "The least for ImageRepositories.")
  private static let imageMaximum = Parameter("imageMaximum", default: GoDuration.hours(24), "The most for them.")
  private static let hardMinimum = Parameter(
    "hardMinimum", default: GoDuration.seconds(10), "Anything below is an error, whatever the kind.")

  private static func bounds(of subject: Subject<FluxObject>, _ context: RuleContext) -> ClosedRange<GoDuration>? {
    let (lower, upper): (Parameter<GoDuration>, Parameter<GoDuration>)
    switch subject.value {
    case .gitRepository(let source) where source.checkout.isFixed: (lower, upper) = (sourceMinimum, helmIndexMaximum)
    case .ociRepository(let source)
    where source.checkout.isFixed || source.isOfCharts || context.facts.holdsCharts(subject.id):
      (lower, upper) = (sourceMinimum, helmIndexMaximum)
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

extension Checkout {
  /// Whether only a change of the object itself brings another revision, which is fetched at once.
  fileprivate var isFixed: Bool {
    switch self {
    case .commit, .digest: true
    case .tag(let tag): tag.value.utf8.contains { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    case .name(let name): name.value.hasPrefix("refs/tags/")
    case .semver(let range): VersionConstraint.kind(of: range.value) == .exact
    case .branch, .standard: false
    }
  }
}

extension OCIRepository {
  /// Whether it takes the layer with a chart out of what it fetches.
  fileprivate var isOfCharts: Bool {
    layerSelector?.value.mediaType?.value.hasPrefix("application/vnd.cncf.helm.chart") == true
  }
}

extension ClusterFacts {
  /// Whether only releases take something from a source: charts.
  fileprivate func holdsCharts(_ source: ObjectID) -> Bool {
    let users = consumers[source] ?? []
    return !users.isEmpty && users.allSatisfy { $0.kind == FluxKind.helmRelease.rawValue }
  }
}

extension FluxObject {
  /// All intervals, each with its field.
  fileprivate var intervals: [(field: String, interval: Field<GoDuration>)] {
    var found = interval.map { [("spec.interval", $0)] } ?? []
    if case .helmRelease(let release) = self, let chart = release.chart?.value.spec?.value.interval {
      found.append(("spec.chart.spec.interval", chart))
    }
    return found
  }

  private var interval: Field<GoDuration>? {
    switch self {
    case .gitRepository(let value): value.interval
    case .ociRepository(let value): value.interval
    case .bucket(let value): value.interval
    case .helmRepository(let value): value.interval
    case .kustomization(let value): value.interval
    case .helmRelease(let value): value.interval
    case .imageRepository(let value): value.interval
    case .imagePolicy(let value): value.interval
    case .imageUpdateAutomation(let value): value.interval
    case .helmChart(let value): value.interval
    case .receiver(let value): value.interval
    case .fluxInstance(let value): value.sync?.value.interval
    default: nil
    }
  }
}

extension String {
  /// A kind with its article: `an OCIRepository`.
  fileprivate var withArticle: String {
    (first.map { "AEIO".contains($0) } ?? false) ? "an \(self)" : "a \(self)"
  }
}

extension Message {
  fileprivate static func tooShort(_ id: ObjectID, _ length: GoDuration, _ bound: GoDuration) -> Self {
    Message("\(id) has an interval of \(length.words), below \(bound.words), the least for \(id.kind.withArticle)")
  }

  fileprivate static func tooLong(_ id: ObjectID, _ length: GoDuration, _ bound: GoDuration) -> Self {
    Message("\(id) has an interval of \(length.words), above \(bound.words), the most for \(id.kind.withArticle)")
  }
}
