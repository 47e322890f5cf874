/// What the API says about one kind: its versions and its fields.
public struct KindSchema: Sendable {
  /// The versions of the API, oldest first.
  public var versions: [APILifecycle]
  /// The fields of the newest version by their path, such as `spec.dependsOn[].name`.
  public var fields: [String: FieldSchema]
  /// The names of the fields inside each path that has some, sorted.
  public var children: [String: [String]]
  /// Fields that older versions had, by their path.
  public var droppedFields: [String: DroppedField]
  /// Whether objects of the kind need a `spec`.
  public var isSpecRequired: Bool

  /// A field that the newest version does not have.
  public struct DroppedField: Sendable, Hashable {
    /// The path.
    public var path: String
    /// The version of the API that came without it.
    public var goneIn: String
    /// The Flux that made this version the stored one.
    public var since: FluxVersion
  }
}

extension FluxKind {
  /// What the API says about this kind.
  public var schema: KindSchema {
    Self.schemas[self]
      ?? KindSchema(versions: [], fields: [:], children: [:], droppedFields: [:], isSpecRequired: false)
  }

  private static let schemas = FieldTableParser.parse(fieldTable)
}
