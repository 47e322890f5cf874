import ArgumentParser
import Glibc

/// The command line.
@main
struct Sluice: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sluice",
    abstract: "Tells what Flux would do with a GitOps repository, and where that breaks your rules.",
    discussion: """
      Works on the files alone: no cluster, no network, no other program. Start with

        sluice check            in the root of a Flux repository

      No configuration is needed; `sluice init` writes a commented one from what it finds.

      Exit status: 0 nothing at the --fail-on level, 1 findings, 2 wrong usage or configuration,
      3 nothing could be analysed (no cluster found, or gaps under --strict).
      """,
    version: "sluice \(Version.current)",
    subcommands: [
      Check.self, Render.self, GraphCommand.self, Trace.self, Explain.self, RulesCommand.self, Initialize.self,
      ConfigCommand.self, BaselineCommand.self,
    ])

  /// Usage errors have a status of their own: 2, as documented, where the argument parser would choose 64.
  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let status as ExitCode {
      Glibc.exit(status.rawValue)
    } catch let nothing as NothingFound {
      Console.error("sluice: \(nothing.what)")
      Glibc.exit(ExitStatus.notAnalysed.rawValue)
    } catch let failure as UsageFailure {
      Console.error("sluice: \(failure.message)")
      Glibc.exit(ExitStatus.usage.rawValue)
    } catch {
      let text = fullMessage(for: error)
      let isHelp = exitCode(for: error) == .success
      if isHelp { Console.write(text + "\n") } else { Console.error(text) }
      Glibc.exit(isHelp ? ExitStatus.clean.rawValue : ExitStatus.usage.rawValue)
    }
  }
}
