import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let imageProviderMissing = Rule(
    id: "image-provider-missing", chapter: .images, severity: .warning,
    title: "a cloud registry without a way to log in",
    why:
      "ECR, ACR and Artifact Registry hand out nothing without a login, which Flux gets from the cloud if it is told so.",
    remedy: "Set `spec.provider` to `aws`, `azure` or `gcp`, or name a Secret with a login.",
    check: .flux { subject, context, report in
      let (address, provider, hasSecret): (Field<String>?, Field<String>?, Bool)
      switch subject.value {
      case .imageRepository(let value):
        (address, provider) = (value.image, value.provider)
        hasSecret = value.secretRef != nil || value.serviceAccountName != nil
      case .ociRepository(let value):
        (address, provider) = (value.url, value.provider)
        hasSecret = value.secretRef != nil || value.serviceAccountName != nil
      case .helmRepository(let value) where value.type?.value == "oci":
        (address, provider, hasSecret) = (value.url, value.provider, value.secretRef != nil)
      default: return
      }
      guard let address, !hasSecret, provider == nil || provider?.value == "generic",
        let wanted = cloud(of: RepositoryURL("oci://" + address.value.withoutScheme).host)
      else { return }
      report.add(
        .missing(subject.id, wanted), at: address.origin, about: subject.object, field: "spec.provider")
    })

  private static func cloud(of host: String) -> String? {
    if host.contains(".dkr.ecr."), host.hasSuffix(".amazonaws.com") || host.hasSuffix(".amazonaws.com.cn") {
      return "aws"
    }
    if host.hasSuffix(".azurecr.io") { return "azure" }
    return host.hasSuffix("-docker.pkg.dev") ? "gcp" : nil
  }
}

extension String {
  fileprivate var withoutScheme: String { hasPrefix("oci://") ? String(dropFirst(6)) : self }
}

extension Message {
  fileprivate static func missing(_ id: ObjectID, _ provider: String) -> Self {
    Message(
      "\(id) is in a cloud registry, but has neither `provider: \(provider)` nor a Secret to log in with",
      help: "Set `spec.provider: \(provider)`.")
  }
}
