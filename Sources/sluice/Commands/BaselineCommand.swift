import Analysis
import ArgumentParser
import Diagnostics
import Files
import Glibc
import Policies
import Reports

/// `sluice baseline`
struct BaselineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "baseline",
    abstract: "Accept the findings of today, to see only new ones: sluice check --baseline \(Baseline.path)",
    subcommands: [Create.self, Update.self, Prune.self])

  /// What the three have in common.
  struct Options: ParsableArguments {
    @OptionGroup var repository: RepositoryOptions
    @OptionGroup var selection: SelectionOptions

    @Option(name: .long, help: "The file. Default: \(Baseline.path) in the root of the repository.")
    var file: String?

    var path: String { file ?? "\(repository.source.root)/\(Baseline.path)" }

    /// Judges the repository. An existing baseline is rewritten from the whole of it: what one cluster lacks another has.
    func judged(isRewritten: Bool) throws -> (findings: [Finding], isJudged: (String) -> Bool) {
      if isRewritten, !selection.cluster.isEmpty {
        throw UsageFailure(message: "--cluster sees a part of the repository only, and a baseline holds all of it")
      }
      let analysis = try AnalysisRun.analyse(repository.source.workspace(), selection, repository.source)
      try AnalysisRun.requireClusters(analysis)
      let report = analysis.report(toolVersion: Version.current, workers: repository.source.workers)
      return (report.findings, analysis.policy.selection.isOn)
    }

    func write(_ baseline: Baseline) throws {
      try OutputFile.write(Array(baseline.text.utf8), to: path)
      Console.error(
        "sluice: wrote \(path) with \(baseline.count) \(baseline.count == 1 ? "finding" : "findings")")
    }

    /// Rewrites the file; what rules have found that are not on now is kept.
    func rewrite(_ change: (Baseline, [Finding], (String) -> Bool) -> Baseline) throws {
      let old = try BaselineFile.read(path)
      let (findings, isJudged) = try judged(isRewritten: true)
      try write(change(old, findings, isJudged))
      let kept = Set(old.entries.map(\.rule)).filter { !isJudged($0) }.sorted()
      guard !kept.isEmpty else { return }
      Console.error("sluice: kept what was found by rules that are not on: \(kept.joined(separator: ", "))")
    }
  }

  struct Create: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Write a baseline with all findings of today.")
    @OptionGroup var options: Options

    func run() throws {
      guard access(options.path, F_OK) != 0 else {
        throw UsageFailure(message: "'\(options.path)' is there already; `sluice baseline update` rewrites it")
      }
      try options.write(Baseline(of: options.judged(isRewritten: false).findings))
    }
  }

  struct Update: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Rewrite the baseline with all findings of today.")
    @OptionGroup var options: Options

    func run() throws {
      guard access(options.path, F_OK) == 0 else {
        return try options.write(Baseline(of: options.judged(isRewritten: true).findings))
      }
      try options.rewrite { $0.updated(to: $1, isJudged: $2) }
    }
  }

  struct Prune: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Drop what occurs no more; accept nothing new.")
    @OptionGroup var options: Options

    func run() throws {
      try options.rewrite { $0.pruned(to: $1, isJudged: $2) }
    }
  }
}

/// The file of a baseline on disk.
enum BaselineFile {
  /// - Throws: ``UsageFailure`` when there is none, or it cannot be read.
  static func read(_ path: String) throws -> Baseline {
    do {
      let parts = path.split(separator: "/", omittingEmptySubsequences: true)
      let directory =
        path.hasPrefix("/") ? "/" + parts.dropLast().joined(separator: "/") : parts.dropLast().joined(separator: "/")
      let tree = try DiskTree(root: directory.isEmpty ? "." : directory)
      guard let file = try tree.file(at: RepoPath(parts.last.map(String.init) ?? path)) else {
        throw UsageFailure(message: "there is no baseline '\(path)'; `sluice baseline create` writes one")
      }
      return try Baseline(reading: file)
    } catch let error as any PlacedError {
      throw UsageFailure(message: error.report)
    } catch let error as PathError {
      throw UsageFailure(message: error.message)
    }
  }
}
