import Diagnostics
import YAML

/// Reads a kustomization file as kustomize-controller does before it adds to it.
///
/// Flux reads the file into Go types and writes it anew, more leniently than kustomize reads it: fields that it does not
/// know vanish, a number or boolean becomes a text where one is wanted, what is empty is left out.
struct KustomizationDecoding {
  private let file: Location

  init(file: Location) {
    self.file = file
  }

  /// The fields that remain of `node`, a whole file; nil stands for an empty one.
  func fields(of node: Node?) throws(FluxBuildError) -> Mapping {
    guard let node, !node.isNull else { return Mapping() }
    guard node.mapping != nil else { throw wrongType("the kustomization", "a mapping", node) }
    return try object(node, KustomizationShape.kustomization, "") ?? Mapping()
  }

  /// `node` in its shape; nil where it is null or empty, which Go does not write again.
  private func decode(_ node: Node, as shape: KustomizationShape, _ name: String) throws(FluxBuildError) -> Node? {
    if node.isNull { return nil }
    switch shape {
    case .any: return node
    case .string:
      let text = try text(node, name)
      return text.scalar?.text.isEmpty == true ? nil : text
    case .optionalString: return try text(node, name)
    case .bool:
      guard case .bool(let value) = node.scalar?.resolved(by: .goYAML2) else {
        throw wrongType(name, "true or false", node)
      }
      return value ? Node(scalar: .bool(true), origin: node.origin) : nil
    case .int:
      guard let value = node.wholeNumber else { throw wrongType(name, "a whole number", node) }
      return Node(scalar: .int(value), origin: node.origin)
    case .list(let item): return try list(node, of: item, name)
    case .map: return try map(node, name)
    case .object(let fields):
      guard let mapping = try object(node, fields, name) else { throw wrongType(name, "a mapping", node) }
      return Node(.mapping(mapping), origin: node.origin)
    }
  }

  private func list(_ node: Node, of shape: KustomizationShape, _ name: String) throws(FluxBuildError) -> Node? {
    guard let items = node.sequence else { throw wrongType(name, "a list", node) }
    var found: [Node] = []
    for (index, item) in items.enumerated() {
      // An item that is empty stays an item.
      found.append(try decode(item, as: shape, "\(name)[\(index)]") ?? shape.empty(at: item.origin))
    }
    return found.isEmpty ? nil : Node(.sequence(found), origin: node.origin)
  }

  private func map(_ node: Node, _ name: String) throws(FluxBuildError) -> Node? {
    guard let mapping = node.mapping else { throw wrongType(name, "a mapping", node) }
    var found = Mapping()
    for entry in mapping.entries {
      let value = entry.value.isNull ? Node(string: "", origin: entry.value.origin) : try text(entry.value, name)
      found.append(Mapping.Entry(key: entry.key, keyOrigin: entry.keyOrigin, value: value))
    }
    return found.isEmpty ? nil : Node(.mapping(found), origin: node.origin)
  }

  /// The known fields of a mapping; nil when it is none. Go finds a field whatever the case of its letters.
  private func object(
    _ node: Node, _ fields: [String: KustomizationShape], _ name: String
  ) throws(FluxBuildError) -> Mapping? {
    guard let mapping = node.mapping else { return nil }
    var found = Mapping()
    for entry in mapping.entries {
      guard let field = Self.field(entry.key.text, of: fields), let shape = fields[field] else { continue }
      let inner = name.isEmpty ? field : "\(name).\(field)"
      guard let value = try decode(entry.value, as: shape, inner) else { continue }
      found.set(field, value, keyOrigin: entry.keyOrigin)
    }
    return found
  }

  private static func field(_ text: String, of fields: [String: KustomizationShape]) -> String? {
    if fields[text] != nil { return text }
    let lowered = text.lowercased()
    return fields.keys.first { $0.utf8.count == lowered.utf8.count && $0.lowercased() == lowered }
  }

  /// A text, or what sigs.k8s.io/yaml makes of another scalar where a text is wanted.
  private func text(_ node: Node, _ name: String) throws(FluxBuildError) -> Node {
    guard let scalar = node.scalar else { throw wrongType(name, "a string", node) }
    let text: String
    switch scalar.resolved(by: .goYAML2) {
    case .string, .timestamp: return node.asText
    case .bool(let value): text = value ? "true" : "false"
    case .int(let value): text = String(value)
    case .uint(let value): text = String(value)
    case .float(let value): text = Scalar.float(value).text
    case .null: text = ""
    case .mismatch: throw wrongType(name, "a string", node)
    }
    return Node(string: text, origin: node.origin)
  }

  private func wrongType(_ name: String, _ wanted: String, _ node: Node) -> FluxBuildError {
    FluxBuildError(.field(name, wanted: wanted), at: node.origin)
  }
}

extension KustomizationShape {
  fileprivate func empty(at origin: Origin) -> Node {
    switch self {
    case .string, .optionalString: Node(string: "", origin: origin)
    case .bool: Node(scalar: .bool(false), origin: origin)
    case .int: Node(scalar: .int(0), origin: origin)
    case .list: Node(.sequence([]), origin: origin)
    case .any, .map, .object: Node(.mapping(Mapping()), origin: origin)
    }
  }
}

extension Node {
  var isNull: Bool { scalar?.resolved(by: .goYAML2) == .null }

  /// This scalar as one that is a text whatever rules it is read by.
  fileprivate var asText: Node {
    guard let scalar, scalar.style == .plain, scalar.resolved != .string(scalar.text) else { return self }
    return Node(string: scalar.text, origin: origin)
  }

  fileprivate var wholeNumber: Int64? {
    switch scalar?.resolved(by: .goYAML2) {
    case .int(let value): value
    case .float(let value): Int64(exactly: value)
    default: nil
    }
  }
}
