import Analysis
import Diagnostics
import Files
import Foundation
import Policies
import Reports
import Rules
import Workers
import YAML

/// How long the stages of `sluice check` take on one repository, as multiples of libyaml's bare event loop over the bytes that
/// it reads. On one thread the processor's time is measured, on several the time that passes.
struct CheckBenchmark {
  let directory: String
  let tree: DiskTree
  let options: AnalysisOptions
  let rounds: Int
  /// Whether each rule is listed, and not only the slowest.
  let listsRules: Bool

  init?(_ directory: String, rounds: Int, listsRules: Bool) {
    guard let tree = try? DiskTree(root: directory), let day = CalendarDate("2026-01-01") else { return nil }
    self.directory = directory
    self.tree = tree
    self.rounds = rounds
    self.listsRules = listsRules
    var options = AnalysisOptions(today: day)
    options.packs = Pack.builtIn.map(\.name)
    self.options = options
  }

  /// Measures, and prints what it finds.
  func run() {
    let one = Workers(jobs: 1)
    guard let workspace = try? Workspace.load(tree, workers: one),
      let analysis = try? Analysis(of: workspace, options: options, workers: one)
    else { return }
    let files = YAMLBenchmark.sources(below: directory)
    func loop() { files.forEach(YAMLBenchmark.countEvents) }
    let bare = Stopwatch.processorTime(bestOf: rounds, loop)
    print("check of \(files.count) files, \(workspace.bytes) bytes; bare event loop \(Stopwatch.milliseconds(bare))")
    let stages = stages(workspace, analysis, one) { Stopwatch.processorTime(bestOf: rounds, $0) }
    show(stages, bare: bare, "1 thread, processor time")
    printRules(analysis, rendering: stages[1].time)
    for jobs in [1, 2] {
      let stages = self.stages(workspace, analysis, Workers(jobs: jobs)) { Stopwatch.wallTime(bestOf: rounds, $0) }
      show(stages, bare: Stopwatch.wallTime(bestOf: rounds, loop), "\(jobs) thread\(jobs == 1 ? "" : "s"), time passed")
    }
  }

  private typealias Stage = (name: String, time: Duration)

  private func stages(
    _ workspace: Workspace, _ analysis: Analysis, _ workers: Workers, _ measure: (() -> Void) -> Duration
  ) -> [Stage] {
    let report = analysis.report(toolVersion: "benchmark", workers: workers)
    return [
      ("read", measure { _ = try? Workspace.load(tree, workers: workers) }),
      ("reconcile", measure { _ = try? Analysis(of: workspace, options: options, workers: workers) }),
      ("judge", measure { _ = analysis.report(toolVersion: "benchmark", workers: workers) }),
      ("print", measure { _ = ReportFormat.text.render(report) }),
    ]
  }

  private func show(_ stages: [Stage], bare: Duration, _ what: String) {
    let whole = stages.reduce(Duration.zero) { $0 + $1.time }
    print("\(what): \(Stopwatch.milliseconds(whole)), \(Stopwatch.multiple(whole, of: bare)) the event loop")
    for stage in stages {
      let figures = [Stopwatch.milliseconds(stage.time), Stopwatch.multiple(stage.time, of: bare)]
      print("  \(stage.name) \(figures.joined(separator: ", ")), \(Stopwatch.share(stage.time, of: whole))")
    }
  }

  /// How long the rules take together, compared with what renders the clusters, and what the share of each is.
  private func printRules(_ analysis: Analysis, rendering: Duration) {
    let run = RuleRun(analysis.model, analysis.policy)
    let facts = Stopwatch.processorTime(bestOf: rounds) { _ = RuleRun(analysis.model, analysis.policy) }
    var times: [String: Duration] = ["(what they share)": facts]
    for job in run.jobs {
      times[job.ruleID, default: .zero] += Stopwatch.processorTime(bestOf: rounds) { _ = job.run() }
    }
    let all = times.values.reduce(Duration.zero, +)
    print(
      "\(run.rules.count) rules together \(Stopwatch.milliseconds(all)), \(Stopwatch.multiple(all, of: rendering)) of "
        + "rendering\(listsRules ? "" : "; the slowest:")")
    let sorted = times.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    for (rule, time) in sorted.prefix(listsRules ? sorted.count : 8) {
      print("  \(rule) \(Stopwatch.milliseconds(time)), \(Stopwatch.share(time, of: all))")
    }
  }
}
