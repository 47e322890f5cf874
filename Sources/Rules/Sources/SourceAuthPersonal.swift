import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let sourceAuthPersonal = Rule(
    id: "source-auth-personal", chapter: .sources, severity: .info,
    title: "a source is read with a token where the host knows applications",
    why: """
      A token for HTTPS is mostly some person's, with all of that person's rights, until it expires or the person leaves. \
      An application or workload identity has its own rights, and its tokens renew themselves.
      """,
    remedy: "Set `spec.provider`, and use a GitHub App or the workload identity of the cloud.",
    tags: ["security"], precision: .medium,
    check: .flux { subject, context, report in
      let (url, secret, provider): (Field<String>?, ObjectRef?, Field<String>?)
      switch subject.value {
      case .gitRepository(let source): (url, secret, provider) = (source.url, source.secretRef, source.provider)
      case .ociRepository(let source): (url, secret, provider) = (source.url, source.secretRef, source.provider)
      case .helmRepository(let source) where source.type?.value == "oci":
        (url, secret, provider) = (source.url, source.secretRef, source.provider)
      case .bucket(let source):
        judge(source, of: subject.object, &report)
        return
      default: return
      }
      // A deploy key belongs to the repository, not to a person.
      guard let url, !url.value.hasPrefix("ssh://"), url.value.hasPrefix("https://") || url.value.hasPrefix("oci://"),
        let secret, provider == nil || provider?.value == "generic",
        let offer = offer(of: RepositoryURL(url.value).host, isGit: subject.value.kind == .gitRepository)
      else { return }
      report.add(
        .personal(subject.id, secret, offer), at: secret.origin, about: subject.object, field: "spec.secretRef")
    })

  private static func judge(_ bucket: Bucket, of object: AppliedObject, _ report: inout Reporter) {
    guard let endpoint = bucket.endpoint, let secret = bucket.secretRef,
      bucket.provider == nil || bucket.provider?.value == "generic"
    else { return }
    let clouds = [
      (".amazonaws.com", "aws"), ("storage.googleapis.com", "gcp"), (".blob.core.windows.net", "azure"),
    ]
    guard let cloud = clouds.first(where: { "." + endpoint.value == $0.0 || endpoint.value.hasSuffix($0.0) }) else {
      return
    }
    let offer = IdentityOffer(provider: cloud.1, what: "workload identity")
    report.add(.personal(object.id, secret, offer), at: secret.origin, about: object, field: "spec.secretRef")
  }

  /// What a host offers in place of a token.
  private static func offer(of host: String, isGit: Bool) -> IdentityOffer? {
    if isGit {
      if host == "github.com" { return IdentityOffer(provider: "github", what: "a GitHub App") }
      if host == "dev.azure.com" || host.hasSuffix(".visualstudio.com") {
        return IdentityOffer(provider: "azure", what: "workload identity")
      }
      if host.hasPrefix("git-codecommit."), host.hasSuffix(".amazonaws.com") {
        return IdentityOffer(provider: "aws", what: "workload identity")
      }
      return nil
    }
    if host.contains(".dkr.ecr."), host.hasSuffix(".amazonaws.com") || host.hasSuffix(".amazonaws.com.cn") {
      return IdentityOffer(provider: "aws", what: "workload identity")
    }
    if host.hasSuffix(".azurecr.io") { return IdentityOffer(provider: "azure", what: "workload identity") }
    return host.hasSuffix("-docker.pkg.dev") ? IdentityOffer(provider: "gcp", what: "workload identity") : nil
  }
}

/// What a host offers in place of a token.
private struct IdentityOffer {
  var provider: String
  var what: String
}

extension Message {
  fileprivate static func personal(_ id: ObjectID, _ secret: ObjectRef, _ offer: IdentityOffer) -> Self {
    Message(
      "\(id) is read with the credentials in Secret '\(secret.name)', although its host offers \(offer.what)",
      help: "Set `spec.provider: \(offer.provider)` and use \(offer.what).")
  }
}
