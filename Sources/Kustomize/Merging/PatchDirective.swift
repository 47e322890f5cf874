import Diagnostics
import YAML

/// What `$patch` asks for.
enum PatchDirective: String {
  case merge
  case replace
  case delete

  static let key = "$patch"

  /// The directive of `patch`, and the patch without it.
  static func take(from patch: Node) throws(KustomizeError) -> (PatchDirective, Node) {
    switch patch.value {
    case .scalar: return (.merge, patch)
    case .mapping(let mapping): return try take(from: mapping, in: patch)
    case .sequence(let items): return try take(from: items, in: patch)
    }
  }

  private static func take(from mapping: Mapping, in patch: Node) throws(KustomizeError) -> (PatchDirective, Node) {
    guard let value = mapping[key] else { return (.merge, patch) }
    let directive = try read(value)
    var mapping = mapping
    mapping.remove(key)
    return (directive, Node(.mapping(mapping), origin: patch.origin))
  }

  /// In a list the directive is an element of its own. Where the first element that has the key has others too, it speaks for itself only.
  private static func take(from items: [Node], in patch: Node) throws(KustomizeError) -> (PatchDirective, Node) {
    guard let element = items.first(where: { $0[key] != nil }), element.mapping?.count == 1, let value = element[key]
    else { return (.merge, patch) }
    let directive = try read(value)
    var items = items
    try items.setElement(nil, keys: [key], values: [directive.rawValue])
    return (directive, Node(.sequence(items), origin: patch.origin))
  }

  private static func read(_ value: Node) throws(KustomizeError) -> PatchDirective {
    guard let directive = PatchDirective(rawValue: value.comparableText) else {
      throw KustomizeError(.patch, "unknown patch strategy '\(value.comparableText)'", at: value.origin.location)
    }
    return directive
  }
}
