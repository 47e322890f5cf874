import Diagnostics
import YAML

// How kyaml's FieldSetter changes values: a new text keeps the quotes of the old one.
extension Node {
  /// Sets the text of a scalar. Without a tag it means what the text means in the quotes that stay.
  mutating func setScalar(_ text: String, tag: Scalar.Tag = .none, origin: Origin) throws(KustomizeError) {
    guard let old = scalar else {
      throw KustomizeError(.field, "wrong node kind: expected ScalarNode but got \(kindName)", at: self.origin.location)
    }
    self = Node(scalar: Scalar(text, style: old.style, tag: tag), origin: origin)
  }

  /// Sets the entry `key` of a mapping to a text that is a string whatever it looks like.
  mutating func setEntry(_ key: String, _ text: String, origin: Origin) throws(KustomizeError) {
    if isNull { return }
    let value = Node(scalar: Scalar(text, style: .doubleQuoted, tag: .string), origin: origin)
    guard withMapping({ (mapping: inout Mapping) in mapping.set(key, value, keyOrigin: origin) }) == nil else { return }
    throw KustomizeError(.field, "wrong node kind: expected MappingNode but got \(kindName)", at: self.origin.location)
  }

  /// What kyaml calls the kind of a value.
  var kindName: String {
    switch value {
    case .scalar: "ScalarNode"
    case .sequence: "SequenceNode"
    case .mapping: "MappingNode"
    }
  }
}
