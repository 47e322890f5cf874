import ClusterModel
import Diagnostics
import Kubernetes
import Reports

/// The parts that the JSON of several views has in common.
enum JSONParts {
  static func object(_ id: ObjectID) -> JSONValue {
    .object(members(id))
  }

  static func members(_ id: ObjectID) -> [(String, JSONValue)] {
    [
      ("group", .string(id.group)), ("kind", .string(id.kind)), ("namespace", .string(id.namespace)),
      ("name", .string(id.name)),
    ]
  }

  static func objects(_ ids: [ObjectID]) -> JSONValue { .array(ids.map(object)) }

  static func place(_ location: Location) -> JSONValue {
    .object([
      ("path", .string(location.file.path)), ("line", .number(Int(location.span.start.line))),
      ("column", .number(Int(location.span.start.column))),
    ])
  }

  static func line(_ line: RelatedLocation) -> JSONValue {
    .object([("message", .string(line.message)), ("location", place(line.location))])
  }

  static func lines(_ lines: [RelatedLocation]) -> JSONValue { .array(lines.map(line)) }

  static func unreached(_ object: UnreachedObject) -> JSONValue {
    .object([
      ("object", Self.object(object.manifest.id)), ("location", place(object.manifest.origin.location)),
      ("cause", .string(object.cause.rawValue)), ("reason", .string(object.reason)),
      ("related", lines(object.related)),
    ])
  }
}
