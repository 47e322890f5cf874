import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import Policies
import YAML

extension Rule {
  static let fluxAPIRemoved = Rule(
    id: "flux-api-removed", chapter: .lifecycle, severity: .error,
    title: "an object is written in a version of the API that this Flux does not serve",
    why: """
      The API server refuses the object, and with it the whole Kustomization that applies it: nothing in there is updated \
      any more.
      """,
    remedy: "Write it in the version that this Flux serves.", precision: .veryHigh,
    check: .flux { subject, context, report in
      guard let use = APIUse(subject, in: context) else { return }
      guard let lifecycle = use.lifecycle else {
        report.add(.neverWas(use), at: use.origin, about: subject.object, field: "apiVersion")
        return
      }
      guard case .removed(let version) = lifecycle.state(in: use.flux) else { return }
      // Where the repository does not say which Flux it is for, only what all of them refuse is certain.
      let isCertain = !context.cluster.version.isAssumed || lifecycle.isRemovedEverywhere
      let applier = context.cluster.object(context.cluster.reconciliations[subject.object.reconciliation].id)
      let suspended = applier?.suspension == nil ? nil : applier
      report.add(
        .removed(use, in: version, isCertain: isCertain, while: suspended?.id), at: use.origin, about: subject.object,
        field: "apiVersion", severity: isCertain && suspended == nil ? .error : .warning)
    })
}

/// The version of the API that an object is written in.
struct APIUse {
  let id: ObjectID
  let version: String
  let flux: FluxVersion
  /// Whether nothing says which Flux that is.
  let isAssumed: Bool
  let origin: Origin
  /// Nil for a version that never was.
  let lifecycle: APILifecycle?
  /// What to write instead.
  let replacement: String?

  init?(_ subject: Subject<FluxObject>, in context: RuleContext) {
    let manifest = subject.object.manifest
    guard let kind = FluxKind(manifest.type), let node = manifest.node["apiVersion"] else { return nil }
    id = subject.id
    version = manifest.apiVersion
    flux = context.cluster.version.version
    isAssumed = context.cluster.version.isAssumed
    origin = node.origin
    lifecycle = kind.lifecycle(of: manifest.type.version)
    replacement = kind.preferredVersion(in: flux).map { "\(kind.group)/\($0)" }
  }
}

extension APILifecycle {
  fileprivate var isRemovedEverywhere: Bool {
    if case .removed = state(in: .v27) { true } else { false }
  }
}

extension Message {
  fileprivate static func removed(
    _ use: APIUse, in version: FluxVersion, isCertain: Bool, while suspended: ObjectID?
  ) -> Self {
    let fact =
      "\(use.id) is written in \(use.version), which is gone since Flux \(version)"
      + (use.isAssumed && isCertain ? ": no Flux that is still supported serves it" : "")
      + (suspended.map { "; \($0), which applies it, is suspended" } ?? "")
    if isCertain { return Message(fact, help: use.advice) }
    return Message(
      "\(fact); nothing here says which Flux the cluster runs, so \(use.flux) is assumed",
      help: use.advice.map { "\($0) If it runs an older Flux, say so: `fluxVersion` in `.sluice.yaml`." })
  }

  fileprivate static func neverWas(_ use: APIUse) -> Self {
    Message("\(use.id) is written in \(use.version), which no Flux serves", help: use.advice)
  }
}

extension APIUse {
  /// What to do; nil where the rule's own words must do.
  var advice: String? {
    guard let replacement else { return nil }
    let command =
      replacement.contains(".toolkit.fluxcd.io/") ? " `flux migrate -f .` writes the versions of all files." : ""
    return "Write `apiVersion: \(replacement)`, and check the fields that changed with it.\(command)"
  }
}
