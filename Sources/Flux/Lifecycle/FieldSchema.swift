/// What the API says about one field of a kind.
public struct FieldSchema: Sendable, Hashable {
  /// The path from the object, such as `spec.dependsOn[].name`; `[]` is an item of a list.
  public var path: String
  /// The type.
  public var type: FieldType
  /// Whether it must be there when what holds it is.
  public var isRequired = false
  /// What the API fills in, as JSON.
  public var defaultValue: String?
  /// The texts that are allowed (for a list: as its items); empty when all are.
  public var allowedValues: [AllowedValue] = []
  /// The regular expression a text must match.
  public var pattern: String?
  /// The shortest text or list.
  public var minimumLength: Int?
  /// The longest text or list.
  public var maximumLength: Int?
  /// The highest number.
  public var maximum: Int?
  /// The first Flux that has it; nil when all of 2.x do.
  public var since: FluxVersion?

  /// One text that is allowed.
  public struct AllowedValue: Sendable, Hashable {
    /// The text.
    public var text: String
    /// The first Flux that takes it; nil when the field always did.
    public var since: FluxVersion?

    /// A text with the first Flux that takes it.
    public init(text: String, since: FluxVersion? = nil) {
      self.text = text
      self.since = since
    }
  }

  /// The last part of the path.
  public var name: String {
    guard let dot = path.utf8.lastIndex(of: UInt8(ascii: ".")) else { return path }
    return String(path[path.index(after: dot)...])
  }
}

/// The type of a field.
public enum FieldType: String, Sendable, Hashable {
  /// Text.
  case string
  /// A whole number.
  case integer
  /// True or false.
  case boolean
  /// A mapping with known fields.
  case object
  /// A list of texts.
  case strings = "string[]"
  /// A list of mappings with known fields.
  case objects = "object[]"
  /// A mapping from text to text.
  case stringMap = "map<string,string>"
  /// A mapping from text to anything.
  case anyMap = "map<string,any>"
  /// A list of mappings from text to anything.
  case anyMaps = "map<string,any>[]"
  /// A list of objects of any shape.
  case anyObjects = "object(any)[]"
  /// Anything.
  case any

  /// Whether what is inside is described by further fields.
  public var hasKnownFields: Bool { self == .object || self == .objects }
}
