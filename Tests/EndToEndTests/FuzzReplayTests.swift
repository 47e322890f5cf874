import Foundation
import Testing

/// What once crashed or took forever, and what looks as if it could.
@Suite struct FuzzReplayTests {
  /// The limits are set for a release build: `swift test -c release` with this variable set.
  private static let isWanted = ProcessInfo.processInfo.environment["SLUICE_FUZZ"] != nil

  @Test(.enabled(if: isWanted, "SLUICE_FUZZ is not set"))
  func knownBombsEndInAnAnswer() throws {
    let program = Program.executable.deletingLastPathComponent().appendingPathComponent("sluice-dev")
    let run = try Program.run(
      program, ["fuzz", "--replay", "--verbose", "testdata/fuzz"], in: Repository.root, environment: [:])
    #expect(run.status == 0, "\(run.output)\(run.errors.suffix(2_000))")
    #expect(run.output.contains(" cases, 0 problems"), "\(run.output)")
  }
}
