import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import Policies
import YAML

extension Rule {
  static let receiverUnauthenticated = Rule(
    id: "receiver-unauthenticated", chapter: .notifications, severity: .error,
    title: "a webhook that anybody may call",
    why: "The token is what tells a caller from anybody else, and what the path of the webhook is made of.",
    remedy: "Put a token into a Secret, and name it in `spec.secretRef`.", tags: ["security"], precision: .veryHigh,
    securitySeverity: "5.3",
    check: .flux { subject, context, report in
      guard case .receiver(let receiver) = subject.value, receiver.needsToken, let type = receiver.type else { return }
      guard let name = receiver.secretRef else {
        report.add(
          .open(subject.id, type.value),
          at: subject.object.removal(of: ["spec", "secretRef"]) ?? subject.object.manifest.origin,
          about: subject.object, field: "spec.secretRef")
        return
      }
      let secret = ObjectID(group: "", kind: "Secret", namespace: subject.id.namespace, name: name.name)
      guard let problem = context.problem(of: secret, for: subject.id) else { return }
      report.add(
        .tokenless(subject.id, secret, problem), at: name.origin, about: subject.object, field: "spec.secretRef",
        related: problem.related)
    })
}

extension Receiver {
  /// Whether it is of a type that needs a token: callers of `generic-oidc` show a signed one instead.
  var needsToken: Bool { type.map { $0.value != "generic-oidc" } ?? false }

  /// Whether it has no token, and needs one.
  var isOpen: Bool { secretRef == nil && needsToken }
}

/// Why the Secret that a Receiver names gives it no token.
private enum TokenProblem {
  /// It is there, without the key.
  case keyless(Location)
  /// It is not there; the same name is in another namespace.
  case elsewhere(ObjectID)
  /// It is not there; one in the namespace is called almost the same.
  case misspelt(ObjectID)

  var related: [RelatedLocation] {
    if case .keyless(let place) = self { [RelatedLocation("the Secret is here", at: place)] } else { [] }
  }
}

extension RuleContext {
  /// Many make the token by hand: that no file has the Secret tells nothing, unless one shows what was meant.
  fileprivate func problem(of secret: ObjectID, for receiver: ObjectID) -> TokenProblem? {
    if let object = cluster.object(secret) {
      let isFilled = ["data", "stringData"].contains { !(object.manifest.node[$0]?.mapping?.isEmpty ?? true) }
      return isFilled && object.lacks(key: "token") ? .keyless(object.manifest.origin.location) : nil
    }
    guard !exists(secret, for: receiver) else { return nil }
    let secrets = facts.knownSecrets
    if let other = secrets.filter({ $0.name == secret.name }).min() { return .elsewhere(other) }
    let near = secrets.filter { $0.namespace == secret.namespace && Suggestion.isSlip(secret.name, of: $0.name) }
    return near.min().map(TokenProblem.misspelt)
  }
}

extension Message {
  fileprivate static func open(_ id: ObjectID, _ type: String) -> Self {
    Message(
      "\(id) of type '\(type)' has no token (`spec.secretRef`): the API server refuses it, or anybody may call it")
  }

  fileprivate static func tokenless(_ id: ObjectID, _ secret: ObjectID, _ problem: TokenProblem) -> Self {
    switch problem {
    case .keyless:
      Message("\(id) takes its token from \(secret), which has no key 'token'", help: "Put the token under 'token'.")
    case .elsewhere(let other):
      Message(
        "\(id) takes its token from \(secret), which nothing in the cluster makes; there is one in namespace "
          + "'\(other.namespace)'", help: "Put the Secret into the Receiver's own namespace.")
    case .misspelt(let other):
      Message(
        "\(id) takes its token from \(secret), which nothing in the cluster makes; did you mean '\(other.name)'?",
        help: "Correct the name, or declare the Secret under `externals` in `.sluice.yaml`.")
    }
  }
}
