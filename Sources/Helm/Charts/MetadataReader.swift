import GoTemplate
import Sprig

/// Reads `Chart.yaml` (and `requirements.yaml`) into metadata, with the complaints of Go's decoder about wrong types.
struct MetadataReader {
  private(set) var metadata: Metadata
  private var complaint: String?

  static func read(_ value: Value, into metadata: Metadata) throws(HelmError) -> Metadata {
    var reader = MetadataReader(metadata: metadata)
    guard case .dict(let dict) = value else {
      if value.isNil { return metadata }
      throw HelmError(
        .chart,
        "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal "
          + "\(kind(value)) into Go value of type chart.Metadata")
    }
    for key in dict.sortedKeys { reader.take(key.text, dict[key] ?? .null) }
    if let complaint = reader.complaint {
      throw HelmError(.chart, "error unmarshaling JSON: while decoding JSON: " + complaint)
    }
    return reader.metadata
  }

  private init(metadata: Metadata) {
    self.metadata = metadata
  }

  private mutating func take(_ key: String, _ value: Value) {
    // Go's decoder takes keys in any case.
    switch key.lowercased() {
    case "name": metadata.name = text(value, "name") ?? metadata.name
    case "home": metadata.home = text(value, "home") ?? metadata.home
    case "sources": metadata.sources = texts(value, "sources")
    case "version": metadata.version = text(value, "version") ?? metadata.version
    case "description": metadata.description = text(value, "description") ?? metadata.description
    case "keywords": metadata.keywords = texts(value, "keywords")
    case "icon": metadata.icon = text(value, "icon") ?? metadata.icon
    case "apiversion": metadata.apiVersion = text(value, "apiVersion") ?? metadata.apiVersion
    case "condition": metadata.condition = text(value, "condition") ?? metadata.condition
    case "tags": metadata.tags = text(value, "tags") ?? metadata.tags
    case "appversion": metadata.appVersion = text(value, "appVersion") ?? metadata.appVersion
    case "kubeversion": metadata.kubeVersion = text(value, "kubeVersion") ?? metadata.kubeVersion
    case "type": metadata.type = text(value, "type") ?? metadata.type
    case "deprecated":
      if case .bool(let truth) = value { metadata.isDeprecated = truth } else { mismatch(value, "deprecated", "bool") }
    case "annotations": readAnnotations(value)
    case "maintainers":
      let found = dicts(value, "maintainers")
      metadata.maintainers = found.dicts.map { maintainer($0) }
      metadata.hasEmptyMaintainer = found.hasEmpty
    case "dependencies":
      let found = dicts(value, "dependencies")
      metadata.dependencies = found.dicts.map { dependency($0) }
      metadata.hasEmptyDependency = found.hasEmpty
      metadata.listsDependencies = !value.isNil
    default: break
    }
  }

  private static func kind(_ value: Value) -> String {
    switch value {
    case .bool: "bool"
    case .double, .int, .uint: "number"
    case .string: "string"
    case .list: "array"
    default: "object"
    }
  }

  private mutating func mismatch(_ value: Value, _ field: String, _ type: String, _ owner: String = "Metadata") {
    guard complaint == nil, !value.isNil else { return }
    complaint =
      "json: cannot unmarshal \(MetadataReader.kind(value)) into Go struct field \(owner).\(field) of type \(type)"
  }

  private mutating func text(_ value: Value, _ field: String, _ owner: String = "Metadata") -> String? {
    if let text = YAMLValues.text(value) { return text }
    mismatch(value, field, "string", owner)
    return nil
  }

  private mutating func texts(_ value: Value, _ field: String, _ owner: String = "Metadata") -> [String] {
    guard case .list(let list) = value else {
      mismatch(value, field, "[]string", owner)
      return []
    }
    return list.elements.map { text($0, field, owner) ?? "" }
  }

  private mutating func dicts(_ value: Value, _ field: String) -> (dicts: [Dict], hasEmpty: Bool) {
    let element = field == "maintainers" ? "chart.Maintainer" : "chart.Dependency"
    guard case .list(let list) = value else {
      mismatch(value, field, "[]*\(element)")
      return ([], false)
    }
    let dicts = list.elements.compactMap { item -> Dict? in
      if case .dict(let dict) = item { return dict }
      mismatch(item, field, element)
      return nil
    }
    return (dicts, list.elements.contains(where: \.isNil))
  }

  private mutating func readAnnotations(_ value: Value) {
    guard case .dict(let dict) = value else { return mismatch(value, "annotations", "map[string]string") }
    for key in dict.sortedKeys {
      metadata.annotations[key.text] = text(dict[key] ?? .null, "annotations") ?? ""
    }
  }

  private mutating func maintainer(_ dict: Dict) -> Metadata.Maintainer {
    var result = Metadata.Maintainer()
    result.name = text(dict["name"] ?? .null, "name", "Maintainer") ?? ""
    result.email = text(dict["email"] ?? .null, "email", "Maintainer") ?? ""
    result.url = text(dict["url"] ?? .null, "url", "Maintainer") ?? ""
    return result
  }

  private mutating func dependency(_ dict: Dict) -> Dependency {
    var result = Dependency()
    result.name = text(dict["name"] ?? .null, "name", "Dependency") ?? ""
    result.version = text(dict["version"] ?? .null, "version", "Dependency") ?? ""
    result.repository = text(dict["repository"] ?? .null, "repository", "Dependency") ?? ""
    result.condition = text(dict["condition"] ?? .null, "condition", "Dependency") ?? ""
    result.alias = text(dict["alias"] ?? .null, "alias", "Dependency") ?? ""
    if let tags = dict["tags"], !tags.isNil { result.tags = texts(tags, "tags", "Dependency") }
    guard case .list(let imports)? = dict["import-values"] else { return result }
    for element in imports.elements {
      switch element {
      case .string(let name): result.imports.append(.init(child: name.text, parent: ".", isExport: true))
      case .dict(let pair):
        let part = { (key: GoString) in Formatter.text(pair[key] ?? .null).text }
        result.imports.append(.init(child: part("child"), parent: part("parent")))
      default: break
      }
    }
    return result
  }
}
