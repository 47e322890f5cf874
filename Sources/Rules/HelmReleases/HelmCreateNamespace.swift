import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let helmCreateNamespace = Rule(
    id: "helm-create-namespace", chapter: .helmReleases, severity: .info,
    title: "a release creates the namespace it goes to",
    why: """
      A namespace that Helm makes on the way has no labels, no policies and no quota, belongs to nobody, and is not \
      removed with the release.
      """,
    remedy: "Let a Kustomization apply the namespace, and take `createNamespace` out.",
    check: .helmRelease { subject, context, report in
      // Without a target namespace the controller ignores it.
      guard let create = subject.value.install?.value.createNamespace, create.value,
        let target = subject.value.targetNamespace
      else { return }
      report.add(
        .creates(subject.id, target.value), at: create.origin, about: subject.object,
        field: "spec.install.createNamespace")
    })
}

extension Message {
  fileprivate static func creates(_ id: ObjectID, _ namespace: String) -> Self {
    Message("\(id) creates namespace '\(namespace)' on the way, without labels, policies or quota")
  }
}
