import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import YAML

extension Rule {
  static let suspendUntracked = Rule(
    id: "suspend-untracked", chapter: .lifecycle, severity: .warning,
    title: "something is suspended, and nobody knows by whom or why",
    why: """
      What is suspended gets no fixes and no security updates, silently. Months later nobody dares to resume it, unless it \
      is written down who suspended it, why, since when, and when it may go on.
      """,
    remedy: "Write owner, reason, start and condition into the annotations, or resume it.",
    parameters: [annotations.signature],
    check: .flux { subject, context, report in
      guard let suspend = subject.object.suspension else { return }
      let missing = context[annotations].filter { subject.object.manifest.annotation($0)?.isEmpty ?? true }
      guard !missing.isEmpty else { return }
      report.add(
        .untracked(subject.id, missing), at: suspend, about: subject.object, field: "spec.suspend",
        severity: context.isProduction(subject.id.namespace) ? .error : nil)
    })

  private static let annotations = Parameter(
    "annotations",
    default: [
      "sluice.dev/suspend-owner", "sluice.dev/suspend-reason", "sluice.dev/suspend-since",
      "sluice.dev/suspend-resume-when",
    ], "The annotations that a suspended object must have.")
}

extension AppliedObject {
  /// Where `suspend: true` stands; nil for an object that is not suspended, or of a kind that cannot be.
  var suspension: Origin? {
    guard let kind = FluxKind(manifest.type), kind.schema.fields["spec.suspend"] != nil,
      let node = manifest.node[path: "spec", "suspend"], node.scalar?.text == "true"
    else { return nil }
    return node.origin
  }
}

extension Message {
  fileprivate static func untracked(_ id: ObjectID, _ missing: [String]) -> Self {
    Message("\(id) is suspended without \(Listing.of(missing.map { "`\($0)`" }))")
  }
}
