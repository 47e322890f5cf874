import ClusterModel
import Diagnostics
import Policies
import Rules

/// The day of the tests.
let testDay = CalendarDate(year: 2026, month: 6, day: 15)

/// Why a test cannot run.
struct TestFailure: Error, CustomStringConvertible {
  let description: String
}

/// What `configuration` and the choice of packs make of the rules; `extra` are on in any case.
func policy(_ configuration: String?, packs: [String] = [], extra: [String] = []) throws -> Policy {
  let signatures = Rule.catalogue.map(\.signature)
  let file = SourceFile(path: Configuration.path, text: configuration ?? "")
  let (read, problems) = Configuration.read(file, rules: signatures)
  var (selection, more) = Selection.resolve(read, packs: packs, signatures: signatures)
  if !extra.allSatisfy(selection.isOn) {
    let all = Rule.catalogue.map(\.id).filter { selection.isOn($0) || extra.contains($0) }
    (selection, more) = Selection.resolve(read, packs: packs, only: all, signatures: signatures)
  }
  if let problem = (problems + more).first { throw TestFailure(description: problem.report) }
  guard let testDay else { throw TestFailure(description: "the calendar has no such day") }
  return Policy(configuration: read, selection: selection, signatures: signatures, today: testDay)
}

/// The findings of a model under a policy.
func findings(_ model: RepositoryModel, _ policy: Policy) -> [Finding] {
  let run = RuleRun(model, policy)
  return run.finish(run.jobs.map { $0.run() })
}
