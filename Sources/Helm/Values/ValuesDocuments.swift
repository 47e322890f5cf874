import Diagnostics
import GoTemplate
import Sprig
import YAML

/// Values as YAML and as what templates compute with.
enum ValuesDocuments {
  /// The documents of a values file.
  static func read(_ file: SourceFile) throws(YAMLValues.Malformed) -> [Node] {
    do throws(YAMLError) {
      return try YAMLReader.read(file, dialect: .goYAML2).map(\.root)
    } catch {
      throw YAMLValues.Malformed(message: YAMLValues.complaint(error))
    }
  }

  /// The map of a document; an empty document is an empty map.
  static func dict(_ node: Node) throws(YAMLValues.Malformed) -> Dict {
    let value = try YAMLValues.value(node)
    if case .dict(let dict) = value { return dict }
    if value.isNil { return Dict() }
    let kind: String
    switch value {
    case .bool: kind = "bool"
    case .double: kind = "number"
    case .string: kind = "string"
    default: kind = "array"
    }
    throw YAMLValues.Malformed(
      message: "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal \(kind) into Go value of type "
        + "map[string]interface {}")
  }

  /// All documents of a chart's `values.yaml`, later ones over earlier ones. They were checked when the chart was read.
  static func merged(_ documents: [Node]) -> Dict {
    let merged = Dict()
    for document in documents {
      guard let dict = try? dict(document) else { continue }
      merge(dict, over: merged)
    }
    return merged
  }

  /// Puts `new` over `old`: maps are merged, everything else is replaced.
  static func merge(_ new: Dict, over old: Dict) {
    for (key, value) in new.entries {
      if case .dict(let newer) = value, case .dict(let older)? = old[key] {
        merge(newer, over: older)
      } else {
        old[key] = value
      }
    }
  }
}
