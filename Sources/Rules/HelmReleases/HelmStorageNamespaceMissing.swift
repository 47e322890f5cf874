import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let helmStorageNamespaceMissing = Rule(
    id: "helm-storage-namespace-missing", chapter: .helmReleases, severity: .info,
    title: "the records of a release are kept apart from it",
    why: """
      Helm's records stay in the namespace of the HelmRelease, unless told otherwise: `helm list` does not show the \
      release where its objects are, and whoever may read one namespace may not read the other.
      """,
    remedy: "Set `spec.storageNamespace` to the namespace of the objects.",
    check: .helmRelease { subject, context, report in
      guard subject.value.storageNamespace == nil else { return }
      if let target = subject.value.targetNamespace, target.value != subject.id.namespace {
        report.add(
          .apart(subject.id, "namespace '\(target.value)'"), at: target.origin, about: subject.object,
          field: "spec.storageNamespace")
      } else if let kubeConfig = subject.value.kubeConfig {
        report.add(
          .apart(subject.id, "another cluster"), at: kubeConfig.origin, about: subject.object,
          field: "spec.storageNamespace")
      }
    })
}

extension Message {
  fileprivate static func apart(_ id: ObjectID, _ place: String) -> Self {
    Message("\(id) installs into \(place), but keeps its records in namespace '\(id.namespace)'")
  }
}
