import Flux
import Policies

/// What a caller can choose of an analysis.
public struct AnalysisOptions: Sendable {
  /// Names of packs, in place of those of the configuration.
  public var packs: [String] = []
  /// The only rules to run; empty for all that the packs have.
  public var rules: [String] = []
  /// The only clusters to look at, as patterns; empty for all.
  public var clusters: [Glob] = []
  /// The Flux version to judge by, whatever the repository says.
  public var fluxVersion: FluxVersion?
  /// The day of the run, for suppressions that end.
  public var today: CalendarDate
  /// Whether suppressions count.
  public var honoursSuppressions = true

  /// The usual choices, on the day `today`.
  public init(today: CalendarDate) {
    self.today = today
  }
}

/// Why nothing was analysed.
public struct AnalysisFailure: Error, Sendable {
  /// Every problem, with its place.
  public var problems: [PolicyError]
}
