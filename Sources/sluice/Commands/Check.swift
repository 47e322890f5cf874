import Analysis
import ArgumentParser
import Diagnostics
import Policies
import Reports
import Rules

/// `sluice check`
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check what Flux would apply against the rules.",
    discussion: """
      Examples:
        sluice check
        sluice check --pack production --fail-on warning
        sluice check --format text --format sarif=sluice.sarif --format junit=junit.xml

      A report without =FILE goes to standard output; only one can.
      """)

  @OptionGroup var repository: RepositoryOptions
  @OptionGroup var selection: SelectionOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      "How to report: \(ReportFormat.names). Can be given more than once, each to its file.", valueName: "format[=file]"
    ))
  var format: [ReportTarget] = []

  @Option(
    name: .customLong("fail-on"),
    help: "The least severity that makes the exit status 1: error, warning, info or never.")
  var failOn: FailLevel = .error

  @Option(
    name: .long,
    help: "Report only what is new since this git revision (since the merge base with it); known findings do not count."
  )
  var base: String?

  @Option(name: .long, help: ArgumentHelp("Leave out the findings of this baseline.", valueName: "file"))
  var baseline: String?

  @Flag(name: .long, help: "Fail (status 3) when anything could not be analysed.")
  var strict = false

  func validate() throws {
    guard base == nil || baseline == nil else { throw ValidationError("Give --base or --baseline, not both") }
    guard format.filter({ $0.file == nil }).count <= 1 else {
      throw ValidationError("Only one --format can go to standard output; give the others a file: --format sarif=FILE")
    }
  }

  func run() throws {
    let analysis = try AnalysisRun.analyse(repository.source.workspace(), selection, repository.source)
    var report = self.report(of: analysis)
    if let base {
      report.findings = try Comparison(analysis, report, since: base).marked { try earlier(base, analysis) }
    } else if let baseline {
      let known = try BaselineFile.read(baseline)
      report.findings = OnlyNew.marked(report.findings, known: known)
      remind(of: known, baseline, report, analysis)
    }
    report.findings = SharedPlaces.merged(report.findings)
    try write(report)
    let status = try status(of: report, analysis)
    if status != .clean { throw ExitCode(status.rawValue) }
  }

  private func report(of analysis: Analysis) -> Report {
    analysis.report(toolVersion: Version.current, workers: repository.source.workers)
  }

  /// What the merge base with `revision` comes to, judged as today's state is.
  private func earlier(_ revision: String, _ analysis: Analysis) throws -> (Analysis, Report) {
    let earlier = try AnalysisRun.analyse(
      repository.source.workspace(before: revision), selection, repository.source, policy: analysis.policy)
    return (earlier, report(of: earlier))
  }

  /// What the baseline holds and occurs no more would hide the next finding of its kind.
  private func remind(of known: Baseline, _ path: String, _ report: Report, _ analysis: Analysis) {
    guard analysis.policy.isWhole else { return }
    let pruned = known.pruned(to: report.findings, isJudged: analysis.policy.selection.isOn)
    let gone = known.count - pruned.count
    guard gone > 0 else { return }
    Console.error(
      "sluice: \(gone) of the \(known.count) findings in '\(path)' \(gone == 1 ? "occurs" : "occur") no more; "
        + "`sluice baseline prune` drops them")
  }

  private func write(_ report: Report) throws {
    for target in format.isEmpty ? [ReportTarget(format: .text, file: nil)] : format {
      let isTerminal = target.file == nil
      let options = RenderOptions(color: isTerminal && Console.usesColor, failOn: failOn.severity, isStrict: strict)
      let bytes = target.format.render(report, options: options)
      if let file = target.file {
        try OutputFile.write(bytes, to: file)
      } else {
        Console.write(bytes)
      }
    }
  }

  private func status(of report: Report, _ analysis: Analysis) throws -> ExitStatus {
    try AnalysisRun.requireClusters(analysis)
    let worst = report.findings.filter(\.isActive).map(\.severity).max()
    if let worst, let limit = failOn.severity, worst >= limit { return .findings }
    return strict && !report.gaps.isEmpty ? .notAnalysed : .clean
  }
}

/// The least severity that fails a run.
enum FailLevel: String, ExpressibleByArgument, CaseIterable {
  case error, warning, info, never

  var severity: Severity? {
    switch self {
    case .error: .error
    case .warning: .warning
    case .info: .info
    case .never: nil
    }
  }
}

/// A report and where it goes: `sarif=out.sarif`, or `text` for standard output.
struct ReportTarget: ExpressibleByArgument {
  var format: ReportFormat
  var file: String?

  init(format: ReportFormat, file: String?) {
    self.format = format
    self.file = file
  }

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let format = ReportFormat(rawValue: parts[0]), parts.count == 1 || !parts[1].isEmpty else { return nil }
    self.init(format: format, file: parts.count == 2 ? parts[1] : nil)
  }
}

extension ReportFormat {
  /// All names, for help texts.
  static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
