import YAML

extension Schema {
  /// The schema of an OpenAPI 2 document, as a kustomization's `openapi: {path: …}` names it. It takes the place of the built-in
  /// types, as in kustomize; their scopes stay known.
  /// - Parameter isAddition: whether the types of the document come on top of the built-in ones instead.
  public init(openAPI document: Node, isAddition: Bool = false) {
    var builder = OpenAPITable(document, onTopOf: isAddition ? .builtIn : nil)
    builder.addDefinitions()
    builder.addScopes()
    self.init(MergeTable(entries: builder.entries, types: builder.types, scopes: builder.scopes))
  }
}

extension Schema {
  /// A schema of one value, as a comment may hold it. It may refer to the definitions of the built-in types.
  public func fragment(_ schema: Node) -> FieldSchema {
    var builder = OpenAPITable(schema, onTopOf: .builtIn)
    let number = builder.add(schema)
    let table = MergeTable(entries: builder.entries, types: builder.types, scopes: builder.scopes)
    return FieldSchema(table: table, number: table.resolve(number))
  }
}

/// Takes an OpenAPI 2 document apart.
private struct OpenAPITable {
  private let document: Node
  private let base: MergeTable?
  private(set) var entries: [MergeTable.Entry]
  private(set) var types: [GroupVersionKind: Int]
  private(set) var scopes = MergeTable.builtInScopes
  private var definitions: [String: Int] = [:]

  init(_ document: Node, onTopOf base: MergeTable?) {
    self.document = document
    self.base = base
    entries = base?.entries ?? [MergeTable.Entry(isClosed: true)]
    types = base?.types ?? [:]
  }

  mutating func addDefinitions() {
    let found = document["definitions"]?.mapping?.entries ?? []
    for entry in found {
      definitions[entry.key.text] = entries.count
      entries.append(MergeTable.Entry())
    }
    for entry in found {
      guard let number = definitions[entry.key.text] else { continue }
      entries[number] = read(entry.value)
      for type in entry.value["x-kubernetes-group-version-kind"]?.sequence ?? [] {
        if let type = Self.type(type) { types[type] = number }
      }
    }
  }

  /// Nested as deep as the reader of YAML lets a document be.
  private mutating func read(_ schema: Node) -> MergeTable.Entry {
    var entry = MergeTable.Entry()
    if let reference = schema["$ref"]?.scalar?.text {
      let name = reference.split(separator: "/").last.map(String.init) ?? ""
      entry.reference = definitions[name] ?? base?.definition(name) ?? MergeTable.atomic
      return entry
    }
    entry.strategies = (schema["x-kubernetes-patch-strategy"]?.scalar?.text ?? "").split(separator: ",").map(
      String.init)
    if !entry.strategies.isEmpty {
      let list = schema["x-kubernetes-list-map-keys"]?.sequence?.compactMap(\.scalar?.text)
      entry.keys = list ?? schema["x-kubernetes-patch-merge-key"]?.scalar.map { [$0.text] } ?? []
    }
    for property in schema["properties"]?.mapping?.entries ?? [] {
      entry.fields[property.key.text] = add(property.value)
    }
    if let values = schema["additionalProperties"], values.mapping != nil { entry.values = add(values) }
    if schema["type"]?.scalar?.text == "array", let items = schema["items"] { entry.elements = add(items) }
    return entry
  }

  /// Adds the schema of one value; its number.
  mutating func add(_ schema: Node) -> Int {
    let entry = read(schema)
    entries.append(entry)
    return entries.count - 1
  }

  private static func type(_ node: Node) -> GroupVersionKind? {
    guard let version = node["version"]?.scalar?.text, let kind = node["kind"]?.scalar?.text else { return nil }
    return GroupVersionKind(group: node["group"]?.scalar?.text ?? "", version: version, kind: kind)
  }

  /// A type is namespaced when one of the paths that read it names a namespace. What is built in is known already.
  mutating func addScopes() {
    let builtIn = scopes
    for entry in document["paths"]?.mapping?.entries ?? [] {
      guard let type = entry.value[path: "get", "x-kubernetes-group-version-kind"].flatMap(Self.type),
        builtIn[type] == nil
      else { continue }
      let parts = entry.key.text.split(separator: "/")
      let isNamespaced = zip(parts, parts.dropFirst()).contains { $0 == "namespaces" && $1.hasPrefix("{namespace}") }
      scopes[type] = isNamespaced || scopes[type] == .namespaced ? .namespaced : .cluster
    }
  }
}
