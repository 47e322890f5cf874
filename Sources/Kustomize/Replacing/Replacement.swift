import Diagnostics
import Kubernetes
import YAML

/// One replacement: a value from an object, or given in place, for fields of other objects.
struct Replacement: Sendable {
  /// Which part of a field is meant.
  struct Options: Sendable {
    var delimiter: String
    var index: Int
    var create: Bool

    /// As kustomize writes them in its messages.
    var description: String {
      delimiter.isEmpty && !create ? "" : "\(delimiter)(\(index)), create=\(create)"
    }
  }

  /// Where the value is read.
  struct Source: Sendable {
    var id: ResourceID
    var fieldPath: Placed<String>
    /// Whether the kustomization says the path.
    var hasPath: Bool
    var options: Options?
    var origin: Origin

    /// As kustomize writes it in its messages.
    var description: String {
      var parts = [id.description]
      if hasPath { parts.append(fieldPath.value) }
      if let options, !options.description.isEmpty { parts.append(options.description) }
      return parts.joined(separator: ":")
    }
  }

  /// Where the value is written.
  struct Target: Sendable {
    var select: Selector?
    var reject: [Selector]
    var fieldPaths: [Placed<String>]
    var options: Options?
    var origin: Origin
  }

  var source: Source?
  var value: Placed<String>?
  /// Nil where none are given.
  var targets: [Target]?
  var origin: Origin

  static let defaultPath = "metadata.name"

  init(_ reader: FieldReader) throws(KustomizeError) {
    try reader.allow(["source", "targets", "sourceValue", "path"])
    source = try reader.reader("source").map { reader throws(KustomizeError) in try Source(reader) }
    value = try reader.string("sourceValue")
    if reader.node("targets") != nil {
      var found: [Target] = []
      for entry in try reader.readers("targets") { found.append(try Target(entry)) }
      targets = found
    }
    origin = reader.origin
  }
}

extension Replacement.Source {
  init(_ reader: FieldReader) throws(KustomizeError) {
    try reader.allow(["group", "version", "kind", "name", "namespace", "fieldPath", "options"])
    id = ResourceID(
      type: try reader.type(), name: try reader.string("name", or: ""),
      namespace: try reader.string("namespace", or: ""),
      isClusterScoped: false)
    let path = try reader.string("fieldPath")
    hasPath = path.map { !$0.value.isEmpty } ?? false
    fieldPath = path.flatMap { $0.value.isEmpty ? nil : $0 } ?? Placed(Replacement.defaultPath, at: reader.origin)
    options = try reader.reader("options").map { reader throws(KustomizeError) in try Replacement.Options(reader) }
    origin = reader.origin
  }
}

extension Replacement.Target {
  init(_ reader: FieldReader) throws(KustomizeError) {
    try reader.allow(["select", "reject", "fieldPaths", "options"])
    select = try reader.reader("select").map { reader throws(KustomizeError) in try Selector(reader) }
    reject = []
    for entry in try reader.readers("reject") { reject.append(try Selector(entry)) }
    fieldPaths = try reader.strings("fieldPaths")
    if fieldPaths.isEmpty { fieldPaths = [Placed(Replacement.defaultPath, at: reader.origin)] }
    options = try reader.reader("options").map { reader throws(KustomizeError) in try Replacement.Options(reader) }
    origin = reader.origin
  }
}

extension Replacement.Options {
  init(_ reader: FieldReader) throws(KustomizeError) {
    try reader.allow(["delimiter", "index", "encoding", "create"])
    delimiter = try reader.string("delimiter", or: "")
    index = Int(try reader.integer("index")?.value ?? 0)
    create = try reader.bool("create")
  }
}
