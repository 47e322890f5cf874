import ClusterModel
import Kubernetes
import YAML

extension AppliedObject {
  /// Whether a ConfigMap or Secret certainly has no such key. A value that is not known leaves the keys known, unless it is
  /// the whole content.
  func lacks(key: String) -> Bool {
    let content = ["data", "stringData", "binaryData"]
    guard manifest.node["sops"] == nil, !unknownPaths.contains(where: { $0.isEmpty || content.contains($0) }) else {
      return false
    }
    return content.allSatisfy { manifest.node[$0].map { !$0.mayHold(key) } ?? true }
  }
}

extension Node {
  /// Whether a mapping has a key, or one whose name is not known.
  fileprivate func mayHold(_ key: String) -> Bool {
    self[key] != nil || mapping?.entries.contains { $0.key.text.utf8.contains(UInt8(ascii: "$")) } ?? false
  }
}
