import ClusterModel
import Diagnostics
import Kubernetes
import Reports

/// Stories as JSON, for programs.
enum StoryJSON {
  static func render(_ stories: [ObjectStory], data: [DataStory], unreached: [UnreachedObject]) -> [UInt8] {
    let root = JSONValue.object([
      ("version", .number(1)), ("objects", .array(stories.map(value))), ("data", .array(data.map(value))),
      ("unreached", .array(unreached.map(JSONParts.unreached))),
    ])
    return root.bytes()
  }

  private static func value(_ story: DataStory) -> JSONValue {
    .object([
      ("object", JSONParts.object(story.object)), ("cluster", .string(story.cluster)),
      ("makers", JSONParts.lines(story.makers)), ("readers", JSONParts.lines(story.readers)),
    ])
  }

  private static func value(_ story: ObjectStory) -> JSONValue {
    .object([
      ("object", JSONParts.object(story.object)), ("cluster", .string(story.cluster)),
      ("entry", JSONParts.line(story.entry)), ("stations", .array(story.stations.map(value))),
      ("needs", .array(story.relations.filter { !$0.isIncoming }.map(value))),
      ("neededBy", .array(story.relations.filter(\.isIncoming).map(value))),
      ("healthWaits", JSONParts.lines(story.healthWaits)), ("stalled", JSONParts.objects(story.stalled)),
      ("alerts", .array(story.alerts.map(value))), ("images", JSONParts.lines(story.images)),
    ])
  }

  private static func value(_ station: ObjectStory.Station) -> JSONValue {
    .members([
      ("object", JSONParts.object(station.object)), ("location", JSONParts.place(station.place)),
      ("assumed", .bool(station.isAssumed)), ("made", JSONParts.lines(station.making)),
      ("takenInBy", .array(station.inclusions.map { JSONParts.place($0.location) })),
      ("changes", .array(station.changes.map(value))), ("work", station.work.map(value)),
    ])
  }

  private static func value(_ change: FieldChange) -> JSONValue {
    .members([
      ("what", .string(change.what)), ("location", JSONParts.place(change.place)),
      ("entry", change.entry.map(JSONParts.place)), ("fields", .strings(change.fields)),
    ])
  }

  private static func value(_ work: ObjectStory.Work) -> JSONValue {
    .members([
      ("source", work.source.map(JSONParts.line)), ("path", work.path.map(JSONParts.line)),
      ("identity", JSONParts.line(work.identity)), ("rights", work.rights.map(JSONParts.line)),
      ("remarks", JSONParts.lines(work.remarks)),
    ])
  }

  private static func value(_ relation: ObjectStory.Relation) -> JSONValue {
    .members([
      ("relation", .string(relation.kind.rawValue)), ("object", JSONParts.object(relation.other)),
      ("location", JSONParts.place(relation.place)), ("field", relation.field.map { .string($0) }),
      ("absent", relation.isAbsent ? .bool(true) : nil),
    ])
  }

  private static func value(_ alert: ObjectStory.AlertLine) -> JSONValue {
    .object([
      ("subject", JSONParts.object(alert.subject)), ("alert", JSONParts.object(alert.alert)),
      ("receiver", .string(alert.receiver)), ("location", JSONParts.place(alert.place)),
    ])
  }
}
