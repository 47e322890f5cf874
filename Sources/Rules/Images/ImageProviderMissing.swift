import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let imageProviderMissing = Rule(
    id: "image-provider-missing", chapter: .images, severity: .warning,
    title: "a cloud registry without a way to log in",
    why:
      "ECR hands out nothing without a login, ACR and Artifact Registry nothing that is not public; Flux gets the login "
      + "from the cloud if it is told so.",
    remedy: "Set `spec.provider` to `aws`, `azure` or `gcp`, or name a Secret with a login.",
    check: .cluster { context, report in
      let all = context.facts.fluxObjects.compactMap { object in
        object.flux.flatMap(RegistryAddress.init).map { (object: object, address: $0) }
      }
      let logins = all.map(\.address).filter(\.logsIn)
      let registries = Set(logins.map(\.registry))
      let clouds = Set(logins.compactMap { CloudRegistry.provider(of: $0.host) })
      for (object, address) in all where !address.logsIn {
        guard let wanted = CloudRegistry.provider(of: address.host),
          // Charts and artifacts of others come from public registries too; ECR's private ones are open to nobody.
          address.isOfImages || wanted == "aws"
        else { continue }
        let isClosed = wanted == "aws" || registries.contains(address.registry)
        // Registries of the other clouds can be open to anybody. One is meant to be where its name says so, or where this
        // repository logs in to others of the cloud.
        if !isClosed, clouds.contains(wanted) || address.saysPublic { continue }
        report.add(
          .missing(object.id, wanted, isClosed: isClosed), at: address.place, about: object, field: "spec.provider",
          severity: isClosed ? nil : .info)
      }
    })
}

/// Where an object fetches images, artifacts or charts from, and how it logs in there.
private struct RegistryAddress {
  let url: String
  let place: Origin
  let provider: String?
  let hasLogin: Bool
  /// Whether there is a way to log in.
  var logsIn: Bool { hasLogin || provider != nil && provider != "generic" }
  var host: String { RepositoryURL(url).host }
  /// Whose login is another one's, too. All of Google's projects share the hosts of their regions.
  var registry: String {
    let project = RepositoryURL(url).path.split(separator: "/").first ?? ""
    return host.hasSuffix("-docker.pkg.dev") ? "\(host)/\(project)" : host
  }
  /// Whether its name says that it is open to anybody.
  var saysPublic: Bool { host.split(separator: ".").first?.contains("public") ?? false }
  /// Whether images are meant, which are a team's own as a rule.
  let isOfImages: Bool

  /// Nil for what fetches nothing from a registry.
  init?(_ object: FluxObject) {
    let field: Field<String>?
    switch object {
    case .imageRepository(let value):
      field = value.image
      provider = value.provider?.value
      hasLogin = value.secretRef != nil || value.serviceAccountName != nil
    case .ociRepository(let value):
      field = value.url
      provider = value.provider?.value
      hasLogin = value.secretRef != nil || value.serviceAccountName != nil
    case .helmRepository(let value) where value.type?.value == "oci":
      field = value.url
      provider = value.provider?.value
      hasLogin = value.secretRef != nil
    default: return nil
    }
    guard let field else { return nil }
    if case .imageRepository = object { isOfImages = true } else { isOfImages = false }
    url = field.value.hasPrefix("oci://") ? field.value : "oci://" + field.value
    place = field.origin
  }
}

extension Message {
  fileprivate static func missing(_ id: ObjectID, _ provider: String, isClosed: Bool) -> Self {
    Message(
      "\(id) is in a cloud registry, but has neither `provider: \(provider)` nor a Secret to log in with",
      help: "Set `spec.provider: \(provider)`\(isClosed ? "" : ", unless the registry is open to anybody").")
  }
}
