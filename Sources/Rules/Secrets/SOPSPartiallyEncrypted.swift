import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import YAML

extension Rule {
  static let sopsPartiallyEncrypted = Rule(
    id: "sops-partially-encrypted", chapter: .secrets, severity: .error,
    title: "a value of an encrypted Secret is readable",
    why: """
      Somebody edited the file past SOPS: the value is in plain text in the repository, and decryption fails because the \
      checksum over all values no longer fits.
      """,
    remedy: "Replace the credential, and edit the file with `sops` so that all of it is encrypted.",
    tags: ["security"], precision: .high, securitySeverity: "8.0",
    check: .object { object, context, report in
      guard object.id.kind == "Secret", object.id.group.isEmpty else { return }
      if object.isOfEncryptedVariables {
        for entry in object.manifest.node["data"]?.mapping?.entries ?? [] where !entry.key.text.hasPrefix("sops_") {
          guard let bytes = entry.value.scalar?.text.base64Decoded, !bytes.isEmpty, !bytes.starts(with: "ENC[".utf8),
            !entry.key.text.hasSuffix("_unencrypted")
          else { continue }
          report.add(
            .readable(object.id, entry.key.text), at: entry.value.origin, about: object,
            field: "data.\(entry.key.text)")
        }
        return
      }
      guard let sops = object.manifest.sopsMetadata,
        let selection = SOPSSelection(sops)
      else { return }
      for section in ["data", "stringData"] {
        for entry in object.manifest.node[section]?.mapping?.entries ?? [] {
          guard let text = entry.value.scalar?.text, !text.isEmpty, !entry.value.isCiphertext,
            !entry.value.origin.isSubstituted, selection.covers(entry.key.text)
          else { continue }
          report.add(
            .readable(object.id, entry.key.text), at: entry.value.origin, about: object,
            field: "\(section).\(entry.key.text)")
        }
      }
    })
}

/// Which values of a file SOPS was told to encrypt.
private struct SOPSSelection {
  private let unencryptedSuffix: String

  /// Nil where the file chooses single keys: what is left open may then be meant to be.
  init?(_ sops: Node) {
    let regex = sops["encrypted_regex"]?.scalar?.text
    if let regex, !(regex.contains("data") && regex.contains("stringData")) { return nil }
    let choosing = ["encrypted_suffix", "unencrypted_regex", "encrypted_comment_regex", "unencrypted_comment_regex"]
    guard choosing.allSatisfy({ sops[$0]?.scalar?.text.isEmpty ?? true }) else { return nil }
    unencryptedSuffix = sops["unencrypted_suffix"]?.scalar?.text ?? "_unencrypted"
  }

  func covers(_ key: String) -> Bool {
    unencryptedSuffix.isEmpty || !key.hasSuffix(unencryptedSuffix)
  }
}

extension Message {
  fileprivate static func readable(_ id: ObjectID, _ key: String) -> Self {
    Message("'\(key)' of \(id) is in plain text, although the file is encrypted with SOPS")
  }
}
