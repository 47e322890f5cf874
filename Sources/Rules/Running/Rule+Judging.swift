import ClusterModel
import Diagnostics
import Files
import Flux
import Kubernetes
import Policies

extension Rule {
  /// What the rule finds in the whole repository.
  func judge(_ context: RepositoryContext) -> [SettledDraft] {
    guard case .repository(let check) = check else { return [] }
    var reporter = Reporter()
    check(context, &reporter)
    return reporter.drafts.compactMap { draft in
      let isProduction = context.model.clusters.contains { cluster in
        draft.clusters.contains(cluster.name)
          && context.policy.configuration.environmentClass(
            cluster: cluster.name, path: cluster.entryPoint.path.string, namespace: "") == .production
      }
      return context.policy.selection.activation(of: id, isProduction: isProduction, isTenant: false)
        .map { SettledDraft(draft, $0) }
    }
  }

  /// What the rule finds in a cluster.
  func judge(_ context: RuleContext) -> [SettledDraft] {
    var judging = Judging(context)
    switch check {
    case .cluster(let check): return judgeWhole(context, check)
    case .reconciliation(let check):
      for reconciliation in context.cluster.reconciliations where !reconciliation.kind.isGiven {
        judging.judge(in: reconciliation.id.namespace) { check(reconciliation, $0, &$1) }
      }
    case .object(let check):
      for object in context.cluster.objects where !isSpared(object, context) {
        judging.judge(in: object.id.namespace) { check(object, $0, &$1) }
      }
    case .applier, .kustomization, .helmRelease, .flux:
      for object in context.facts.fluxObjects {
        judging.judge(in: object.id.namespace) { judgeFlux(object, $0, &$1) }
      }
    case .repository, .suppression: break
    }
    return judging.found
  }

  /// A check of the whole cluster reports about objects of several namespaces: each decides for itself.
  private func judgeWhole(_ context: RuleContext, _ check: (RuleContext, inout Reporter) -> Void) -> [SettledDraft] {
    guard let own = context.entering("") ?? context.narrowest else { return [] }
    var reporter = Reporter()
    check(own, &reporter)
    return reporter.drafts.compactMap { draft in
      context.activation(in: draft.object?.namespace ?? "").map { SettledDraft(draft, $0) }
    }
  }

  /// Whether the object is in the repository only and never gets into the cluster. A secret in it can be read nevertheless.
  private func isSpared(_ object: AppliedObject, _ context: RuleContext) -> Bool {
    chapter != .secrets && chapter != .helmReleases
      && object.isLeftAlone(by: context.cluster.reconciliations[object.reconciliation])
  }

  private func judgeFlux(_ object: AppliedObject, _ context: RuleContext, _ reporter: inout Reporter) {
    guard let flux = object.flux else { return }
    switch (check, flux) {
    case (.applier(let check), .kustomization), (.applier(let check), .helmRelease):
      if let applier = Applier(object) { check(applier, context, &reporter) }
    case (.kustomization(let check), .kustomization(let value)):
      check(Subject(object: object, value: value), context, &reporter)
    case (.helmRelease(let check), .helmRelease(let value)):
      check(Subject(object: object, value: value), context, &reporter)
    case (.flux(let check), _):
      check(Subject(object: object, value: flux), context, &reporter)
    default: break
    }
  }
}

/// One rule on its way from subject to subject.
private struct Judging {
  private let context: RuleContext
  /// The context for each namespace that came up: most subjects share one with others.
  private var contexts: [String: RuleContext?] = [:]
  /// The namespace of the last subject: the next one is often in it too.
  private var last: (namespace: String, context: RuleContext?)?
  private(set) var found: [SettledDraft] = []

  init(_ context: RuleContext) {
    self.context = context
  }

  /// Runs the check on one subject, if the rule applies in its namespace.
  mutating func judge(in namespace: String, _ check: (RuleContext, inout Reporter) -> Void) {
    guard let context = context(for: namespace) else { return }
    var reporter = Reporter()
    check(context, &reporter)
    for draft in reporter.drafts { found.append(SettledDraft(draft, context.activation)) }
  }

  private mutating func context(for namespace: String) -> RuleContext? {
    if let last, last.namespace == namespace { return last.context }
    let known = contexts[namespace] ?? context.entering(namespace)
    contexts[namespace] = .some(known)
    last = (namespace, known)
    return known
  }
}

extension RuleContext {
  /// The context for the cluster as a whole, for a rule that applies to some of its namespaces only.
  fileprivate var narrowest: RuleContext? {
    policy.selection.activations[rule]?.first.map { RuleContext(self, rule: rule, activation: $0) }
  }
}
