import Diagnostics
import Files

extension BuildSession {
  /// Takes one step. Where the options say to go on, a step that fails is noted, and `gathered` stays as it was.
  mutating func sparing(
    _ gathered: inout Accumulator, at path: RepoPath?, of target: Target,
    _ step: (inout BuildSession, inout Accumulator) throws(KustomizeError) -> Void
  ) throws(KustomizeError) {
    guard options.failurePolicy == .leaveOut else { return try step(&self, &gathered) }
    let before = gathered
    do {
      try step(&self, &gathered)
    } catch {
      guard error.code != .limit else { throw error }
      gathered = before
      var error = error
      error.trace += target.inclusions.filter { !error.trace.contains($0) }
      result.leftOut.append(LeftOut(path: path, error: error))
    }
  }

  /// Whether an error may come of what was left out: a change that misses its object, which was probably in there.
  func isConsequence(_ error: KustomizeError) -> Bool {
    !result.leftOut.isEmpty && [.patch, .reference, .replacement].contains(error.code)
  }
}
