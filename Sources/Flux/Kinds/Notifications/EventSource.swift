/// Objects that an Alert listens to or a Receiver reconciles.
public struct EventSource: SpecPart {
  /// The object; its name can be `*`.
  public var ref: ObjectRef?
  /// The labels by which an Alert narrows what it means, and a Receiver `*`.
  public var matchLabels: [StringEntry]
  /// Whether labels are asked for at all: an empty mapping means objects with any.
  public var hasMatchLabels: Bool
  /// A CEL expression that narrows it further (Receivers only).
  public var filter: Field<String>?

  init(_ reader: inout SpecReader) {
    ref = reader.ownRef()
    matchLabels = reader.stringMap("matchLabels")
    hasMatchLabels = reader.node("matchLabels") != nil
    filter = reader.string("filter")
  }
}
