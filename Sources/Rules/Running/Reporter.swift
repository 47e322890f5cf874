import ClusterModel
import Diagnostics
import Flux

/// What a finding says: the fact with its names, and what to do where the rule's own remedy is not exact enough.
public struct Message: Sendable, Hashable {
  /// What is wrong, with the names. No full stop.
  public var fact: String
  /// How far it reaches, as the end of the sentence: who else is affected, and how many. It may be another in each
  /// cluster, though the fact is one.
  public var extent: String
  /// What to do; nil takes the rule's remedy.
  public var help: String?

  /// A message.
  public init(_ fact: String, extent: String = "", help: String? = nil) {
    self.fact = fact
    self.extent = extent
    self.help = help
  }

  /// The whole sentence.
  public var text: String { fact + extent }
}

/// Takes what a rule finds.
public struct Reporter: Sendable {
  private(set) var drafts: [Draft] = []

  init() {}

  /// Something is wrong at `origin`.
  ///
  /// - Parameters:
  ///   - object: the object it is about.
  ///   - field: the field it is about, with the name of the entry in a list: what tells it apart from other findings of
  ///     the rule about the object. Never a line number or an index.
  ///   - related: places that tell the story; the steps that brought the value there are added.
  ///   - severity: a severity that follows from circumstances; the configuration goes before it.
  ///   - cause: what several objects have in common, where the finding stands for all of them: it stays the same finding
  ///     whichever of them comes first.
  public mutating func add(
    _ message: Message, at origin: Origin, about object: AppliedObject, field: String,
    related: [RelatedLocation] = [], severity: Severity? = nil, cause: String? = nil
  ) {
    add(
      message, at: origin.location, about: object.reference, field: field,
      related: related + origin.trace + object.trace, severity: severity, cause: cause)
  }

  /// A build or a release fails.
  ///
  /// - Parameters:
  ///   - deed: what the reconciliation does with the place of the problem, such as `builds it`.
  mutating func add(
    _ message: Message, for problem: BuildProblem, of reconciliation: Reconciliation, which deed: String
  ) {
    let definition = RelatedLocation("\(reconciliation.id) \(deed)", at: reconciliation.location)
    add(
      message, at: problem.location, about: reconciliation.reference, field: problem.message,
      related: problem.trace + (problem.location == reconciliation.location ? [] : [definition]))
  }

  /// Something is wrong at `location`.
  public mutating func add(
    _ message: Message, at location: Location, about object: ObjectReference?, field: String,
    related: [RelatedLocation] = [], severity: Severity? = nil, clusters: [String] = [], cause: String? = nil
  ) {
    drafts.append(
      Draft(
        message: message, location: location, related: related, object: object, field: field, severity: severity,
        clusters: clusters, cause: cause))
  }
}

/// What a rule has found, before severity and clusters are settled.
struct Draft: Sendable {
  var message: Message
  var location: Location
  var related: [RelatedLocation]
  var object: ObjectReference?
  var field: String
  var severity: Severity?
  /// The clusters, where the rule looks at more than one.
  var clusters: [String]
  /// What several objects have in common, where the finding stands for all of them.
  var cause: String?
}
