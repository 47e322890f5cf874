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

  /// The JSON that is hashed: the kind, the data, and the type of a Secret; of other objects everything.
  private static func encode(_ resource: Resource) throws(KustomizeError) -> [UInt8] {
    let (node, kind) = (resource.node, resource.identity.type.kind)
    var content = Mapping()
    let fields: (always: [String], whereMappings: String)
    switch kind {
    case "ConfigMap": fields = (["data"], "binaryData")
    case "Secret": fields = (["data", "type"], "stringData")
    default: return try NodeEncoding.encode(node)
    }
    content.set("kind", Node(string: kind, origin: node.origin))
    // kustomize looks for a field that is really called "metadata/name", so that the name never counts.
    content.set("name", Node(string: "", origin: node.origin))
    for field in fields.always { content.set(field, hashed(node[field]) ?? Node(string: "", origin: node.origin)) }
    if let more = node[fields.whereMappings], more.mapping != nil { content.set(fields.whereMappings, more) }
    do {
      return try JSONEmitter(dialect: .goYAML3).emit(Node(.mapping(content), origin: node.origin))
    } catch {
      throw KustomizeError(.generator, error.message, at: error.location, trace: error.trace)
    }
  }

  /// A scalar counts by its text, whatever its type.
  private static func hashed(_ field: Node?) -> Node? {
    guard let field, let scalar = field.scalar else { return field }
    return Node(string: scalar.text, origin: field.origin)
  }
}
