import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import Policies

extension Rule {
  static let sourceCrossNamespace = Rule(
    id: "source-cross-namespace", chapter: .sources, severity: .error,
    title: "an object takes its source from another namespace",
    why: """
      A source holds the credentials to fetch it. Who refers to a source of another namespace uses credentials that were \
      given to somebody else, and controllers that run with `--no-cross-namespace-refs` refuse such objects for good.
      """,
    remedy: "Put a source into the object's own namespace.",
    parameters: [allowedNamespaces.signature], tags: ["security", "tenancy"], securitySeverity: "6.5",
    check: .cluster { context, report in
      let isShared = context.hasTenants
      var unowned: [String: [CrossReference]] = [:]
      var contexts: [String: RuleContext?] = [:]
      for object in context.facts.fluxObjects {
        let own = object.id.namespace
        for reference in object.flux?.crossReferences(from: own) ?? [] {
          let known = contexts[own] ?? context.entering(own)
          contexts[own] = .some(known)
          guard let context = known else { continue }
          let use = CrossReference(object: object, source: reference)
          guard judge(use, context, &report) else { continue }
          // Where nobody is kept apart from anybody, it is one question for each namespace that holds sources.
          if isShared { use.report(&report) } else { unowned[reference.namespace, default: []].append(use) }
        }
      }
      for (_, uses) in unowned.sorted(by: { $0.key < $1.key }) {
        uses.first?.report(&report, with: uses.dropFirst().map { $0 }, isOneOfMany: true)
      }
    })

  /// Reports what is refused, and what a tenant may not use. Whether it is neither, and nobody has allowed it.
  private static func judge(_ use: CrossReference, _ context: RuleContext, _ report: inout Reporter) -> Bool {
    let (id, reference) = (use.object.id, use.source)
    guard let controller = use.object.flux?.referringController else { return false }
    if let flag = context.cluster.settings.noCrossNamespaceRefs[controller], flag.value {
      report.add(
        .refused(id, reference.id, controller), at: use.place, about: use.object, field: use.field,
        related: [RelatedLocation("\(controller) is started with the flag here", at: flag.location)], severity: .error)
      return false
    }
    guard let tenant = context.tenant(of: id.namespace) else {
      // Image tags that are scanned for others too are nobody's secret.
      if case .imagePolicy = use.object.flux { return false }
      return !context[allowedNamespaces].map(Glob.init).match(reference.namespace)
    }
    if context.tenant(of: reference.namespace) != tenant, !isAllowed(reference, id.namespace, context) {
      report.add(
        .foreign(id, reference.id, tenant: tenant), at: use.place, about: use.object, field: use.field, severity: .error
      )
    }
    return false
  }

  private static let allowedNamespaces = Parameter(
    "allowedNamespaces", default: [String](),
    "Patterns of namespaces whose sources everybody but tenants may use, such as `flux-system`.")

  /// Whether the tenant's list of sources names one in that namespace.
  private static func isAllowed(_ reference: ObjectRef, _ own: String, _ context: RuleContext) -> Bool {
    let tenant = context.policy.configuration.declaredTenant(ofNamespace: own)
    let url = context.cluster.object(reference.id)?.flux?.sourceURL?.value
    return tenant?.allowedSources?.contains { pattern in
      pattern.namespace != nil
        && pattern.matches(
          kind: reference.kind, namespace: reference.namespace, name: reference.name, url: url) != false
    } ?? false
  }
}

/// A reference to a source of another namespace.
private struct CrossReference {
  let object: AppliedObject
  let source: ObjectRef

  var place: Origin { source.writtenNamespace?.origin ?? source.origin }
  var field: String { "sourceRef[\(source.id)]" }

  /// Reports a reference that nobody forbids, together with others to the same namespace.
  func report(_ report: inout Reporter, with others: [CrossReference] = [], isOneOfMany: Bool = false) {
    let places = others.prefix(4).map { RelatedLocation("\($0.object.id) refers to it too", at: $0.place.location) }
    report.add(
      .other(object.id, source.id, others: others.count), at: place, about: object, field: field, related: places,
      severity: .warning, cause: isOneOfMany ? "sources of \(source.namespace)" : nil)
  }
}

extension FluxObject {
  /// The references to sources that a controller resolves in another namespace.
  fileprivate func crossReferences(from own: String) -> [ObjectRef] {
    if case .imagePolicy(let policy) = self {
      return [policy.imageRepositoryRef].compactMap { $0 }.filter { $0.crossesNamespace(from: own) }
    }
    return referringController == nil ? [] : sourceReferences.filter { $0.crossesNamespace(from: own) }
  }

  /// The controller that resolves the object's reference to a source of any namespace.
  fileprivate var referringController: String? {
    switch self {
    case .kustomization: "kustomize-controller"
    case .helmRelease: "helm-controller"
    case .imageUpdateAutomation: "image-automation-controller"
    case .imagePolicy: "image-reflector-controller"
    case .artifactGenerator: "source-watcher"
    default: nil
    }
  }
}

extension Message {
  fileprivate static func refused(_ id: ObjectID, _ source: ObjectID, _ controller: String) -> Self {
    Message(
      "\(id) refers to \(source) in another namespace, which \(controller) refuses (--no-cross-namespace-refs)",
      help: "Put a source into namespace '\(id.namespace)' and refer to that one.")
  }

  fileprivate static func foreign(_ id: ObjectID, _ source: ObjectID, tenant: String) -> Self {
    Message(
      "\(id) of tenant '\(tenant)' takes its source from \(source), outside the tenant's namespaces",
      help:
        "Put a source into namespace '\(id.namespace)', or allow this one under `tenants` in .sluice.yaml, with its "
        + "namespace.")
  }

  fileprivate static func other(_ id: ObjectID, _ source: ObjectID, others: Int) -> Self {
    let namespace = source.namespace
    let help =
      "Nothing fails while `--no-cross-namespace-refs` is off. Put sources beside what uses them, or accept those of "
      + "'\(namespace)' with `rules: {source-cross-namespace: {parameters: {allowedNamespaces: [\(namespace)]}}}` in "
      + ".sluice.yaml."
    guard others > 0 else { return Message("\(id) takes its source from \(source), in another namespace", help: help) }
    return Message(
      "\(id) takes its source from \(source), in another namespace",
      extent: ", as \(others) more do from '\(namespace)'", help: help)
  }
}
