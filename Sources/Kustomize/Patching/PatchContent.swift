import Diagnostics
import Kubernetes
import YAML

/// What a patch says, once its text has shown which of the two kinds it is.
enum PatchContent {
  /// Objects to merge into those that they name.
  case merge([MergePatch])
  /// Operations of RFC 6902.
  case operations(JSONPatch)
}

/// An object to merge into another one.
struct MergePatch {
  var node: Node
  var allowsNameChange = false
  var allowsKindChange = false
  /// Whether the object that it is merged into has no API version, which leaves a null there.
  var clearsVersion = false

  /// The object that it names.
  func identity(_ schema: Schema) -> ResourceID { ResourceID(of: node, schema: schema) }
}

extension PatchContent {
  /// Tells by the content which kind of patch `documents` are.
  static func read(
    _ documents: [Document], allowing: (name: Bool, kind: Bool) = (false, false)
  ) throws(KustomizeError) -> PatchContent {
    let first = documents.first?.root
    if let first, let operations = first.sequence, !operations.isEmpty {
      return .operations(try JSONPatch(first))
    }
    let manifests = try ManifestReader.manifests(in: documents)
    return .merge(
      manifests.map {
        MergePatch(node: $0.node, allowsNameChange: allowing.name, allowsKindChange: allowing.kind)
      })
  }
}

extension Resource {
  /// Merges a patch into the object; nothing is left of it when the patch deletes it.
  mutating func merge(_ patch: MergePatch, schema: Schema, entry: Location) throws(KustomizeError) {
    if patch.allowsNameChange || patch.allowsKindChange { rememberIdentity() }
    let before = node
    earlier.append(EarlierVersion(node: before, patch: patch.node, entry: entry))
    guard try strategicMerge(patch: patch.node, into: &node, schema: schema, entry: entry) else {
      node = Node(.mapping(Mapping()), origin: node.origin)
      return
    }
    if isEmpty { return }
    if let annotations = patch.node[path: "metadata", "annotations"], annotations.isNull || annotations["$patch"] != nil
    {
      forgetProvenance()
    }
    if patch.clearsVersion {
      let origin = node.origin
      _ = node.withMapping { (mapping: inout Mapping) in
        mapping.set("apiVersion", Node(scalar: Scalar("null"), origin: origin))
      }
    }
    // The name, the kind and the namespace of a patch say what it is for, not what it changes.
    node.restore(
      from: before, kind: !patch.allowsKindChange, name: !patch.allowsNameChange)
  }
}

extension Node {
  fileprivate mutating func restore(from before: Node, kind: Bool, name: Bool) {
    if kind, let old = before["kind"] {
      _ = withMapping { (mapping: inout Mapping) in mapping.set("kind", old) }
    }
    updateMetadata { metadata in
      if name, let old = before[path: "metadata", "name"] { metadata.set("name", old) }
      if let old = before[path: "metadata", "namespace"], !(old.scalar?.text.isEmpty ?? true) {
        metadata.set("namespace", old)
      } else {
        metadata.remove("namespace")
      }
    }
  }

}

extension MergePatch {
  /// A patch that is meant for whatever its target selects: it takes the type of the object, and its labels and
  /// annotations are strings whatever they look like.
  func adapted(to target: Node) -> MergePatch {
    var patch = self
    for field in ["labels", "annotations"] where node[path: "metadata", field] != nil {
      patch.node.setMetadataStrings(field, node.metadataStrings(field))
    }
    let version = target["apiVersion"]
    patch.clearsVersion = version?.scalar.map { $0.text.isEmpty || $0.resolved == .null } ?? true
    let origin = node["apiVersion"]?.origin ?? node.origin
    _ = patch.node.withMapping { (mapping: inout Mapping) in
      if let version, !patch.clearsVersion {
        mapping.set("apiVersion", Node(version.value, origin: origin))
      } else {
        mapping.remove("apiVersion")
      }
    }
    return patch
  }
}
