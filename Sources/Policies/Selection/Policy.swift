import Diagnostics

/// All that decides what counts as a finding in one run.
public struct Policy: Sendable {
  /// What the repository's configuration says.
  public var configuration: Configuration
  /// Which rules run.
  public var selection: Selection
  /// All rules there are.
  public var signatures: [RuleSignature]
  /// The day on which the run takes place, for suppressions and suspensions that end.
  public var today: CalendarDate
  /// Whether all clusters and rules are looked at. In a partial run a suppression that fits nothing is not reported.
  public var isWhole: Bool
  /// Whether suppressions count. Without them every finding does, and nothing is said about suppressions.
  public var honoursSuppressions: Bool

  /// A policy of its parts.
  public init(
    configuration: Configuration, selection: Selection, signatures: [RuleSignature], today: CalendarDate,
    isWhole: Bool = true, honoursSuppressions: Bool = true
  ) {
    self.configuration = configuration
    self.selection = selection
    self.signatures = signatures
    self.today = today
    self.isWhole = isWhole
    self.honoursSuppressions = honoursSuppressions
  }
}
