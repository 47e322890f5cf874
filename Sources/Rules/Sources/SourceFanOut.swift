import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let sourceFanOut = Rule(
    id: "source-fan-out", chapter: .sources, severity: .warning,
    title: "too many hang on one source, or one tenant has too many",
    why: """
      Every new revision of a source makes all its consumers reconcile at once, and a source that fails stops them all. \
      Each source of a tenant is one more place that can change the cluster.
      """,
    remedy: "Split the source, or have several consumers become one.",
    parameters: [consumerLimit.signature, sourceLimit.signature], tags: ["reliability", "tenancy"],
    check: .cluster { context, report in
      var byTenant: [String: [AppliedObject]] = [:]
      for object in context.facts.fluxObjects where object.flux?.isSource ?? false {
        if let tenant = context.tenant(of: object.id.namespace) { byTenant[tenant, default: []].append(object) }
        let consumers = Set(context.facts.consumers[object.id] ?? []).count
        // What this repository itself brings has one source, and nobody can split it.
        guard consumers > context[consumerLimit], !context.facts.ownSources.contains(object.id) else { continue }
        report.add(
          .consumers(object.id, consumers, context[consumerLimit]), at: object.manifest.origin, about: object,
          field: "consumers", related: context.uses(of: object.id))
      }
      for (tenant, sources) in byTenant.sorted(by: { $0.key < $1.key }) where sources.count > context[sourceLimit] {
        let surplus = sources[context[sourceLimit]]
        report.add(
          .sources(tenant, sources.count, context[sourceLimit]), at: surplus.manifest.origin, about: surplus,
          field: "tenant[\(tenant)]",
          related: sources.filter { $0.id != surplus.id }.prefix(Self.shown).map {
            RelatedLocation("\($0.id) is another", at: $0.manifest.origin.location)
          })
      }
    })

  /// How many of many are pointed at.
  fileprivate static let shown = 10
  private static let consumerLimit = Parameter("consumers", default: 100, "The most consumers of one source.")
  private static let sourceLimit = Parameter("sources", default: 20, "The most sources of one tenant.")
}

extension RuleContext {
  /// Where the consumers of a source name it: the first few.
  fileprivate func uses(of source: ObjectID) -> [RelatedLocation] {
    var found: [RelatedLocation] = []
    for id in Set(facts.consumers[source] ?? []).sorted().prefix(Rule.shown) {
      let references = cluster.object(id)?.flux?.sourceReferences ?? []
      guard let place = references.first(where: { $0.id == source })?.origin.location else { continue }
      found.append(RelatedLocation("\(id) uses it", at: place))
    }
    return found
  }
}

extension FluxObject {
  /// Whether others take files or charts from it.
  fileprivate var isSource: Bool {
    [.gitRepository, .ociRepository, .helmRepository, .bucket, .externalArtifact].contains(kind)
  }
}

extension Message {
  fileprivate static func consumers(_ id: ObjectID, _ count: Int, _ limit: Int) -> Self {
    Message(
      "\(id) has", extent: " \(count) consumers, more than \(limit): each revision reconciles all of them at once")
  }

  fileprivate static func sources(_ tenant: String, _ count: Int, _ limit: Int) -> Self {
    Message("tenant '\(tenant)' has \(count) sources, more than \(limit)")
  }
}
