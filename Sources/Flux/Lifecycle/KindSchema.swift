/// What the API says about one kind: its versions and its fields.
public struct KindSchema: Sendable {
  /// The versions of the API, oldest first.
  public var versions: [APILifecycle]
  /// The fields of the newest version by their path, such as `spec.dependsOn[].name`.
  public var fields: [String: FieldSchema]
  /// The fields inside each path that has some, by their names.
  public var members: [String: [String: FieldSchema]]
  /// The fields inside each path that must be there when what holds them is, by name.
  public var required: [String: [FieldSchema]]
  /// Fields that older versions had, by their path.
  public var droppedFields: [String: DroppedField]
  /// Whether objects of the kind need a `spec`.
  public var isSpecRequired: Bool

  /// The schema of a kind of which nothing is known.
  static let empty = KindSchema(
    versions: [], fields: [:], members: [:], required: [:], droppedFields: [:], isSpecRequired: false)

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
    Self.schemas[self] ?? .empty
  }

  private static let schemas = FieldTableParser.parse(fieldTable)
}
