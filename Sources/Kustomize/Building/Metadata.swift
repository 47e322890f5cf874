import Diagnostics
import YAML

/// The fields of `metadata` that kustomize itself reads and writes.
extension Node {
  /// The texts of a mapping in `metadata`, whatever their type, as kustomize takes them for strings.
  func metadataStrings(_ field: String) -> [(key: String, value: Node)] {
    (self[path: "metadata", field]?.mapping?.entries ?? []).map { entry in
      (key: entry.key.text, value: Node(scalar: .written(entry.value.scalar?.text ?? ""), origin: entry.value.origin))
    }
  }

  /// Puts strings into a mapping of `metadata`, sorted; takes the mapping out where there are none.
  mutating func setMetadataStrings(_ field: String, _ pairs: [(key: String, value: Node)]) {
    let origin = self[path: "metadata", field]?.origin ?? pairs.first?.value.origin ?? origin
    var mapping = Mapping()
    for pair in pairs.sorted(by: { $0.key < $1.key }) { mapping.set(pair.key, pair.value) }
    updateMetadata { metadata in
      metadata.remove(field)
      if !mapping.isEmpty { metadata.set(field, Node(.mapping(mapping), origin: origin)) }
    }
  }

  /// Makes the annotations where there are none.
  mutating func makeAnnotations() {
    guard self[path: "metadata", "annotations"]?.mapping == nil else { return }
    let empty = Node(.mapping(Mapping()), origin: origin)
    updateMetadata { $0.set("annotations", empty) }
  }

  /// Changes `metadata` in place; makes it where it is missing.
  mutating func updateMetadata(_ body: (inout Mapping) -> Void) {
    let missing = Node(.mapping(Mapping()), origin: origin)
    _ = withMapping { (mapping: inout Mapping) in
      if mapping["metadata"]?.mapping == nil { mapping.set("metadata", missing) }
      _ = mapping.withValue(of: "metadata") { (metadata: inout Node) in _ = metadata.withMapping(body) }
    }
  }

  /// Sets a field of `metadata` to a text the way kyaml does: in the style of the text before, so that it keeps its type.
  mutating func setMetadataText(_ field: String, _ text: String, origin: Origin) {
    updateMetadata { $0.setText(field, text, origin: origin) }
  }
}

extension Node {
  /// The text of an entry of `data`: nothing for a null.
  fileprivate var dataText: String {
    guard let scalar, scalar.resolved != .null else { return "" }
    return scalar.text
  }
}

extension Mapping {
  /// Sets a field to a text, in the style of what was there; a new text that would be no string is quoted.
  mutating func setText(_ field: String, _ text: String, origin: Origin) {
    var scalar = Scalar(text)
    if let old = self[field]?.scalar {
      scalar.style = old.style
    } else if scalar.isAnythingButString {
      scalar.style = .doubleQuoted
    }
    set(field, Node(scalar: scalar, origin: origin))
  }
}

extension Scalar {
  /// A string as kyaml makes it: as a block where it has several lines, which matters for what it reads back.
  static func written(_ text: String) -> Scalar {
    text.utf8.contains(UInt8(ascii: "\n")) ? Scalar(text, style: .literal, tag: .string) : .string(text)
  }

  /// Whether some YAML reader would take the plain text for something else than a string.
  var isAnythingButString: Bool {
    var plain = self
    plain.style = .plain
    plain.tag = .none
    if case .string = plain.resolved(by: .goYAML2) { return false }
    return true
  }
}

extension Resource {
  /// Takes over labels, annotations, name and namespace of the object that this one replaces or is merged into;
  /// its own labels and annotations win.
  mutating func takeMetadata(from other: Resource) {
    for field in ["labels", "annotations"] {
      let own = node.metadataStrings(field)
      let kept = other.node.metadataStrings(field).filter { pair in !own.contains { $0.key == pair.key } }
      node.setMetadataStrings(field, kept + own)
    }
    if let name = other.node[path: "metadata", "name"] {
      node.setMetadataText("name", name.scalar?.text ?? "", origin: name.origin)
    }
    let namespace = other.node[path: "metadata", "namespace"]
    if let text = namespace?.scalar?.text, !text.isEmpty {
      node.setMetadataText("namespace", text, origin: namespace?.origin ?? node.origin)
    } else {
      node.updateMetadata { $0.remove("namespace") }
    }
    previous = other.previous
    prefixes = other.prefixes
    suffixes = other.suffixes
    variables = other.variables
    isFromChart = other.isFromChart
    trace = other.trace.isEmpty ? trace : other.trace
    layers = max(layers, other.layers)
    needsHash = needsHash && other.needsHash
    behavior = other.behavior
  }

  /// Merges the data of `other` under the own one.
  mutating func mergeData(from other: Resource) {
    for field in ["data", "binaryData"] {
      let own = node[field]?.mapping?.entries ?? []
      let kept = (other.node[field]?.mapping?.entries ?? []).filter { entry in
        !own.contains { $0.key.text == entry.key.text }
      }
      let merged = (kept + own).sorted { $0.key.text < $1.key.text }
      let origin = node[field]?.origin ?? other.node[field]?.origin ?? node.origin
      _ = node.withMapping { (mapping: inout Mapping) in
        mapping.remove(field)
        guard !merged.isEmpty else { return }
        let texts = merged.map { entry in
          Mapping.Entry(
            key: entry.key, keyOrigin: entry.keyOrigin,
            value: Node(scalar: .written(entry.value.dataText), origin: entry.value.origin))
        }
        mapping.set(field, Node(.mapping(Mapping(texts)), origin: origin))
      }
    }
  }
}
