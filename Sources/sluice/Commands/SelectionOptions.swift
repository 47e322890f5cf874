import Analysis
import ArgumentParser
import Flux
import Glibc
import Policies

/// Which clusters and rules a command looks at.
struct SelectionOptions: ParsableArguments {
  @Option(name: .long, help: "Look only at clusters whose name fits this pattern. Can be given more than once.")
  var cluster: [String] = []

  @Option(name: .long, help: "Use this pack of rules in place of the configured ones. Can be given more than once.")
  var pack: [String] = []

  @Option(name: .long, help: "Run only this rule. Can be given more than once.")
  var rule: [String] = []

  @Flag(name: .customLong("no-ignores"), help: "Count findings that comments, annotations or the configuration accept.")
  var noIgnores = false

  /// What commands that judge nothing look at: the clusters that fit one of `patterns`, all where there are none.
  static func clusters(_ patterns: [String] = []) -> SelectionOptions {
    var selection = SelectionOptions()
    selection.cluster = patterns
    selection.pack = []
    selection.rule = []
    selection.noIgnores = false
    return selection
  }

  func options(fluxVersion: String?) throws -> AnalysisOptions {
    var options = AnalysisOptions(today: try Self.today())
    options.packs = pack
    options.rules = rule
    options.clusters = cluster.map { Glob($0) }
    options.honoursSuppressions = !noIgnores
    if let fluxVersion {
      guard let version = FluxVersion(fluxVersion), version.isKnown else {
        throw UsageFailure(
          message: "--flux-version '\(fluxVersion)' is none that Sluice knows: \(FluxVersion.oldest) to "
            + "\(FluxVersion.newest)")
      }
      options.fluxVersion = version
    }
    return options
  }

  /// The day in UTC, so that a run means the same wherever the machine stands.
  private static func today() throws -> CalendarDate {
    var now = time(nil)
    var parts = tm()
    gmtime_r(&now, &parts)
    let (year, month, day) = (Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday))
    guard let day = CalendarDate(year: year, month: month, day: day) else {
      throw UsageFailure(message: "the clock of this machine shows no date")
    }
    return day
  }
}
