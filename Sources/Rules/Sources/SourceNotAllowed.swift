import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import Policies
import YAML

extension Rule {
  static let sourceNotAllowed = Rule(
    id: "source-not-allowed", chapter: .sources, severity: .error,
    title: "a source that its tenant or environment may not use",
    why: """
      What may run in a cluster is decided by where it comes from. A source outside the agreed addresses brings in \
      manifests or charts that nobody has reviewed for that tenant or environment.
      """,
    remedy: "Use an allowed source, or have it added to the list in `.sluice.yaml`.",
    parameters: [allowedURLs.signature, deniedURLs.signature, deniedKinds.signature],
    tags: ["security", "tenancy", "supply-chain"], securitySeverity: "7.0",
    check: .flux { subject, context, report in
      if subject.value.kind.isSource { judge(source: subject, context, &report) }
      guard let tenant = context.policy.configuration.declaredTenant(ofNamespace: subject.id.namespace) else { return }
      for reference in subject.value.sourceReferences {
        // A source in the tenant's own namespace is judged where it is written.
        let owner = context.policy.configuration.declaredTenant(ofNamespace: reference.namespace)
        guard owner?.name != tenant.name else { continue }
        let url = context.cluster.object(reference.id)?.flux?.sourceURL
        guard let verdict = verdict(on: reference.id, url: url?.value, for: tenant) else { continue }
        report.add(
          .notAllowed(subject.id, uses: reference.id, url?.value, verdict), at: reference.origin, about: subject.object,
          field: "sourceRef[\(reference.id)]", related: [verdict.place])
      }
    })

  private static let allowedURLs = Parameter(
    "allowedUrls", default: [String](),
    "Patterns of the only addresses that sources may have, whoever's they are; empty for no limit.")
  private static let deniedURLs = Parameter(
    "deniedUrls", default: [String](), "Patterns of addresses that no source may have.")
  private static let deniedKinds = Parameter(
    "deniedKinds", default: [String](), "Kinds of sources that nobody may use, such as `Bucket`.")

  private static func judge(source: Subject<FluxObject>, _ context: RuleContext, _ report: inout Reporter) {
    let url = source.value.sourceURL
    let place = url?.origin ?? source.object.manifest.origin
    if let tenant = context.policy.configuration.declaredTenant(ofNamespace: source.id.namespace),
      let verdict = verdict(on: source.id, url: url?.value, for: tenant)
    {
      report.add(
        .notAllowed(source.id, url?.value, verdict), at: place, about: source.object, field: "spec.url",
        related: [verdict.place])
    }
    let kind = source.object.manifest.node["kind"]
    if context[deniedKinds].contains(source.id.kind) {
      report.add(
        .deniedKind(source.id), at: kind?.origin ?? place, about: source.object, field: "kind")
    }
    guard let url, !context.facts.ownSources.contains(source.id) else { return }
    let allowed = context[allowedURLs].map(Glob.init)
    if let pattern = context[deniedURLs].map(Glob.init).first(where: { $0.matches(address: url.value) }) {
      report.add(.denied(source.id, url.value, pattern), at: place, about: source.object, field: "spec.url")
    } else if !allowed.isEmpty, !allowed.contains(where: { $0.matches(address: url.value) }) {
      report.add(.outside(source.id, url.value, allowed), at: place, about: source.object, field: "spec.url")
    }
  }

  /// Nil where the source is allowed, or where its address is not known and would decide.
  private static func verdict(on id: ObjectID, url: String?, for tenant: Tenant) -> Verdict? {
    func matches(_ pattern: SourcePattern) -> Bool? {
      pattern.matches(kind: id.kind, namespace: id.namespace, name: id.name, url: url)
    }
    if let denied = tenant.deniedSources.first(where: { matches($0) == true }) {
      return Verdict(tenant: tenant, denied: denied)
    }
    guard let allowed = tenant.allowedSources else { return nil }
    return allowed.contains { matches($0) != false } ? nil : Verdict(tenant: tenant, denied: nil)
  }
}

/// Why a tenant may not use a source.
private struct Verdict {
  var tenant: Tenant
  /// The entry that forbids it; nil when no entry allows it.
  var denied: SourcePattern?

  var place: RelatedLocation {
    if let denied { return RelatedLocation("denied to tenant '\(tenant.name)' here", at: denied.location) }
    return RelatedLocation("the sources of tenant '\(tenant.name)' are listed here", at: tenant.location)
  }

  var sentence: String {
    if let denied { return "which is denied to tenant '\(tenant.name)' (\(denied.words))" }
    let allowed = (tenant.allowedSources ?? []).map(\.words)
    return allowed.isEmpty
      ? "but tenant '\(tenant.name)' may use no sources"
      : "which tenant '\(tenant.name)' may not use (allowed: \(Listing.of(allowed)))"
  }
}

extension Glob {
  /// Git addresses are written with and without `.git`.
  fileprivate func matches(address: String) -> Bool {
    matches(address) || address.hasSuffix(".git") && matches(String(address.dropLast(4)))
  }
}

extension FluxObject {
  /// The address of a source.
  var sourceURL: Field<String>? {
    switch self {
    case .gitRepository(let value): value.url
    case .ociRepository(let value): value.url
    case .helmRepository(let value): value.url
    case .bucket(let value): value.endpoint
    default: nil
    }
  }
}

extension Message {
  fileprivate static func notAllowed(_ id: ObjectID, _ url: String?, _ verdict: Verdict) -> Self {
    Message("\(id)\(at(url)) is a source, \(verdict.sentence)")
  }

  fileprivate static func notAllowed(_ id: ObjectID, uses source: ObjectID, _ url: String?, _ verdict: Verdict) -> Self
  {
    Message("\(id) uses \(source)\(at(url)), \(verdict.sentence)")
  }

  fileprivate static func deniedKind(_ id: ObjectID) -> Self {
    Message("\(id) is a source of kind \(id.kind), which is not allowed here")
  }

  fileprivate static func denied(_ id: ObjectID, _ url: String, _ pattern: Glob) -> Self {
    Message("\(id) fetches from \(url), which is not allowed here ('\(pattern)' is denied)")
  }

  fileprivate static func outside(_ id: ObjectID, _ url: String, _ allowed: [Glob]) -> Self {
    Message("\(id) fetches from \(url), which is not allowed here (only \(Listing.of(allowed.map(\.pattern))))")
  }

  private static func at(_ url: String?) -> String { url.map { " (\($0))" } ?? "" }
}
