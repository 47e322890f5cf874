/// Objects that an Alert listens to or a Receiver reconciles.
public struct EventSource: SpecPart {
  /// The object; its name can be `*`.
  public var ref: ObjectRef?
  /// The labels that `*` is narrowed by.
  public var matchLabels: [StringEntry]
  /// A CEL expression that narrows it further (Receivers only).
  public var filter: Field<String>?

  init(_ reader: inout SpecReader) {
    ref = reader.ownRef()
    matchLabels = reader.stringMap("matchLabels")
    filter = reader.string("filter")
  }
}
