/// What a reader of a report needs to know of a rule.
public struct RuleDescription: Sendable, Hashable {
  /// The kebab-case id, such as `dependency-cycle`: it names the thing that is wrong.
  public var id: String
  /// The chapter of the catalogue, such as `Sources`.
  public var chapter: String
  /// The severity its findings have in this run.
  public var severity: Severity
  /// What it finds, in one line without a full stop.
  public var title: String
  /// Why that matters, in a sentence or two.
  public var why: String
  /// What to do about it, in a sentence or two.
  public var remedy: String
  /// The page on the rule as Markdown, with its examples.
  public var helpMarkdown: String
  /// Where the page stands on the web; nil where it does not.
  public var documentation: String?
  /// Words to filter by, such as `security`, `reliability`.
  public var tags: [String]
  /// How seldom it is wrong.
  public var precision: Precision
  /// From `0.1` to `10.0` for a rule about security; nil for any other (readers show those apart).
  public var securitySeverity: String?

  /// A rule's description.
  public init(
    id: String, chapter: String, severity: Severity, title: String, why: String, remedy: String,
    helpMarkdown: String = "", documentation: String? = nil, tags: [String] = [], precision: Precision = .high,
    securitySeverity: String? = nil
  ) {
    self.id = id
    self.chapter = chapter
    self.severity = severity
    self.title = title
    self.why = why
    self.remedy = remedy
    self.helpMarkdown = helpMarkdown
    self.documentation = documentation
    self.tags = tags
    self.precision = precision
    self.securitySeverity = securitySeverity
  }

  /// How seldom a rule is wrong (the names are those that GitHub reads in SARIF).
  public enum Precision: String, Sendable, Hashable, CaseIterable {
    /// Right by construction.
    case veryHigh = "very-high"
    /// Wrong only where the repository does something unusual.
    case high
    /// Wrong now and then.
    case medium
    /// A hint to look.
    case low
  }
}
