import Kubernetes
import YAML

/// A field of certain types of objects.
package struct FieldSpec: Sendable, Hashable {
  /// The types: an empty part stands for anything.
  package var type: GroupVersionKind
  /// The way to the field: names separated by `/`, `[]` behind the name of a list.
  package let path: String
  /// The names that ``path`` consists of: fields are visited far more often than made.
  let parts: [String]
  /// Whether the field is made where it is missing.
  package var create: Bool

  /// A field at `path` of the types that `type` selects.
  package init(type: GroupVersionKind, path: String, create: Bool = false) {
    self.type = type
    self.path = path
    parts = FieldPath.split(path)
    self.create = create
  }

  /// A field at `path` of the types that `group`, `version` and `kind` select.
  package init(_ path: String, group: String = "", version: String = "", kind: String = "", create: Bool = false) {
    type = GroupVersionKind(group: group, version: version, kind: kind)
    self.path = path
    parts = FieldPath.split(path)
    self.create = create
  }

  /// Whether it speaks of the type of `object`.
  func applies(to object: Node) -> Bool {
    if !type.kind.isEmpty, type.kind != object["kind"]?.comparableText ?? "" { return false }
    let version = object["apiVersion"]?.comparableText ?? ""
    let found = GroupVersionKind(firstSlashIn: version)
    return (type.group.isEmpty || type.group == found.group) && (type.version.isEmpty || type.version == found.version)
  }

  /// Whether `other` is about the same field: kustomize takes a field for known when the types of the known one are among those
  /// of the other.
  func covers(_ other: FieldSpec) -> Bool {
    path == other.path && (other.type.group.isEmpty || other.type.group == type.group)
      && (other.type.version.isEmpty || other.type.version == type.version)
      && (other.type.kind.isEmpty || other.type.kind == type.kind)
  }
}

extension GroupVersionKind {
  /// Group and version as kustomize cuts them: at the first slash.
  init(firstSlashIn apiVersion: String) {
    if let slash = apiVersion.utf8.firstIndex(of: UInt8(ascii: "/")) {
      self.init(
        group: String(apiVersion[..<slash]), version: String(apiVersion[apiVersion.utf8.index(after: slash)...]),
        kind: "")
    } else {
      self.init(group: "", version: apiVersion, kind: "")
    }
  }
}
