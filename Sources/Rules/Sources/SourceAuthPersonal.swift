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
    check: .cluster { context, report in
      // One Secret is one thing to replace, however many sources are read with it.
      var order: [Personal.Key] = []
      var found: [Personal.Key: [Personal]] = [:]
      for object in context.facts.fluxObjects where context.activation(in: object.id.namespace) != nil {
        guard let use = personal(object, context), !context.isToldUnused(object.id) else { continue }
        if found[use.key] == nil { order.append(use.key) }
        found[use.key, default: []].append(use)
      }
      for key in order {
        guard let uses = found[key], let first = uses.first else { continue }
        report.add(
          .personal(first, of: uses.count), at: first.secret.origin, about: first.object, field: "spec.secretRef",
          related: uses.dropFirst().prefix(shownUses).map {
            RelatedLocation("\($0.object.id) is read with it, too", at: $0.secret.origin.location)
          })
      }
    })

  /// How many further sources are shown.
  private static let shownUses = 3

  /// A source that is read with a Secret where its host knows better; nil for any other.
  private static func personal(_ object: AppliedObject, _ context: RuleContext) -> Personal? {
    let (url, secret, provider): (Field<String>?, ObjectRef?, Field<String>?)
    switch object.flux {
    case .gitRepository(let source): (url, secret, provider) = (source.url, source.secretRef, source.provider)
    case .ociRepository(let source): (url, secret, provider) = (source.url, source.secretRef, source.provider)
    case .helmRepository(let source) where source.type?.value == "oci":
      (url, secret, provider) = (source.url, source.secretRef, source.provider)
    case .bucket(let source): return personal(source, object)
    default: return nil
    }
    let isGit = object.id.kind == FluxKind.gitRepository.rawValue
    // A deploy key belongs to the repository, not to a person.
    guard let url, url.value.hasPrefix("https://") || url.value.hasPrefix("oci://"), let secret,
      provider == nil || provider?.value == "generic",
      let offer = offer(of: RepositoryURL(url.value).host, isGit: isGit),
      !isGit || context.knowsGitProvider(offer.provider)
    else { return nil }
    return Personal(object: object, secret: secret, offer: offer)
  }

  private static func personal(_ bucket: Bucket, _ object: AppliedObject) -> Personal? {
    guard let endpoint = bucket.endpoint, let secret = bucket.secretRef,
      bucket.provider == nil || bucket.provider?.value == "generic"
    else { return nil }
    let clouds = [
      (".amazonaws.com", "aws"), ("storage.googleapis.com", "gcp"), (".blob.core.windows.net", "azure"),
    ]
    return clouds.first { "." + endpoint.value == $0.0 || endpoint.value.hasSuffix($0.0) }.map { cloud in
      Personal(
        object: object, secret: secret, offer: IdentityOffer(provider: cloud.1, what: "workload identity"))
    }
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
    return CloudRegistry.provider(of: host).map { IdentityOffer(provider: $0, what: "workload identity") }
  }
}

/// A source that is read with a Secret although its host has something better.
private struct Personal {
  /// What makes it one thing to replace.
  struct Key: Hashable {
    var secret: ObjectID
    var offer: IdentityOffer
  }

  let object: AppliedObject
  let secret: ObjectRef
  let offer: IdentityOffer

  var key: Key { Key(secret: secret.id, offer: offer) }
}

extension RuleContext {
  /// Whether the Flux of the cluster takes a value of `spec.provider` of a GitRepository.
  fileprivate func knowsGitProvider(_ name: String) -> Bool {
    let value = FluxKind.gitRepository.schema.fields["spec.provider"]?.allowedValues.first { $0.text == name }
    return value.map { $0.since.map { $0 <= cluster.version.version } ?? true } ?? false
  }
}

/// What a host offers in place of a token.
private struct IdentityOffer: Hashable {
  var provider: String
  var what: String
}

extension Message {
  fileprivate static func personal(_ use: Personal, of count: Int) -> Self {
    let (id, offer) = (use.object.id, use.offer)
    let manifest = use.object.manifest
    var help = "Set `spec.provider: \(offer.provider)` and use \(offer.what)"
    // Older versions of the API know other providers of other kinds only.
    if id.kind == FluxKind.gitRepository.rawValue, manifest.type.version != "v1" {
      help =
        "Write `apiVersion: \(manifest.type.group)/v1`, whose `spec.provider` \(manifest.type.version) lacks. " + help
    }
    if use.object.isWrittenByBootstrap { help += ", by a patch in the kustomization file beside `gotk-sync.yaml`" }
    let others = count > 1 ? ", and \(count - 1) more with it" : ""
    return Message(
      "\(id) is read with the credentials in Secret '\(use.secret.name)', although its host offers \(offer.what)",
      extent: others, help: help + ".")
  }
}
