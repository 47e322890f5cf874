import Foundation
import Testing

/// What once crashed or took forever, and what looks as if it could.
@Suite struct FuzzReplayTests {
  @Test func knownBombsEndInAnAnswer() throws {
    let program = Program.executable.deletingLastPathComponent().appendingPathComponent("sluice-dev")
    let run = try Program.run(
      program, ["fuzz", "--replay", "--verbose", "testdata/fuzz"], in: Repository.root, environment: [:])
    #expect(run.status == 0, "\(run.output)\(run.errors.suffix(2_000))")
    #expect(run.output.contains(" cases, 0 problems"), "\(run.output)")
  }
}
