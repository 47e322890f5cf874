import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import YAML

extension Manifest {
  /// What SOPS wrote about an object that it encrypted; nil for any other.
  var sopsMetadata: Node? {
    guard let sops = node["sops"], sops.mapping != nil else { return nil }
    return sops
  }
}

extension Node {
  /// A text that SOPS encrypted.
  var isCiphertext: Bool { scalar?.text.hasPrefix("ENC[") ?? false }
}

extension Origin {
  /// The entry that took the value's file in; nil where none did.
  var inclusion: Location? { steps.first { $0.kind == .included }?.location }

  /// Where the variables in the value are defined, in the order of their use.
  var definitions: [Location] {
    steps.filter { if case .substituted = $0.kind { true } else { false } }.map(\.location).reversed()
  }

  /// Whether a variable went into the value.
  var isSubstituted: Bool {
    steps.contains { if case .substituted = $0.kind { true } else { false } }
  }
}

extension AppliedObject {
  /// Whether a generator made it of a file of variables that SOPS encrypted: kustomize-controller decrypts such files.
  var isOfEncryptedVariables: Bool {
    ["data", "stringData"].contains { section in
      let keys = manifest.node[section]?.mapping?.keys ?? []
      return keys.contains("sops_mac") || keys.contains("sops_version")
    }
  }

  /// Whether it is encrypted, or made of files that are.
  var isEncrypted: Bool {
    if manifest.sopsMetadata != nil { return true }
    guard id.kind == "Secret", id.group.isEmpty else { return false }
    return isOfEncryptedVariables
      || (manifest.node["data"]?.mapping?.entries ?? []).contains { entry in
        guard let bytes = entry.value.scalar?.text.base64Decoded else { return false }
        let text = String(decoding: bytes, as: UTF8.self)
        return text.contains("ENC[AES256_GCM")
          && ["sops:", "\"sops\"", "[sops]", "sops_mac"].contains(where: text.contains)
      }
  }
}

extension String {
  /// The bytes of a Base64 text; nil when it is none.
  var base64Decoded: [UInt8]? {
    var bytes: [UInt8] = []
    var (buffer, bits): (UInt32, Int) = (0, 0)
    for byte in utf8 {
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit = byte - UInt8(ascii: "A")
      case UInt8(ascii: "a")...UInt8(ascii: "z"): digit = byte - UInt8(ascii: "a") + 26
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0") + 52
      case UInt8(ascii: "+"): digit = 62
      case UInt8(ascii: "/"): digit = 63
      case UInt8(ascii: "="), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: " "): continue
      default: return nil
      }
      buffer = buffer << 6 | UInt32(digit)
      bits += 6
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
      }
    }
    return bytes
  }
}
