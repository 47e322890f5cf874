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

extension ImageArguments {
  /// An image that changes nothing.
  init(origin: Origin) {
    self.init(name: "", newName: "", newTag: "", tagSuffix: "", digest: "", origin: origin)
  }

  init(_ reader: FieldReader) throws(KustomizeError) {
    try reader.allow(["name", "newName", "tagSuffix", "newTag", "digest"])
    name = try reader.string("name", or: "")
    let newNameField = try reader.string("newName")
    let newTagField = try reader.string("newTag")
    let suffixField = try reader.string("tagSuffix")
    let digestField = try reader.string("digest")
    newName = newNameField?.value ?? ""
    newTag = newTagField?.value ?? ""
    tagSuffix = suffixField?.value ?? ""
    digest = digestField?.value ?? ""
    origin = (newTagField ?? digestField ?? suffixField ?? newNameField)?.origin ?? reader.origin
  }
}

extension ReplicaTransformer {
  init(_ reader: FieldReader) throws(KustomizeError) {
    try reader.allow(["name", "count"])
    let count = try reader.integer("count")
    self.init(
      name: try reader.string("name", or: ""), count: count?.value ?? 0,
      origin: (count?.origin ?? reader.origin).transformed(by: "replicas"))
  }
}

extension ReplacementArguments {
  init(_ reader: FieldReader) throws(KustomizeError) {
    try reader.allow(["source", "targets", "sourceValue", "path"])
    path = try reader.string("path")
    let isInline = ["source", "targets"].contains { reader.node($0) != nil }
    replacement = isInline || path?.value.isEmpty ?? true ? try Replacement(reader) : nil
  }
}

extension PatchArguments {
  /// The configuration of a `PatchJson6902Transformer`.
  init(jsonOperations reader: FieldReader) throws(KustomizeError) {
    path = try reader.string("path")
    patch = try reader.text("jsonOp")
    target = try reader.reader("target").map { reader throws(KustomizeError) in try Selector(reader) }
    origin = reader.origin
  }
}
