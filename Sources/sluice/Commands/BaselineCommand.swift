import Analysis
import ArgumentParser
import Diagnostics
import Files
import Glibc
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

    func findings() throws -> [Finding] {
      try AnalysisRun.analyse(repository.source.workspace(), selection, repository.source)
        .report(toolVersion: Version.current, workers: repository.source.workers).findings
    }

    func write(_ baseline: Baseline) throws {
      try OutputFile.write(Array(baseline.text.utf8), to: path)
      Console.error("sluice: wrote \(path) with \(baseline.entries.count) entries")
    }
  }

  struct Create: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Write a baseline with all findings of today.")
    @OptionGroup var options: Options

    func run() throws {
      guard access(options.path, F_OK) != 0 else {
        throw UsageFailure(message: "'\(options.path)' is there already; `sluice baseline update` rewrites it")
      }
      try options.write(Baseline(of: options.findings()))
    }
  }

  struct Update: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Rewrite the baseline with all findings of today.")
    @OptionGroup var options: Options

    func run() throws {
      try options.write(Baseline(of: options.findings()))
    }
  }

  struct Prune: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Drop what occurs no more; accept nothing new.")
    @OptionGroup var options: Options

    func run() throws {
      try options.write(BaselineFile.read(options.path).pruned(to: options.findings()))
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
