import Diagnostics
import YAML

/// All fields of a type that may refer to others, put together into one tree: an object is looked at once, to see whether what
/// stands there can be a reference at all.
struct ReferenceShape {
  private var below: [String: ReferenceShape] = [:]
  /// The field that ends here.
  private var field: FieldSpec?

  private init() {}

  init(_ fields: [FieldSpec]) {
    for field in fields { insert(field, field.parts[...]) }
  }

  private mutating func insert(_ field: FieldSpec, _ path: ArraySlice<String>) {
    guard let first = path.first else {
      self.field = self.field ?? field
      return
    }
    let name = first.hasSuffix("[]") ? String(first.dropLast(2)) : first
    below[name, default: ReferenceShape()].insert(field, path.dropFirst())
  }

  /// Any field that ends here or below.
  private var anyField: FieldSpec? { field ?? below.values.lazy.compactMap(\.anyField).first }

  /// Refuses a text in the place of a mapping or list on the way to a reference, and a reference that names nothing.
  func check(_ node: Node) throws(KustomizeError) {
    if let field { try field.checkReference(node) }
    guard !below.isEmpty, !node.isNull else { return }
    switch node.value {
    case .mapping(let mapping):
      for entry in mapping.entries {
        guard let shape = below[entry.key.text] else { continue }
        try shape.check(entry.value)
      }
    case .sequence(let items):
      for item in items { try ReferenceShape(below: below).check(item) }
    case .scalar:
      let path = anyField?.path ?? ""
      throw KustomizeError(
        .field, "'\(path)' may refer to another object, but a text stands here in place of a mapping or a list",
        at: node.origin.location)
    }
  }

  private init(below: [String: ReferenceShape]) {
    self.below = below
  }
}

extension FieldSpec {
  /// What a reference may be: a name, a mapping with one, or a list of those.
  fileprivate func checkReference(_ node: Node) throws(KustomizeError) {
    switch node.value {
    case .scalar: return
    case .mapping: try checkName(node)
    case .sequence(let items):
      for item in items {
        switch item.value {
        case .scalar: continue
        case .mapping: try checkName(item)
        case .sequence:
          throw KustomizeError(
            .reference, "'\(path)' must hold names or mappings with a name", at: item.origin.location)
        }
      }
    }
  }

  private func checkName(_ node: Node) throws(KustomizeError) {
    guard node["name"] == nil else { return }
    throw KustomizeError(
      .reference, "'\(path)' is configured as a reference, but the mapping here has no 'name'",
      at: node.origin.location)
  }
}
