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
      guard case .imageRepository(let repository) = subject.value, let image = repository.image,
        repository.secretRef == nil, repository.serviceAccountName == nil,
        repository.provider == nil || repository.provider?.value == "generic",
        let wanted = cloud(of: RepositoryURL("oci://" + image.value).host)
      else { return }
      report.add(.missing(subject.id, wanted), at: image.origin, about: subject.object, field: "spec.provider")
    })

  private static func cloud(of host: String) -> String? {
    if host.contains(".dkr.ecr."), host.hasSuffix(".amazonaws.com") || host.hasSuffix(".amazonaws.com.cn") {
      return "aws"
    }
    if host.hasSuffix(".azurecr.io") { return "azure" }
    return host.hasSuffix("-docker.pkg.dev") ? "gcp" : nil
  }
}

extension Message {
  fileprivate static func missing(_ id: ObjectID, _ provider: String) -> Self {
    Message(
      "\(id) is in a cloud registry, but has neither `provider: \(provider)` nor a Secret to log in with",
      help: "Set `spec.provider: \(provider)`.")
  }
}
