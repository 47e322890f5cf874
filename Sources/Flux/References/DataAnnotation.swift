import Diagnostics
import Kubernetes
import YAML

/// The annotations by which objects of a ResourceSet take data from Secrets and ConfigMaps that are in the cluster
/// (flux-operator, internal/controller/resourceset_controller_configs.go).
public enum DataAnnotation {
  /// On a Secret or ConfigMap: to have the data of another one of its kind.
  public static let copyFrom = "\(group)/copyFrom"
  /// On a ConfigMap: to have the address and the certificate of a kubeconfig.
  public static let convertKubeConfigFrom = "\(group)/convertKubeConfigFrom"
  /// In any metadata: to have a checksum of data beside it.
  public static let checksumFrom = "\(group)/checksumFrom"
  /// All of them.
  public static let all = [copyFrom, convertKubeConfigFrom, checksumFrom]

  private static let group = FluxKind.resourceSet.group

  /// The object of `kind` that `namespace/name` means; nil when the text has another form.
  public static func copySource(_ text: String, kind: String) -> ObjectID? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else { return nil }
    return ObjectID(group: "", kind: kind, namespace: parts[0], name: parts[1])
  }

  /// The Secret and the key that `namespace/name` or `namespace/name:key` mean; without a key, and none when the text has
  /// another form.
  public static func kubeConfig(_ text: String) -> (secret: ObjectID?, key: String?) {
    guard let colon = text.lastIndex(of: ":"), let slash = text.firstIndex(of: "/"), slash < colon,
      slash > text.startIndex
    else { return (copySource(text, kind: "Secret"), nil) }
    let key = String(text[text.index(after: colon)...])
    return (copySource(String(text[..<colon]), kind: "Secret"), key.isEmpty ? nil : key)
  }

  /// The entries of a list of `Kind/namespace/name` between commas, without the white space around them, and the objects
  /// that they mean; nil where one has another form.
  public static func checksumSources(_ text: String) -> [(text: String, id: ObjectID?)] {
    text.split(separator: ",").map(\.trimmed).filter { !$0.isEmpty }.map { entry in
      let parts = entry.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 3, !parts.contains(""), ["ConfigMap", "Secret"].contains(parts[0]) else {
        return (entry, nil)
      }
      return (entry, ObjectID(group: "", kind: parts[0], namespace: parts[1], name: parts[2]))
    }
  }
}

extension Manifest {
  /// The Secrets and ConfigMaps whose data the object takes by annotations, as the object of a ResourceSet.
  public var takenData: [DataReference] {
    let annotations = node[path: "metadata", "annotations"]
    var found: [DataReference] = []
    func add(_ id: ObjectID?, _ asked: Node, _ annotation: String) {
      let ref = id.map { ObjectRef(kind: $0.kind, name: $0.name, namespace: $0.namespace, origin: asked.origin) }
      if let reference = DataReference(ref, annotation) { found.append(reference) }
    }
    if apiVersion == "v1", kind == "ConfigMap" || kind == "Secret", let asked = annotations?[DataAnnotation.copyFrom] {
      add(DataAnnotation.copySource(asked.scalar?.text ?? "", kind: kind), asked, DataAnnotation.copyFrom)
    }
    if apiVersion == "v1", kind == "ConfigMap", let asked = annotations?[DataAnnotation.convertKubeConfigFrom] {
      let source = DataAnnotation.kubeConfig(asked.scalar?.text ?? "")
      add(source.secret, asked, DataAnnotation.convertKubeConfigFrom)
    }
    node.forEachAnnotation(DataAnnotation.checksumFrom) { asked in
      for source in DataAnnotation.checksumSources(asked.scalar?.text ?? "") {
        add(source.id, asked, DataAnnotation.checksumFrom)
      }
    }
    return found
  }
}

extension Node {
  /// The values of an annotation in this object's metadata and in that of all templates in it.
  fileprivate func forEachAnnotation(_ name: String, _ body: (Node) -> Void) {
    var waiting = [self]
    while let next = waiting.popLast() {
      switch next.value {
      case .scalar: continue
      case .sequence(let items): waiting += items.reversed()
      case .mapping(let mapping):
        if let asked = next[path: "metadata", "annotations", name] { body(asked) }
        waiting += mapping.entries.map(\.value).reversed()
      }
    }
  }
}

extension Substring {
  /// Without the white space around it (Go's `strings.TrimSpace`).
  fileprivate var trimmed: String {
    let scalars = unicodeScalars
    let start = scalars.firstIndex { !$0.properties.isWhitespace } ?? scalars.endIndex
    guard let end = scalars.lastIndex(where: { !$0.properties.isWhitespace }) else { return "" }
    return String(scalars[start...end])
  }
}
