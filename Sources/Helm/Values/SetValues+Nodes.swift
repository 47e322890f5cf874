import Diagnostics
import GoTemplate
import Sprig
import YAML

extension SetValues {
  /// Puts what a text says into values that know where they come from: what it sets comes from `origin`, its keys from
  /// `keyOrigin`.
  public static func apply(
    _ text: String, _ style: Style, to values: inout Node, origin: Origin, keyOrigin: Origin? = nil
  ) throws(Malformed) {
    do throws(YAMLValues.Malformed) {
      let target = try ValuesDocuments.dict(values)
      // The same on nothing tells which parts are set.
      let shape = Dict()
      do throws(Malformed) {
        try apply(text, style, to: target)
        try apply(text, style, to: shape)
      } catch {
        throw YAMLValues.Malformed(message: error.message)
      }
      values = try merged(values, .dict(target), .dict(shape), (origin, keyOrigin ?? origin))
    } catch {
      throw Malformed(message: error.message)
    }
  }

  /// What is at a place now: the old node where nothing was set, with what was set in it.
  private static func merged(
    _ old: Node?, _ new: Value, _ shape: Value, _ origins: (value: Origin, key: Origin)
  ) throws(YAMLValues.Malformed) -> Node {
    switch (new, shape) {
    case (.dict(let new), .dict(let shape)) where old?.mapping != nil || old == nil:
      var mapping = old?.mapping ?? Mapping()
      for key in shape.sortedKeys {
        guard let value = new[key], let part = shape[key] else { continue }
        mapping.set(key.text, try merged(mapping[key.text], value, part, origins), keyOrigin: origins.key)
      }
      return Node(.mapping(mapping), origin: old?.origin ?? origins.value)
    case (.list(let new), .list(let shape)) where old?.sequence != nil || old == nil:
      let known = old?.sequence ?? []
      var items: [Node] = []
      for (index, value) in new.elements.enumerated() {
        let before = known.indices.contains(index) ? known[index] : nil
        let part = shape.elements.indices.contains(index) ? shape.elements[index] : .null
        if part.isNil, let before, !value.isNil {
          items.append(before)
        } else {
          items.append(try merged(before, value, part, origins))
        }
      }
      return Node(.sequence(items), origin: old?.origin ?? origins.value)
    default:
      return try YAMLValues.tree(new).coming(from: origins.value)
    }
  }
}

extension Node {
  /// This value with one origin for all of it.
  fileprivate func coming(from origin: Origin) -> Node {
    switch value {
    case .scalar: return Node(value, origin: origin)
    case .sequence(let items): return Node(.sequence(items.map { $0.coming(from: origin) }), origin: origin)
    case .mapping(let mapping):
      var result = Mapping()
      for entry in mapping.entries { result.set(entry.key.text, entry.value.coming(from: origin), keyOrigin: origin) }
      return Node(.mapping(result), origin: origin)
    }
  }
}
