import Diagnostics
import Pattern
import YAML

/// One entry of `images`: a new name, tag or digest for an image.
package struct ImageTransformer: Sendable {
  /// The name to look for; kustomize takes it for a regular expression.
  package var name: String
  /// The name to set; empty keeps it.
  package var newName: String
  /// The tag to set.
  package var newTag: String
  /// What to append to the tag.
  package var tagSuffix: String
  /// The digest to set.
  package var digest: String
  private let pattern: Pattern

  /// An entry of `images`, written at `origin`.
  package init(
    name: String, newName: String = "", newTag: String = "", tagSuffix: String = "", digest: String = "",
    origin: Origin
  ) throws(KustomizeError) {
    self.name = name
    self.newName = newName
    self.newTag = newTag
    self.tagSuffix = tagSuffix
    self.digest = digest
    do throws(PatternError) {
      pattern = try Pattern("^\(name)(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$")
    } catch {
      throw KustomizeError(
        .field, "image name '\(name)' is no regular expression: \(error.message)", at: origin.location)
    }
  }

  /// Changes the images of containers wherever they are, then the images at `fields`. What is set comes from `origin`.
  package func apply(to object: inout Node, fields: [FieldSpec], origin: Origin) throws(KustomizeError) {
    try applyToContainers(of: &object, origin: origin)
    try applyToFields(fields, of: &object, origin: origin)
  }

  /// Changes the images of containers wherever they are. A CustomResourceDefinition is left alone.
  package func applyToContainers(of object: inout Node, origin: Origin) throws(KustomizeError) {
    if !Self.leavesAlone(object) { try applyToContainers(&object, origin) }
  }

  /// Changes the images at `fields`. A CustomResourceDefinition is left alone.
  package func applyToFields(_ fields: [FieldSpec], of object: inout Node, origin: Origin) throws(KustomizeError) {
    if Self.leavesAlone(object) { return }
    for field in fields {
      try field.visit(&object) { (node: inout Node) throws(KustomizeError) in try set(&node, origin) }
    }
  }

  private static func leavesAlone(_ object: Node) -> Bool {
    object["kind"]?.comparableText == "CustomResourceDefinition"
  }

  /// The images of the elements of every list named `containers` or `initContainers`.
  private func applyToContainers(_ node: inout Node, _ origin: Origin) throws(KustomizeError) {
    _ = try node.withSequence { (items: inout [Node]) throws(KustomizeError) in
      for index in items.indices { try applyToContainers(&items[index], origin) }
    }
    _ = try node.withMapping { (mapping: inout Mapping) throws(KustomizeError) in
      try mapping.forEachValue { (key: String, value: inout Node) throws(KustomizeError) in
        try applyToContainers(&value, origin)
        guard key == "containers" || key == "initContainers" else { return }
        _ = try value.withSequence { (items: inout [Node]) throws(KustomizeError) in
          for index in items.indices { try setImage(of: &items[index], origin) }
        }
      }
    }
  }

  private func setImage(of container: inout Node, _ origin: Origin) throws(KustomizeError) {
    guard container.mapping != nil || container.isNull else {
      throw KustomizeError(
        .field, "wrong node kind: expected MappingNode but got \(container.kindName)", at: container.origin.location)
    }
    _ = try container.withMapping { (mapping: inout Mapping) throws(KustomizeError) in
      _ = try mapping.withValue(of: "image") { (value: inout Node) throws(KustomizeError) in try set(&value, origin) }
    }
  }

  private func set(_ node: inout Node, _ origin: Origin) throws(KustomizeError) {
    guard let scalar = node.scalar else {
      throw KustomizeError(
        .field, "wrong node kind: expected ScalarNode but got \(node.kindName)", at: node.origin.location)
    }
    if node.isNull { return }
    let isMatch: Bool
    do throws(PatternError) {
      isMatch = try pattern.matches(scalar.text)
    } catch {
      throw KustomizeError(.limit, error.message, at: node.origin.location)
    }
    guard isMatch else { return }
    try node.setScalar(changed(ImageReference(scalar.text)).text, origin: origin)
  }

  private func changed(_ image: ImageReference) -> ImageReference {
    var image = image
    if !newName.isEmpty { image.name = newName }
    if !newTag.isEmpty || !digest.isEmpty {
      image.tag = newTag
      image.digest = digest
    } else if !tagSuffix.isEmpty {
      image.tag += tagSuffix
      image.digest = ""
    }
    return image
  }
}

/// An image's name, tag and digest.
package struct ImageReference: Sendable, Hashable {
  /// With the registry.
  package var name: String
  /// Empty where there is none.
  package var tag: String
  /// Empty where there is none.
  package var digest: String

  /// Takes `text` apart: `[registry[:port]/]name[:tag][@digest]`.
  package init(_ text: String) {
    let bytes = Array(text.utf8)
    // A colon before the first slash belongs to the registry's port.
    let start = bytes.firstIndex(of: UInt8(ascii: "/")) ?? 0
    let at = bytes[start...].firstIndex(of: UInt8(ascii: "@"))
    let colon = bytes[start...].firstIndex(of: UInt8(ascii: ":")).flatMap { index in
      at.map { index < $0 } ?? true ? index : nil
    }
    func part(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    name = part(0..<(colon ?? at ?? bytes.count))
    tag = colon.map { part(($0 + 1)..<(at ?? bytes.count)) } ?? ""
    digest = at.map { part(($0 + 1)..<bytes.count) } ?? ""
  }

  /// As it is written.
  package var text: String {
    name + (tag.isEmpty ? "" : ":" + tag) + (digest.isEmpty ? "" : "@" + digest)
  }
}
