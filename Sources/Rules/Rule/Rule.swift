import Diagnostics
import Policies

/// One rule: what it finds, why that matters, what to do, and the check itself.
///
/// A rule is a static member of this type in a file of its own, named after it. Which packs it is in is up to the packs.
public struct Rule: Sendable {
  /// The kebab-case id: it names the thing that is wrong.
  public let id: String
  /// The chapter of the catalogue.
  public let chapter: Chapter
  /// The severity where nobody says anything else.
  public let severity: Severity
  /// What it finds, in one line without a full stop.
  public let title: String
  /// Why that matters, in a sentence or two.
  public let why: String
  /// What to do about it, in a sentence or two.
  public let remedy: String
  /// What can be set.
  public let parameters: [ParameterSignature]
  /// Words to filter by.
  public let tags: [String]
  /// How seldom it is wrong.
  public let precision: RuleDescription.Precision
  /// From `0.1` to `10.0` for a rule about security; nil for any other.
  public let securitySeverity: String?
  /// What it looks at, and how.
  public let check: Check

  /// A rule.
  public init(
    id: String, chapter: Chapter, severity: Severity, title: String, why: String, remedy: String,
    parameters: [ParameterSignature] = [], tags: [String] = ["reliability"],
    precision: RuleDescription.Precision = .high, securitySeverity: String? = nil, check: Check
  ) {
    self.id = id
    self.chapter = chapter
    self.severity = severity
    self.title = title
    self.why = why
    self.remedy = remedy
    self.parameters = parameters
    self.tags = tags
    self.precision = precision
    self.securitySeverity = securitySeverity
    self.check = check
  }

  /// Where its examples lie, from the root of the repository.
  public var examples: String { "testdata/rules/\(id).md" }

  /// What configuration and packs need to know of it.
  public var signature: RuleSignature {
    RuleSignature(id: id, title: title, severity: severity, parameters: parameters)
  }

  /// The rule with this id.
  public static func named(_ id: String) -> Rule? {
    catalogue.first { $0.id == id }
  }
}

/// A chapter of the catalogue.
public enum Chapter: String, Sendable, Hashable, CaseIterable {
  /// Building what is applied.
  case rendering = "Rendering"
  /// Where files and charts come from.
  case sources = "Sources"
  /// Intervals and timeouts.
  case timing = "Timing"
  /// Order and readiness.
  case dependencies = "Dependencies and health"
  /// Who applies and deletes what.
  case ownership = "Ownership and pruning"
  /// Teams that share a cluster.
  case tenancy = "Tenancy"
  /// Charts and their releases.
  case helmReleases = "Helm releases"
  /// Credentials and their encryption.
  case secrets = "Secrets"
  /// Versions of the API, suspension.
  case lifecycle = "Lifecycle"
  /// Alerts and webhooks.
  case notifications = "Notifications"
  /// Updates of images.
  case images = "Image automation"
  /// What Flux makes the nodes run.
  case workloads = "Workloads, as rendered"
  /// Statements that findings are accepted.
  case suppressions = "Suppressions"
}
