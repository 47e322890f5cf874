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
        !context.cluster.reconciliations[object.reconciliation].isRelease
      else { return }
      let entries = object.readableEntries(isOfValues: context.isOfValues(object.id))
      guard let first = entries.first else { return }
      if first.content.weight == .settings {
        let keys = entries.map { "'\($0.key)'" }
        report.add(
          .settings(object.id, keys), at: object.place(of: first), about: object, field: first.section,
          severity: .warning)
        return
      }
      let keys = entries.filter { $0.content.weight != .settings }.flatMap(\.names)
      report.add(.readable(object.id, keys), at: object.place(of: first), about: object, field: first.section)
    })
}

/// An entry of a Secret whose value can be read.
private struct ReadableEntry {
  var section: String
  var key: String
  var origin: Origin
  var content: SecretContent

  /// What is readable in it: the entry, or the credentials in the file that it is.
  var names: [String] {
    content.leaves.isEmpty ? ["'\(key)'"] : content.leaves.map { "'\($0.path)' in '\(key)'" }
  }
}

extension AppliedObject {
  /// The entries that show something, those that look most like credentials first.
  fileprivate func readableEntries(isOfValues: Bool) -> [ReadableEntry] {
    var found: [ReadableEntry] = []
    for section in ["stringData", "data"] {
      for entry in manifest.node[section]?.mapping?.entries ?? [] {
        let (key, value) = (entry.key.text, entry.value)
        guard let scalar = value.scalar, !scalar.text.isEmpty, !value.origin.isSubstituted,
          !unknownPaths.contains("\(section).\(key)"),
          let plain = section == "data" ? scalar.text.base64Decoded : Array(scalar.text.utf8)
        else { continue }
        let content = SecretContent(
          String(decoding: plain, as: UTF8.self), under: key, at: value.origin,
          style: section == "data" ? .plain : scalar.style, isOfValues: isOfValues)
        guard content.weight != .nothing else { continue }
        found.append(ReadableEntry(section: section, key: key, origin: value.origin, content: content))
      }
    }
    let weights = Set(found.map(\.content.weight.rawValue)).sorted(by: >)
    return weights.flatMap { weight in found.filter { $0.content.weight.rawValue == weight } }
  }

  /// Where to look: at the credential in a file, else at the value itself, or at the entry that names its file.
  fileprivate func place(of entry: ReadableEntry) -> Origin {
    if let leaf = entry.content.leaves.first, leaf.origin.span != .fileStart { return leaf.origin }
    guard entry.origin.span == .fileStart, let place = entry.origin.inclusion else { return entry.origin }
    return Origin(file: place.file, span: place.span, lastStep: entry.origin.lastStep)
  }
}

extension RuleContext {
  /// Whether a HelmRelease takes values from a Secret.
  fileprivate func isOfValues(_ id: ObjectID) -> Bool {
    facts.fluxObjects.contains { object in
      guard case .helmRelease(let release) = object.flux else { return false }
      return release.valuesFrom.contains { $0.value.ref?.id == id }
    }
  }
}

extension Message {
  fileprivate static func readable(_ id: ObjectID, _ keys: [String]) -> Self {
    Message("\(id) is in the repository in plain text: anybody who reads it has \(Listing.of(keys))")
  }

  fileprivate static func settings(_ id: ObjectID, _ keys: [String]) -> Self {
    Message(
      "\(id) is in the repository in plain text; nothing in it looks like a credential (\(Listing.of(keys)))",
      help: "Put settings into a ConfigMap. If it is a secret after all, replace it and encrypt the new one.")
  }
}
