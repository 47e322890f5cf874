import ClusterModel
import Diagnostics
import Policies

/// The rules of a policy over a model: independent jobs, and what to make of their results.
///
///     let run = RuleRun(model, policy)
///     let findings = run.finish(workers.map(run.jobs) { $0.run() })
public struct RuleRun: Sendable {
  /// One rule over one cluster, or over the whole repository. A pure function.
  public struct Job: Sendable {
    /// What a job gives back.
    public struct Result: Sendable {
      let rule: Rule
      let cluster: String?
      let drafts: [SettledDraft]
    }

    let rule: Rule
    let scene: Scene

    /// The id of the rule that runs.
    public var ruleID: String { rule.id }

    /// What the rule looks at.
    enum Scene: Sendable {
      case repository(RepositoryContext)
      case cluster(RuleContext)
    }

    /// Runs the rule.
    public func run() -> Result {
      switch scene {
      case .repository(let context):
        return Result(rule: rule, cluster: nil, drafts: rule.judge(context))
      case .cluster(let context):
        return Result(rule: rule, cluster: context.cluster.name, drafts: rule.judge(context))
      }
    }
  }

  /// The jobs, in a fixed order.
  public let jobs: [Job]
  /// The rules that run.
  public let rules: [Rule]
  private let model: RepositoryModel
  private let policy: Policy

  /// The jobs of the rules that `policy` selects.
  /// - Parameter facts: what has been worked out of each cluster, in their order; by default that is done here.
  public init(
    _ model: RepositoryModel, _ policy: Policy, facts: [ClusterFacts]? = nil, catalogue: [Rule] = Rule.catalogue
  ) {
    self.model = model
    self.policy = policy
    let selected = catalogue.filter { policy.selection.isOn($0.id) }
    rules = selected
    let facts = facts ?? model.clusters.map(ClusterFacts.init)
    let whole = RepositoryContext(model: model, facts: facts, policy: policy)
    let scenes = facts.map { ($0, NamespaceClasses($0, policy.configuration)) }
    jobs = selected.flatMap { rule -> [Job] in
      switch rule.check {
      case .suppression: return []
      case .repository: return [Job(rule: rule, scene: .repository(whole))]
      default:
        return scenes.map { facts, namespaces in
          let context = RuleContext(model: model, facts: facts, policy: policy, namespaces: namespaces, rule: rule)
          return Job(rule: rule, scene: .cluster(context))
        }
      }
    }
  }

  /// The findings: one for each root cause, with their fingerprints, suppressed where the repository says so, sorted.
  public func finish(_ results: [Job.Result]) -> [Finding] {
    var merger = FindingMerger()
    for result in results {
      for draft in result.drafts { merger.add(draft, of: result.rule, in: result.cluster) }
    }
    let merged = merger.findings
    guard policy.honoursSuppressions else { return merged }
    let unjudged = UnjudgedFiles(model)
    let (findings, problems) = SuppressionCollector.suppressions(in: model, policy, findings: merged)
      .apply(to: merged, policy, mayHaveUse: unjudged.mayHide)
    var remarks = FindingMerger()
    for rule in rules {
      guard case .suppression(let check) = rule.check,
        let activation = policy.selection.activation(of: rule.id, isProduction: false, isTenant: false)
      else { continue }
      var reporter = Reporter()
      for problem in problems { check(problem, &reporter) }
      for draft in reporter.drafts { remarks.add(SettledDraft(draft, activation), of: rule, in: nil) }
    }
    return (findings + remarks.findings).sorted(by: Finding.comesFirst)
  }
}

/// What a rule has found, with its severity.
struct SettledDraft: Sendable {
  let draft: Draft
  let severity: Severity

  init(_ draft: Draft, _ activation: Selection.Activation) {
    self.draft = draft
    severity = activation.isSeverityFixed ? activation.severity : draft.severity ?? activation.severity
  }
}

extension Finding {
  /// By place, then by rule and message.
  static func comesFirst(_ left: Finding, _ right: Finding) -> Bool {
    if left.location != right.location { return left.location < right.location }
    return (left.rule, left.message, left.fingerprint) < (right.rule, right.message, right.fingerprint)
  }
}
