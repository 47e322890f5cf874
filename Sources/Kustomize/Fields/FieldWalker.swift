import Diagnostics
import Kubernetes
import YAML

/// What a field is made as where it is missing.
package enum CreatedField: Sendable, Hashable {
  /// A text, or the number or truth value that the tag says.
  case scalar(Scalar.Tag)
  /// An empty mapping.
  case mapping

  fileprivate func node(_ origin: Origin) -> Node {
    switch self {
    case .scalar: Node(scalar: Scalar(""), origin: origin)
    case .mapping: Node(.mapping(Mapping()), origin: origin)
    }
  }
}

extension FieldSpec {
  /// Calls `set` on the field, or on the fields where a list is on the way, if this speaks of the type of `object`.
  ///
  /// - Parameters:
  ///   - created: what to make of a field that is missing, if ``create`` says so; nil makes none.
  ///   - origin: where what is made comes from.
  package func visit(
    _ object: inout Node, creating created: CreatedField? = nil, origin: Origin? = nil,
    _ set: (inout Node) throws(KustomizeError) -> Void
  ) throws(KustomizeError) {
    guard applies(to: object) else { return }
    try visitAnyType(&object, creating: created, origin: origin, set)
  }

  /// Calls `set` on the field as ``visit(_:creating:origin:_:)`` does, of whatever type `object` is.
  func visitAnyType(
    _ object: inout Node, creating created: CreatedField? = nil, origin: Origin? = nil,
    _ set: (inout Node) throws(KustomizeError) -> Void
  ) throws(KustomizeError) {
    let walker = FieldWalker(create: create ? created : nil, origin: origin ?? object.origin, path: parts)
    guard walker.path.count <= GrowthBudget.depth else {
      throw KustomizeError(.limit, "a path of more than \(GrowthBudget.depth) parts", at: origin?.location)
    }
    do throws(KustomizeError) {
      try walker.walk(&object, at: 0, set)
    } catch {
      var error = error
      error.text = "considering field '\(path)' of object \(object.kustomizeID): \(error.text)"
      throw error
    }
  }
}

extension Node {
  /// The object's id as kustomize writes it in its messages.
  fileprivate var kustomizeID: ResourceID {
    var type = GroupVersionKind(firstSlashIn: self["apiVersion"]?.comparableText ?? "")
    type.kind = self["kind"]?.comparableText ?? ""
    let metadata = self["metadata"]
    return ResourceID(
      type: type, name: metadata?["name"]?.comparableText ?? "",
      namespace: metadata?["namespace"]?.comparableText ?? "", isClusterScoped: false)
  }
}

/// Follows a path into a tree.
private struct FieldWalker {
  let create: CreatedField?
  let origin: Origin
  let path: [String]

  typealias Setter = (inout Node) throws(KustomizeError) -> Void

  func walk(_ node: inout Node, at index: Int, _ set: Setter) throws(KustomizeError) {
    guard index < path.count else { return try set(&node) }
    if node.isNull { return }
    if try walkMapping(&node, at: index, set) { return }
    // The path does not speak of lists on the way: it goes on in each element.
    let isList = try node.withSequence { (items: inout [Node]) throws(KustomizeError) -> Bool in
      for position in items.indices { try walk(&items[position], at: index, set) }
      return true
    }
    guard isList == nil else { return }
    throw KustomizeError(.field, "expected sequence or mapping node", at: node.origin.location)
  }

  /// False when `node` is no mapping.
  private func walkMapping(_ node: inout Node, at index: Int, _ set: Setter) throws(KustomizeError) -> Bool {
    let isList = path[index].hasSuffix("[]")
    let name = isList ? String(path[index].dropLast(2)) : path[index]
    let place = node.origin.location
    let isMapping = try node.withMapping { (mapping: inout Mapping) throws(KustomizeError) -> Bool in
      guard !name.isEmpty else {
        throw KustomizeError(.field, "cannot set or create an empty field name", at: place)
      }
      let made: CreatedField? = isList ? nil : index == path.count - 1 ? create : create.map { _ in .mapping }
      if mapping.index(of: name) == nil {
        guard let made else { return true }
        mapping.set(name, made.node(origin))
      }
      _ = try mapping.withValue(of: name) { (value: inout Node) throws(KustomizeError) in
        if value.isNull { value = asCreated(value, made, isList: isList) }
        try walk(&value, at: index + 1, set)
      }
      return true
    }
    return isMapping != nil
  }

  /// A null becomes what would have been made in its place; a scalar keeps its text.
  private func asCreated(_ null: Node, _ made: CreatedField?, isList: Bool) -> Node {
    switch made {
    case nil: isList ? Node(.sequence([]), origin: null.origin) : null
    case .mapping: Node(.mapping(Mapping()), origin: null.origin)
    case .scalar(let tag):
      Node(scalar: Scalar(null.comparableText, style: null.scalar?.style ?? .plain, tag: tag), origin: null.origin)
    }
  }
}
