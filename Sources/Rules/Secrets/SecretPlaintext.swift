import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import YAML

extension Rule {
  static let secretPlaintext = Rule(
    id: "secret-plaintext", chapter: .secrets, severity: .error,
    title: "a Secret stands in the repository in plain text",
    why: """
      Whoever can read the repository, its forks, its clones and its history has the secret, and Base64 hides nothing. \
      Taking it out later does not help: it has to be replaced.
      """,
    remedy: "Replace the credential, and encrypt the new one with SOPS or fetch it from a secret store.",
    tags: ["security"], precision: .high, securitySeverity: "8.0",
    check: .object { object, context, report in
      guard object.id.kind == "Secret", object.id.group.isEmpty, object.manifest.sopsMetadata == nil,
        !object.isOfEncryptedVariables,
        context.cluster.reconciliations[object.reconciliation].kind != .helmRelease,
        let first = object.readableEntries.first
      else { return }
      let keys = object.readableEntries.map { "'\($0.key)'" }
      // A generated Secret has no `data` in a file: its values are what somebody wrote.
      let section = object.manifest.node.mapping?.entry(first.section)
      let isGenerated = first.origin.steps.contains(.generated)
      let place = isGenerated ? first.origin : section?.keyOrigin ?? first.origin
      report.add(.readable(object.id, keys), at: place, about: object, field: first.section)
    })
}

extension AppliedObject {
  /// An entry of a Secret whose value can be read.
  fileprivate struct ReadableEntry {
    var section: String
    var key: String
    var origin: Origin
  }

  fileprivate var readableEntries: [ReadableEntry] {
    var found: [ReadableEntry] = []
    for section in ["stringData", "data"] {
      for entry in manifest.node[section]?.mapping?.entries ?? [] {
        let (key, value) = (entry.key.text, entry.value)
        guard let text = value.scalar?.text, !text.isEmpty, !value.origin.isSubstituted,
          !unknownPaths.contains("\(section).\(key)")
        else { continue }
        let plain = section == "data" ? text.base64Decoded : Array(text.utf8)
        guard let content = plain.map({ String(decoding: $0, as: UTF8.self) }), Self.isSecret(content),
          !Self.isPublic(key) || Credentials.holdsPassword(content)
        else { continue }
        found.append(ReadableEntry(section: section, key: key, origin: value.origin))
      }
    }
    return found
  }

  /// Whether a text can be a secret: not what is encrypted (a file that SOPS encrypted as a whole, or an entry), filled in
  /// later, or meant for everybody.
  private static func isSecret(_ text: String) -> Bool {
    let marks = ["ENC[AES256_GCM", "-----BEGIN PGP MESSAGE", "-----BEGIN AGE ENCRYPTED FILE", "${", "{{", "<path:"]
    let open = ["-----BEGIN CERTIFICATE", "-----BEGIN PUBLIC KEY"]
    if marks.contains(where: { text.contains($0) }) { return false }
    if open.contains(where: { text.contains($0) }), !text.contains("PRIVATE KEY-----") { return false }
    return !text.utf8.allSatisfy { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: " ") }
      && !(text.utf8.count < 40 && Credentials.isUnfilled(text))
  }

  /// Keys under which nothing secret stands: names, addresses, public halves.
  private static func isPublic(_ key: String) -> Bool {
    let names: Set = [
      "username", "user", "url", "type", "host", "hostname", "port", "namespace", "name", "project", "region",
      "known_hosts", "ca.crt", "caFile", "address", "channel", "email", "database", "dbname", "endpoint",
    ]
    return names.contains(key) || key.hasSuffix(".pub") || names.contains(key.lowercased())
  }
}

extension Message {
  fileprivate static func readable(_ id: ObjectID, _ keys: [String]) -> Self {
    Message("\(id) is in the repository in plain text: anybody who reads it has \(Listing.of(keys))")
  }
}
