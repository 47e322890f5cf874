/// What a value of the configuration looks like: one description from which values are checked, the JSON Schema is
/// written and the reference is printed.
public indirect enum ConfigShape: Sendable, Hashable {
  /// A text: a number or a truth value in its place needs quotes, as it does for every other reader of the file.
  case text(TextFormat)
  /// True or false.
  case boolean
  /// A whole number, not below `minimum`.
  case integer(minimum: Int)
  /// A list whose items look alike.
  case list(of: ConfigShape)
  /// A mapping with the known keys of `fields`.
  case record([ConfigField])
  /// A mapping with any keys.
  case table(of: ConfigShape)
  /// Anything: what it must look like depends on something else.
  case anything
  /// One of these texts, or a mapping with the known keys of `fields`.
  case keywordOrRecord([String], [ConfigField])

  /// The form of a text.
  public enum TextFormat: Sendable, Hashable {
    /// Whatever it says, but something.
    case any
    /// One of these; what looks like a number needs no quotes.
    case oneOf([String])
    /// A day, `YYYY-MM-DD`.
    case date
    /// A duration in Go's syntax, as Flux takes it.
    case duration
    /// A path below the root of the repository.
    case path
    /// Major and minor version, `2.9`, also without quotes. The major version is known.
    case version(major: Int)
  }

  /// Above this a whole number means nothing anywhere.
  public static let largestInteger = 2_147_483_647

  /// Whether nothing may stand for a value of this shape: a mapping or a list of which all is left out.
  public var mayBeNull: Bool {
    switch self {
    case .list, .table: true
    case .record(let fields): !fields.contains { $0.isRequired || $0.isAlternative }
    default: false
    }
  }

  /// The shape in words, with an article.
  var words: String {
    switch self {
    case .text(.oneOf(let names)): "one of \(names.joined(separator: ", "))"
    case .text: "a text (in quotes, if it looks like a number, true, false or null)"
    case .boolean: "true or false"
    case .integer: "a whole number"
    case .list(.record), .list(.keywordOrRecord): "a list of mappings"
    case .list: "a list"
    case .record, .table: "a mapping"
    case .anything: "anything"
    case .keywordOrRecord(let words, _): "\(words.joined(separator: ", ")) or a mapping"
    }
  }
}

/// A key of a mapping in the configuration.
public struct ConfigField: Sendable, Hashable {
  /// The key.
  public var name: String
  /// What stands under it.
  public var shape: ConfigShape
  /// What it means, in a sentence or two.
  public var summary: String
  /// Whether the mapping makes no sense without it.
  public var isRequired: Bool
  /// Of all fields of the mapping with this mark exactly one must be there.
  public var isAlternative: Bool

  /// A key with its meaning.
  public init(
    _ name: String, _ shape: ConfigShape, _ summary: String, isRequired: Bool = false, isAlternative: Bool = false
  ) {
    self.name = name
    self.shape = shape
    self.summary = summary
    self.isRequired = isRequired
    self.isAlternative = isAlternative
  }
}
