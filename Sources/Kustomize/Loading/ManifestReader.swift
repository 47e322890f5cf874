import Diagnostics
import Kubernetes
import YAML

/// Takes the objects out of the documents of a file, as kustomize reads them: lists are opened, empty documents left out.
struct ManifestReader {
  /// An object with what its document repeats.
  struct Manifest {
    var node: Node
    var duplicateKey: YAMLError?
  }

  /// The objects of `documents`, in kustomize's order: what a `…List` holds comes behind everything else.
  static func manifests(in documents: [Document]) throws(KustomizeError) -> [Manifest] {
    var queue = documents.map { Manifest(node: $0.root, duplicateKey: $0.duplicateKeys.first) }
    if let only = queue.first, queue.count == 1, let items = unwrapped(only.node) {
      queue = items.map { Manifest(node: $0, duplicateKey: only.duplicateKey) }
    }
    var found: [Manifest] = []
    var next = 0
    while next < queue.count {
      let manifest = queue[next]
      next += 1
      guard try isObject(manifest.node) else { continue }
      guard let items = try listItems(of: manifest) else {
        found.append(manifest)
        continue
      }
      queue += items.map { Manifest(node: $0, duplicateKey: manifest.duplicateKey) }
      guard queue.count <= Self.objectLimit else {
        throw KustomizeError(
          .limit, "lists hold more than \(Self.objectLimit) objects", at: manifest.node.origin.location)
      }
    }
    return found
  }

  /// Objects that one file may hold.
  static let objectLimit = 200_000

  /// The items of a `List` or `ResourceList` that is alone in its file.
  private static func unwrapped(_ node: Node) -> [Node]? {
    guard let kind = node["kind"]?.scalar?.text, kind == "List" || kind == "ResourceList" else { return nil }
    guard let items = node["items"] else { return node["functionConfig"] == nil ? nil : [] }
    return items.sequence ?? []
  }

  /// Whether `node` is an object to build with; not, when it is empty. An error when it is anything else than an object.
  private static func isObject(_ node: Node) throws(KustomizeError) -> Bool {
    switch node.value {
    case .scalar(let scalar) where scalar.resolved == .null: return false
    case .sequence(let items) where items.isEmpty: return false
    case .mapping(let mapping) where mapping.isEmpty: return false
    case .scalar, .sequence:
      throw KustomizeError(.object, "this is no Kubernetes object: a mapping is wanted", at: node.origin.location)
    case .mapping: break
    }
    try requireIdentity(node)
    return true
  }

  /// Refuses an object without a kind or a name.
  static func requireIdentity(_ node: Node) throws(KustomizeError) {
    let kind = node["kind"]?.scalar?.text ?? ""
    guard !kind.isEmpty, node["kind"]?.scalar?.resolved != .null else {
      throw KustomizeError(.object, "the object has no 'kind'", at: node.origin.location)
    }
    if kind.hasSuffix("List") { return }
    guard let name = node[path: "metadata", "name"]?.scalar, !name.text.isEmpty, name.resolved != .null else {
      throw KustomizeError(
        .object, "the \(kind) has no 'metadata.name'", at: (node["metadata"] ?? node).origin.location)
    }
  }

  private static func listItems(of manifest: Manifest) throws(KustomizeError) -> [Node]? {
    let node = manifest.node
    guard let kind = node["kind"]?.scalar?.text, kind.hasSuffix("List") else { return nil }
    // The items of a list are lost with the text around them, and so must be what it says twice.
    if let repeated = manifest.duplicateKey {
      throw KustomizeError(.field, repeated.message, at: repeated.place, trace: repeated.trace)
    }
    guard let items = node["items"] else { return nil }
    if let scalar = items.scalar, scalar.resolved == .null { return [] }
    guard let found = items.sequence else {
      throw KustomizeError(.object, "'items' of a \(kind) must be a list", at: items.origin.location)
    }
    return found
  }
}
