import Kubernetes
import YAML

extension Manifest {
  /// Whether this object is encrypted by SOPS, in whole or part.
  var isEncrypted: Bool {
    node["sops"]?.mapping != nil
  }

  /// The paths of values that SOPS has encrypted, such as `data.password`: what stands there is not known.
  ///
  /// In an encrypted object that can be any value. A Secret or ConfigMap that was generated from encrypted files is none
  /// itself: there the files' content shows it, in whatever format they are (YAML, JSON, dotenv, ini, binary).
  var encryptedPaths: [String] {
    if isEncrypted {
      var found: [String] = []
      node.noteCiphertext(at: "", in: &found)
      return found
    }
    guard type.group.isEmpty, kind == "Secret" || kind == "ConfigMap" else { return [] }
    return [("data", kind == "Secret"), ("binaryData", true), ("stringData", false)].flatMap { section, isEncoded in
      (node[section]?.mapping?.entries ?? []).compactMap { entry in
        guard let text = entry.value.scalar?.text else { return nil }
        let bytes = isEncoded ? Base64.decoded(text) ?? [] : Array(text.utf8)
        return Ciphertext.isIn(bytes) ? "\(section).\(entry.key.text)" : nil
      }
    }
  }
}

/// What SOPS leaves in the place of a value.
enum Ciphertext {
  private static let mark = Array("ENC[AES256_GCM,data:".utf8)

  /// Whether a text holds an encrypted value.
  static func isIn(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while let start = rest.firstIndex(of: mark[0]) {
      if rest[start...].starts(with: mark) { return true }
      rest = rest[(start + 1)...]
    }
    return false
  }
}

extension Node {
  /// Adds the paths of encrypted values at or below `path`.
  fileprivate func noteCiphertext(at path: String, in found: inout [String]) {
    switch value {
    case .scalar(let scalar):
      if Ciphertext.isIn(Array(scalar.text.utf8)) { found.append(path) }
    case .sequence(let items):
      for (index, item) in items.enumerated() { item.noteCiphertext(at: "\(path)[\(index)]", in: &found) }
    case .mapping(let mapping):
      for entry in mapping.entries where !(path.isEmpty && entry.key.text == "sops") {
        entry.value.noteCiphertext(at: path.isEmpty ? entry.key.text : "\(path).\(entry.key.text)", in: &found)
      }
    }
  }
}
