import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let decryptionMissing = Rule(
    id: "decryption-missing", chapter: .secrets, severity: .error,
    title: "encrypted objects are applied without being decrypted",
    why: """
      Without `spec.decryption` kustomize-controller does not touch what SOPS encrypted: it refuses the Secret, or puts the \
      encrypted text into the cluster in place of the credential.
      """,
    remedy: "Set `spec.decryption` with `provider: sops` and the key.", precision: .veryHigh,
    check: .kustomization { subject, context, report in
      guard subject.value.decryption == nil, let reconciliation = context.reconciliation(of: subject.id) else { return }
      let encrypted = reconciliation.objects.map { context.cluster.objects[$0] }
        .filter(\.isEncrypted)
      guard let first = encrypted.first else { return }
      report.add(
        .missing(subject.id, encrypted.map(\.id)),
        at: subject.object.removal(of: ["spec", "decryption"]) ?? subject.object.manifest.origin,
        about: subject.object, field: "spec.decryption",
        related: [RelatedLocation("\(first.id) is encrypted", at: first.manifest.origin.location)])
    })
}

extension Message {
  fileprivate static func missing(_ id: ObjectID, _ encrypted: [ObjectID]) -> Self {
    let verb = encrypted.count == 1 ? "is" : "are"
    return Message(
      "\(id) applies \(Listing.of(encrypted.map(\.description))), which \(verb) encrypted, without `spec.decryption`")
  }
}
