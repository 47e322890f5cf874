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
    check: .flux { subject, context, report in
      guard let controller = subject.value.referringController else { return }
      let own = subject.id.namespace
      for reference in subject.value.sourceReferences where reference.crossesNamespace(from: own) {
        let flag = context.cluster.settings.noCrossNamespaceRefs[controller]
        let place = reference.writtenNamespace?.origin ?? reference.origin
        let field = "sourceRef[\(reference.id)]"
        if let flag, flag.value {
          report.add(
            .refused(subject.id, reference.id, controller), at: place, about: subject.object, field: field,
            related: [RelatedLocation("\(controller) is started with the flag here", at: flag.location)],
            severity: .error)
        } else if let tenant = context.tenant(of: own) {
          guard context.tenant(of: reference.namespace) != tenant, !isAllowed(reference, own, context) else { continue }
          report.add(
            .foreign(subject.id, reference.id, tenant: tenant), at: place, about: subject.object, field: field,
            severity: .error)
        } else if !context[allowedNamespaces].map(Glob.init).match(reference.namespace) {
          report.add(
            .other(subject.id, reference.id), at: place, about: subject.object, field: field, severity: .warning)
        }
      }
    })

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

extension FluxObject {
  /// The controller that resolves the object's reference to a source of any namespace.
  fileprivate var referringController: String? {
    switch self {
    case .kustomization: "kustomize-controller"
    case .helmRelease: "helm-controller"
    case .imageUpdateAutomation: "image-automation-controller"
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

  fileprivate static func other(_ id: ObjectID, _ source: ObjectID) -> Self {
    Message("\(id) takes its source from \(source), in another namespace")
  }
}
