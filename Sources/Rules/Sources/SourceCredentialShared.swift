import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let sourceCredentialShared = Rule(
    id: "source-credential-shared", chapter: .sources, severity: .warning,
    title: "one credential opens sources of different owners",
    why: """
      Whoever gets hold of the credential through one of the sources reads the others too, and sent to two hosts, each of \
      them can use it at the other.
      """,
    remedy: "Give each owner, and each host, a credential of its own.",
    tags: ["security", "tenancy"], securitySeverity: "5.5",
    check: .cluster { context, report in
      var users: [ObjectID: [CredentialUse]] = [:]
      for object in context.facts.fluxObjects {
        guard let use = CredentialUse(object, context) else { continue }
        users[use.secret.id, default: []].append(use)
      }
      for (secret, uses) in users.sorted(by: { $0.key < $1.key }) {
        guard let (first, second, boundary) = conflict(among: uses) else { continue }
        report.add(
          .shared(secret, first.object.id, second.object.id, boundary), at: second.secret.origin, about: second.object,
          field: "spec.secretRef[\(secret)]",
          related: [RelatedLocation("\(first.object.id) uses it too", at: first.secret.origin.location)])
      }
    })

  private static func conflict(among uses: [CredentialUse]) -> (CredentialUse, CredentialUse, String)? {
    for (index, second) in uses.enumerated() {
      for first in uses[..<index] {
        if first.host != second.host { return (first, second, "are on different hosts") }
        guard first.owners.isDisjoint(with: second.owners), !first.owners.isEmpty, !second.owners.isEmpty else {
          continue
        }
        let isOfPlatform = first.owners.contains(nil) || second.owners.contains(nil)
        return (
          first, second, isOfPlatform ? "belong to the platform and to a tenant" : "belong to different tenants"
        )
      }
    }
    return nil
  }
}

/// A source with its credential and those it is for.
private struct CredentialUse {
  let object: AppliedObject
  let secret: ObjectRef
  let host: String
  /// The tenants that take files or charts from it, nil for the platform; empty where nobody does.
  let owners: Set<String?>

  init?(_ object: AppliedObject, _ context: RuleContext) {
    let (url, secret): (Field<String>?, ObjectRef?)
    switch object.flux {
    case .gitRepository(let source): (url, secret) = (source.url, source.secretRef)
    case .ociRepository(let source): (url, secret) = (source.url, source.secretRef)
    case .helmRepository(let source): (url, secret) = (source.url, source.secretRef)
    case .bucket(let source): (url, secret) = (source.endpoint, source.secretRef)
    default: return nil
    }
    guard let url, let secret else { return nil }
    self.object = object
    self.secret = secret
    host = RepositoryURL(url.value).host
    owners = Set((context.facts.consumers[object.id] ?? []).map { context.tenant(of: $0.namespace) })
  }
}

extension Message {
  fileprivate static func shared(
    _ secret: ObjectID, _ first: ObjectID, _ second: ObjectID, _ boundary: String
  ) -> Self {
    Message("\(secret) opens both \(first) and \(second), which \(boundary)")
  }
}
