import ClusterModel
import Crypto
import Diagnostics
import Flux
import Kubernetes
import YAML

/// Sets the checksums of other objects' data that annotations in objects or pod templates ask for.
struct DataChecksum {
  private static let answer = "\(FluxGroups.fluxOperator)/checksum"

  /// The objects of the same ResourceSet: they count before those in the cluster.
  private let own: [ObjectID: Manifest]
  private let cluster: (ObjectID) -> AppliedObject?
  private(set) var missing: [(what: String, place: Location)] = []
  private(set) var problem: BuildProblem?

  init(objects: [BuiltReconciliation.Object], cluster: @escaping (ObjectID) -> AppliedObject?) {
    own = Dictionary(objects.map { ($0.manifest.id, $0.manifest) }, uniquingKeysWith: { $1 })
    self.cluster = cluster
  }

  mutating func set(in object: inout BuiltReconciliation.Object) {
    var unknown: [String] = []
    set(in: &object.manifest.node, path: "", unknown: &unknown)
    object.unknownPaths += unknown
  }

  private mutating func set(in node: inout Node, path: String, unknown: inout [String]) {
    let here = path.isEmpty ? "" : "\(path)."
    if let asked = node[path: "metadata", "annotations", DataAnnotation.checksumFrom],
      asked.scalar?.text.isEmpty == false
    {
      if let checksum = checksum(asked) {
        _ = node.withMapping { object in
          object.withValue(of: "metadata") { metadata in
            metadata.withMapping { mapping in
              mapping.withValue(of: "annotations") { annotations in
                annotations.withMapping { $0.set(Self.answer, Node(string: checksum, origin: asked.origin)) }
              }
            }
          }
        }
      } else {
        unknown.append("\(here)metadata.annotations.\(Self.answer)")
      }
    }
    var found: [String] = []
    _ = node.withMapping { mapping in
      mapping.forEachValue { key, value in set(in: &value, path: here + key, unknown: &found) }
    }
    _ = node.withSequence { items in
      for index in items.indices { set(in: &items[index], path: "\(here)\(index)", unknown: &found) }
    }
    unknown += found
  }

  /// The checksum of all that a comma-separated list names; nil when some of it is not known.
  private mutating func checksum(_ asked: Node) -> String? {
    var bytes: [UInt8] = []
    for (reference, id) in DataAnnotation.checksumSources(asked.scalar?.text ?? "") {
      guard let id else {
        problem =
          problem
          ?? BuildProblem(
            message: "\(DataAnnotation.checksumFrom) must name ConfigMaps or Secrets as 'Kind/namespace/name', not "
              + "'\(reference)'", location: asked.origin.location, trace: asked.origin.trace)
        return nil
      }
      guard let data = data(of: id) else {
        missing.append((id.description, asked.origin.location))
        return nil
      }
      bytes += Array(reference.utf8) + [0]
      for (key, value) in data.sorted(by: { $0.key < $1.key }) { bytes += Array(key.utf8) + [0] + value + [0] }
    }
    return "sha256:" + SHA256.hash(data: bytes).map { $0.hexadecimal }.joined()
  }

  /// The bytes under each key; nil when they are not known.
  private func data(of id: ObjectID) -> [String: [UInt8]]? {
    let applied = cluster(id)
    guard let manifest = own[id] ?? applied?.manifest, manifest.encryptedPaths.isEmpty else { return nil }
    if own[id] == nil, applied?.unknownPaths.isEmpty == false { return nil }
    var found: [String: [UInt8]] = [:]
    for (section, isEncoded) in [("data", id.kind == "Secret"), ("binaryData", true), ("stringData", false)] {
      for entry in manifest.node[section]?.mapping?.entries ?? [] {
        guard let text = entry.value.scalar?.text else { continue }
        guard let bytes = isEncoded ? Base64.decoded(text) : Array(text.utf8) else { return nil }
        found[entry.key.text] = bytes
      }
    }
    return found
  }
}

extension UInt8 {
  fileprivate var hexadecimal: String {
    let digits = String(self, radix: 16)
    return digits.utf8.count < 2 ? "0" + digits : digits
  }
}
