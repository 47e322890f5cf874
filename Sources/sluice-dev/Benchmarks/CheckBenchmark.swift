import Analysis
import Diagnostics
import Files
import Foundation
import Policies
import Reports
import Rules
import Workers
import YAML

/// How long the stages of `sluice check` take on one repository.
enum CheckBenchmark {
  static func run(_ directory: String, rounds: Int = 5) {
    guard let tree = try? DiskTree(root: directory), let day = CalendarDate("2026-01-01") else { return }
    let bare = best(of: rounds) { YAMLBenchmark.sources(below: directory).forEach(YAMLBenchmark.countEvents) }
    for jobs in [1, 2] {
      let workers = Workers(jobs: jobs)
      var options = AnalysisOptions(today: day)
      options.packs = Pack.builtIn.map(\.name)
      var stages: [(name: String, time: Duration)] = []
      guard let workspace = try? Workspace.load(tree, workers: workers),
        let analysis = try? Analysis(of: workspace, options: options, workers: workers)
      else { return }
      let report = analysis.report(toolVersion: "benchmark", workers: workers)
      stages.append(("read", best(of: rounds) { _ = try? Workspace.load(tree, workers: workers) }))
      stages.append(
        ("reconcile", best(of: rounds) { _ = try? Analysis(of: workspace, options: options, workers: workers) }))
      stages.append(("judge", best(of: rounds) { _ = analysis.report(toolVersion: "benchmark", workers: workers) }))
      stages.append(("print", best(of: rounds) { _ = ReportFormat.text.render(report) }))
      let whole = stages.reduce(Duration.zero) { $0 + $1.time }
      print("check with \(jobs) threads: \(whole), \(ratio(whole, bare))x the event loop")
      for stage in stages {
        print("  \(stage.name) \(stage.time), \(ratio(stage.time, bare))x, \(share(stage.time, whole)) of the check")
      }
      if jobs == 1 { printRules(analysis, rendering: stages[1].time, rounds: rounds) }
    }
  }

  /// How long the rules take together, compared with what renders the clusters, and which of them take longest.
  private static func printRules(_ analysis: Analysis, rendering: Duration, rounds: Int) {
    let run = RuleRun(analysis.model, analysis.policy)
    var times: [String: Duration] = [:]
    for job in run.jobs { times[job.ruleID, default: .zero] += best(of: rounds) { _ = job.run() } }
    let all = times.values.reduce(Duration.zero, +)
    print("  \(times.count) rules together \(all), \(ratio(all, rendering))x of rendering; the slowest:")
    for (rule, time) in times.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }).prefix(8) {
      print("    \(rule) \(time), \(share(time, all)) of all rules")
    }
  }

  private static func share(_ one: Duration, _ other: Duration) -> String {
    String(format: "%.0f %%", 100 * (one / other))
  }

  private static func ratio(_ one: Duration, _ other: Duration) -> String {
    String(format: "%.2f", one / other)
  }

  private static func best(of rounds: Int, _ body: () -> Void) -> Duration {
    (0..<rounds).map { _ in ContinuousClock().measure(body) }.min() ?? .zero
  }
}
