import Analysis
import Diagnostics
import Files
import Foundation
import Policies
import Reports
import Workers
import YAML

/// How long the stages of `sluice check` take on one repository.
enum CheckBenchmark {
  static func run(_ directory: String, rounds: Int = 5) {
    guard let tree = try? DiskTree(root: directory), let day = CalendarDate("2026-01-01") else { return }
    let bare = best(of: rounds) { YAMLBenchmark.sources(below: directory).forEach(YAMLBenchmark.countEvents) }
    for jobs in [1, 2] {
      let workers = Workers(jobs: jobs)
      let options = AnalysisOptions(today: day)
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
      for stage in stages { print("  \(stage.name) \(stage.time), \(ratio(stage.time, bare))x") }
    }
  }

  private static func ratio(_ one: Duration, _ other: Duration) -> String {
    String(format: "%.2f", one / other)
  }

  private static func best(of rounds: Int, _ body: () -> Void) -> Duration {
    (0..<rounds).map { _ in ContinuousClock().measure(body) }.min() ?? .zero
  }
}
