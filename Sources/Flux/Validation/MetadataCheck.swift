import Diagnostics
import Kubernetes
import YAML

/// What the API server refuses in the metadata of any object (apimachinery's validation of ObjectMeta).
struct MetadataCheck {
  /// How long the values of all annotations and their keys may be together.
  static let annotationBytes = 256 << 10

  private(set) var problems: [FieldProblem] = []

  static func problems(in manifest: Manifest) -> [FieldProblem] {
    var check = MetadataCheck()
    guard let metadata = manifest.node["metadata"], !metadata.isNull else {
      check.note(.missing, "metadata.name", manifest.node.origin)
      return check.problems
    }
    guard metadata.mapping != nil else {
      check.note(.wrongType(wanted: "a mapping", found: metadata.typeName), "metadata", metadata.origin)
      return check.problems
    }
    check.checkNames(metadata, holder: manifest.node.mapping?.entry("metadata")?.keyOrigin ?? metadata.origin)
    check.checkLabels(metadata)
    check.checkAnnotations(metadata)
    return check.problems
  }

  private mutating func note(_ code: FieldProblem.Code, _ path: String, _ origin: Origin) {
    problems.append(FieldProblem(code, path: path, origin: origin))
  }

  /// The text of a field; nil when it is absent or, which is noted, no text.
  private mutating func text(_ node: Node?, _ path: String) -> String? {
    guard let node, !node.isNull else { return nil }
    if node.string == nil { note(.wrongType(wanted: "a string", found: node.typeName), path, node.origin) }
    return node.string
  }

  private mutating func checkNames(_ metadata: Node, holder: Origin) {
    let name = text(metadata["name"], "metadata.name")
    let prefix = text(metadata["generateName"], "metadata.generateName")
    if let name, let origin = metadata["name"]?.origin, !name.isEmpty, !MetadataText.isSubdomain(name) {
      note(.badName(name), "metadata.name", origin)
    }
    // What is generated is put behind the prefix, so that this may end with a hyphen.
    if let prefix, let origin = metadata["generateName"]?.origin, !prefix.isEmpty,
      !MetadataText.isSubdomain(prefix + "a")
    {
      note(.badName(prefix), "metadata.generateName", origin)
    }
    if problems.isEmpty, (name ?? "").isEmpty, (prefix ?? "").isEmpty { note(.missing, "metadata.name", holder) }
    if let namespace = text(metadata["namespace"], "metadata.namespace"), let origin = metadata["namespace"]?.origin,
      !namespace.isEmpty, !MetadataText.isDNSLabel(namespace.utf8[...])
    {
      note(.badNamespace(namespace), "metadata.namespace", origin)
    }
  }

  /// The entries of a mapping from text to text; what is something else is noted.
  private mutating func entries(_ name: String, of metadata: Node) -> [(
    entry: Mapping.Entry, path: String, text: String
  )] {
    guard let node = metadata[name], !node.isNull else { return [] }
    guard let mapping = node.mapping else {
      note(.wrongType(wanted: "a mapping", found: node.typeName), "metadata.\(name)", node.origin)
      return []
    }
    var found: [(entry: Mapping.Entry, path: String, text: String)] = []
    for entry in mapping.entries {
      let path = "metadata.\(name).\(entry.key.text)"
      if let text = entry.value.string {
        found.append((entry, path, text))
      } else {
        note(.wrongType(wanted: "a string", found: entry.value.typeName), path, entry.value.origin)
      }
    }
    return found
  }

  private mutating func checkLabels(_ metadata: Node) {
    for (entry, path, text) in entries("labels", of: metadata) {
      if !MetadataText.isQualifiedName(entry.key.text) { note(.badKey(entry.key.text), path, entry.keyOrigin) }
      if !text.isEmpty, !MetadataText.isWord(text.utf8[...]) { note(.badLabel(text), path, entry.value.origin) }
    }
  }

  private mutating func checkAnnotations(_ metadata: Node) {
    var size = 0
    for (entry, path, text) in entries("annotations", of: metadata) {
      // Only here the key may have capital letters before its slash.
      if !MetadataText.isQualifiedName(entry.key.text.lowercased()) {
        note(.badKey(entry.key.text), path, entry.keyOrigin)
      }
      size += entry.key.text.utf8.count + text.utf8.count
    }
    if size > Self.annotationBytes, let origin = metadata["annotations"]?.origin {
      note(.tooLong(maximum: Self.annotationBytes), "metadata.annotations", origin)
    }
  }
}
