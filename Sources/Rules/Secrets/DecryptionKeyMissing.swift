import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import YAML

extension Rule {
  static let decryptionKeyMissing = Rule(
    id: "decryption-key-missing", chapter: .secrets, severity: .warning,
    title: "decryption is asked for without a key",
    why: """
      Keys for age and PGP come from the Secret that `secretRef` names, cloud keys from an identity. With neither, \
      decryption fails unless the controller has been given a key in a way that the repository does not show.
      """,
    remedy: "Name the Secret with the keys in `spec.decryption.secretRef`, or the service account of a cloud identity.",
    check: .kustomization { subject, context, report in
      guard let decryption = subject.value.decryption, decryption.value.secretRef == nil,
        decryption.value.serviceAccountName == nil, context.cluster.settings.defaultDecryptionServiceAccount == nil,
        !context.cluster.hasControllerKey,
        let reconciliation = context.reconciliation(of: subject.id)
      else { return }
      let encrypted = reconciliation.objects.map { context.cluster.objects[$0] }
        .compactMap(\.manifest.sopsMetadata)
      // A cloud's key service can be used with the identity of the controller itself.
      guard encrypted.allSatisfy({ !$0.usesKeyService }) else { return }
      report.add(
        .missing(subject.id), at: subject.object.manifest.keyOrigin("spec", "decryption") ?? decryption.origin,
        about: subject.object, field: "spec.decryption")
    })
}

extension Cluster {
  /// Whether kustomize-controller was given a key of its own: a flag, a variable, an identity of its service account.
  fileprivate var hasControllerKey: Bool {
    isInstalled(
      with: ["--sops-age-secret", "SOPS_AGE_KEY", "VAULT_TOKEN", "role-arn"], controller: "kustomize-controller")
      || objects.contains { object in
        (object.id.kind, object.id.name) == ("ServiceAccount", "kustomize-controller")
          && ["eks.amazonaws.com/role-arn", "iam.gke.io/gcp-service-account", "azure.workload.identity/client-id"]
            .contains { object.manifest.annotation($0) != nil }
      }
  }
}

extension Node {
  /// Whether one of the keys that SOPS encrypted for is in a key service.
  fileprivate var usesKeyService: Bool {
    ["kms", "gcp_kms", "azure_kv", "hc_vault"].contains { key in
      !(self[key]?.sequence?.isEmpty ?? true)
    }
  }
}

extension Message {
  fileprivate static func missing(_ id: ObjectID) -> Self {
    Message("\(id) decrypts without a key: neither `secretRef` nor `serviceAccountName`")
  }
}
