import Crypto
import Diagnostics
import Kubernetes
import YAML

/// The suffix that the names of generated objects get from their content.
enum ContentHash {
  /// The suffix for `resource`: the first ten hexadecimal digits of a SHA-256, with the digits that could spell words replaced.
  static func suffix(of resource: Resource) throws(KustomizeError) -> String {
    let encoded = try encode(resource)
    let digest = Array(SHA256.hash(data: encoded).prefix(5))
    var suffix: [UInt8] = []
    for byte in digest {
      suffix.append(letters[Int(byte >> 4)])
      suffix.append(letters[Int(byte & 15)])
    }
    return String(decoding: suffix, as: UTF8.self)
  }

  /// `0`, `1`, `3`, `a` and `e` become `g`, `h`, `k`, `m` and `t`, as kubectl writes them.
  private static let letters = Array("gh2k456789mbcdtf".utf8)

  /// The JSON that is hashed: kind, name, the data, and the type of a Secret.
  private static func encode(_ resource: Resource) throws(KustomizeError) -> [UInt8] {
    let node = resource.node
    var fields: [(key: String, value: Node?)]
    switch resource.identity.type.kind {
    case "ConfigMap": fields = [("binaryData", node["binaryData"]), ("data", node["data"])]
    case "Secret": fields = [("data", node["data"]), ("stringData", node["stringData"]), ("type", node["type"])]
    default:
      throw KustomizeError(
        .generator, "a content hash is known for ConfigMaps and Secrets only, not for a \(resource.identity.type.kind)",
        at: node.origin.location)
    }
    fields.append(("kind", Node(string: resource.identity.type.kind, origin: node.origin)))
    // kustomize looks for a field that is really called "metadata/name", so that the name never counts.
    fields.append(("name", nil))
    fields.sort { $0.key < $1.key }
    var json = JSONEncoder()
    json.beginObject()
    for field in fields {
      let isOptional = field.key == "binaryData" || field.key == "stringData"
      if isOptional, field.value?.mapping == nil { continue }
      json.key(field.key)
      guard let value = field.value else {
        json.string("")
        continue
      }
      if let scalar = value.scalar { json.string(scalar.text) } else { json.value(value) }
    }
    json.endObject()
    return json.bytes
  }
}
