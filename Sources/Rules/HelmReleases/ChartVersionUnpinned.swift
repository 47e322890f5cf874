import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import Policies
import YAML

extension Rule {
  static let chartVersionUnpinned = Rule(
    id: "chart-version-unpinned", chapter: .helmReleases, severity: .error,
    title: "a chart's version is not pinned",
    why: """
      Without an exact version the cluster upgrades itself as soon as somebody publishes a chart: without a commit, \
      without a review, and without a revision to go back to. An omitted version means `*`.
      """,
    remedy: "Write the exact version, and let a bot propose new ones as pull requests.",
    parameters: [pinned.signature], tags: ["reliability", "supply-chain"],
    check: .flux { subject, context, report in
      switch subject.value {
      case .helmRelease(let release):
        guard release.chartRef == nil, let chart = release.chart?.value.spec?.value else { return }
        judge(chart, of: subject, context, &report)
      case .helmChart(let chart):
        guard chart.sourceRef?.kind == FluxKind.helmRepository.rawValue, let name = chart.chart else { return }
        judge(chart.version, orAbsentAt: name, "spec.version", of: subject, context, &report)
      case .ociRepository(let source):
        judge(source, of: subject, context, &report)
      default: break
      }
    })

  private static let pinned = Parameter(
    "pinned", default: PinnedVersion.exact,
    "What counts as pinned: `exact`, also `patch-range` (`~1.2.3`, `1.2.x`), or also `minor-range` (`^1.2.3`, `1.x`).")

  private static func judge(
    _ chart: HelmRelease.Chart, of subject: Subject<FluxObject>, _ context: RuleContext, _ report: inout Reporter
  ) {
    // The version of a chart in a Git repository or bucket is ignored: its source's revision decides.
    guard chart.sourceRef?.kind == FluxKind.helmRepository.rawValue, let name = chart.chart else { return }
    judge(chart.version, orAbsentAt: name, "spec.chart.spec.version", of: subject, context, &report)
  }

  private static func judge(
    _ version: Field<String>?, orAbsentAt name: Field<String>, _ field: String, of subject: Subject<FluxObject>,
    _ context: RuleContext, _ report: inout Reporter
  ) {
    guard let version, !version.value.isEmpty else {
      // A variable without a value, of which another rule speaks.
      let keys = field.split(separator: ".").map(String.init)
      if keys.reduce(subject.object.manifest.node, { $0?[$1] })?.origin.isSubstituted == true { return }
      report.add(
        .omitted(subject.id, chart: name.value), at: subject.object.removal(of: keys) ?? name.origin,
        about: subject.object, field: field)
      return
    }
    // What is no range at all is refused by Helm, and another rule's.
    guard let kind = VersionConstraint.kind(of: version.value), !context[pinned].allows(kind) else { return }
    report.add(
      .range(subject.id, chart: name.value, version.value, kind), at: version.origin, about: subject.object,
      field: field)
  }

  /// A chart that comes through an OCIRepository has the version that the OCIRepository follows.
  private static func judge(
    _ source: OCIRepository, of subject: Subject<FluxObject>, _ context: RuleContext, _ report: inout Reporter
  ) {
    let releases = (context.facts.consumers[subject.id] ?? []).filter { $0.kind == FluxKind.helmRelease.rawValue }
    guard let first = releases.first, let url = source.url, leavesChartOpen(source, subject.id, context) else { return }
    let users = releases.compactMap { context.cluster.object($0) }.map {
      RelatedLocation("\($0.id) takes its chart from here", at: $0.manifest.origin.location)
    }
    let message: Message
    let place: Origin
    switch source.checkout {
    case .semver(let range):
      guard let kind = VersionConstraint.kind(of: range.value) else { return }
      (message, place) = (.range(subject.id, chart: url.value, range.value, kind), range.origin)
    case .tag(let tag): (message, place) = (.latest(subject.id, first), tag.origin)
    case .standard:
      // Another rule says so too, of any source.
      if context.asking(.sourceRefDefault, in: subject.id.namespace) != nil { return }
      (message, place) = (.latest(subject.id, first), url.origin)
    case .digest, .commit, .name, .branch: return
    }
    report.add(message, at: place, about: subject.object, field: "spec.ref", related: users)
  }

  /// Whether releases take a chart from the source whose version is not pinned.
  static func leavesChartOpen(_ source: OCIRepository, _ id: ObjectID, _ context: RuleContext) -> Bool {
    guard context.facts.consumers[id]?.contains(where: { $0.kind == FluxKind.helmRelease.rawValue }) == true else {
      return false
    }
    switch source.checkout {
    case .semver(let range): return VersionConstraint.kind(of: range.value).map { !context[pinned].allows($0) } ?? false
    case .tag(let tag): return tag.value == "latest"
    case .standard: return true
    case .digest, .commit, .name, .branch: return false
    }
  }
}

/// What counts as a pinned version.
enum PinnedVersion: String, CaseIterable, ParameterConvertible {
  case exact
  case patchRange = "patch-range"
  case minorRange = "minor-range"

  func allows(_ kind: VersionConstraintKind) -> Bool {
    switch self {
    case .exact: kind <= .exact
    case .patchRange: kind <= .patchRange
    case .minorRange: kind <= .minorRange
    }
  }
}

extension String {
  /// Whether a bound of the range is a pre-release: then pre-releases are in the range.
  fileprivate var hasPreRelease: Bool {
    split { " ,|".contains($0) }.contains { $0.dropFirst().dropLast().contains("-") }
  }
}

extension Message {
  fileprivate static func omitted(_ id: ObjectID, chart: String) -> Self {
    Message(
      "\(id) gives no version for chart '\(chart)': it installs whatever is newest (an omitted version means '*')",
      help: "Add `version:` with the exact version that runs today beside `chart: \(chart)`.")
  }

  fileprivate static func range(_ id: ObjectID, chart: String, _ version: String, _ kind: VersionConstraintKind) -> Self
  {
    if version.hasSuffix("latest") {
      return Message(
        "\(id) does not pin chart '\(chart)': '\(version)' is published again and again under that name, without a "
          + "commit here")
    }
    var effect =
      switch kind {
      case .exact, .patchRange: "follows new patch versions"
      case .minorRange: "follows new minor versions"
      case .majorRange, .open: "follows new major versions"
      case .wildcard: "takes any version"
      }
    if version.hasPreRelease { effect += ", pre-releases too," }
    return Message("\(id) does not pin chart '\(chart)': '\(version)' \(effect) without a commit")
  }

  fileprivate static func latest(_ id: ObjectID, _ release: ObjectID) -> Self {
    Message(
      "\(id) gives \(release) the chart tagged 'latest', whatever that is at the moment",
      help: "Set `spec.ref.tag` to the exact version of the chart, or `spec.ref.digest`.")
  }
}
