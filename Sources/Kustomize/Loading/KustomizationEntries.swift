import Diagnostics
import Kubernetes
import YAML

extension PatchArguments {
  init(_ reader: FieldReader) throws(KustomizeError) {
    try reader.allow(["path", "patch", "target", "options"])
    path = try reader.string("path")
    patch = try reader.text("patch")
    target = try reader.reader("target").map { reader throws(KustomizeError) in try Selector(reader) }
    if let options = try reader.reader("options") {
      try options.allow(["allowNameChange", "allowKindChange"])
      allowsNameChange = try options.bool("allowNameChange")
      allowsKindChange = try options.bool("allowKindChange")
    }
    origin = reader.origin
  }
}

extension LabelArguments {
  init(_ reader: FieldReader) throws(KustomizeError) {
    try reader.allow(["pairs", "includeSelectors", "includeTemplates", "fields"])
    pairs = try reader.pairs("pairs") ?? []
    includesSelectors = try reader.bool("includeSelectors")
    includesTemplates = try reader.bool("includeTemplates")
    fields = try [FieldSpec](reader, "fields")
    origin = reader.origin
  }
}

extension VariableArguments {
  init(_ reader: FieldReader) throws(KustomizeError) {
    try reader.allow(["name", "objref", "fieldref"])
    name = try reader.string("name", or: "")
    var type = GroupVersionKind(group: "", version: "", kind: "")
    var (targetName, namespace) = ("", "")
    if let target = try reader.reader("objref") {
      try target.allow(["apiVersion", "group", "version", "kind", "name", "namespace"])
      type = try target.type()
      let apiVersion = try target.string("apiVersion", or: "")
      if !apiVersion.isEmpty { type = GroupVersionKind(apiVersion: apiVersion, kind: type.kind) }
      targetName = try target.string("name", or: "")
      namespace = try target.string("namespace", or: "")
    }
    target = ResourceID(type: type, name: targetName, namespace: namespace, isClusterScoped: false)
    let field = try reader.reader("fieldref")
    try field?.allow(["fieldPath"])
    let path = try field?.string("fieldPath", or: "") ?? ""
    fieldPath = path.isEmpty ? "metadata.name" : path
    origin = reader.origin
  }
}

extension SortOptions {
  init(_ reader: FieldReader) throws(KustomizeError) {
    try reader.allow(["order", "legacySortOptions"])
    order = try reader.string("order")
    origin = reader.origin
    guard let legacy = try reader.reader("legacySortOptions") else { return }
    try legacy.allow(["orderFirst", "orderLast"])
    self.legacy = (
      first: try legacy.strings("orderFirst").map(\.value), last: try legacy.strings("orderLast").map(\.value)
    )
  }
}

extension FieldReader {
  /// `group`, `version` and `kind`.
  func type() throws(KustomizeError) -> GroupVersionKind {
    GroupVersionKind(
      group: try string("group", or: ""), version: try string("version", or: ""), kind: try string("kind", or: ""))
  }
}
