import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let artifactGeneratorInvalid = Rule(
    id: "artifact-generator-invalid", chapter: .sources, severity: .error,
    title: "an artifact cannot be composed, loses files, or may be used by nobody",
    why: """
      source-watcher composes all copies of an artifact or keeps the old one. A copy that puts a file where an earlier one \
      put another loses the first without a word, and a controller without the feature gate `ExternalArtifact` refuses \
      whoever takes its files from the artifact.
      """,
    remedy: "Copy from an alias and a path that are there, each to a place of its own, and switch the gate on.",
    check: .cluster { context, report in
      for problem in context.cluster.artifactProblems where !problem.isIntended {
        guard let object = context.cluster.object(problem.generator) else { continue }
        report.add(
          .problem(problem), at: problem.location, about: object.reference, field: problem.field,
          related: problem.related + object.trace)
      }
      for object in context.facts.fluxObjects {
        guard case .externalArtifact = object.flux,
          context.cluster.reconciliations[object.reconciliation].kind == .artifactGenerator,
          let refused = refusedConsumer(of: object.id, context)
        else { continue }
        let maker = context.cluster.reconciliations[object.reconciliation]
        report.add(
          .refused(object.id, maker.id, refused), at: object.manifest.origin.location, about: maker.reference,
          field: "spec.artifacts[\(object.id.name)].gate",
          related: [RelatedLocation("\(refused.id) takes its files from it", at: refused.place)] + maker.trace)
      }
    })

  /// The first that takes files from the artifact although its controller refuses that. Where the repository does not hold
  /// the controllers, their gates are not known.
  private static func refusedConsumer(of artifact: ObjectID, _ context: RuleContext) -> RefusedConsumer? {
    guard context.cluster.settings.areKnown else { return nil }
    for id in context.facts.consumers[artifact] ?? [] {
      guard let applier = context.cluster.object(id).flatMap(Applier.init), let source = applier.source,
        context.gate(RefusedConsumer.gate, of: applier.controller) != true
      else { continue }
      return RefusedConsumer(id: id, controller: applier.controller, place: source.origin.location)
    }
    return nil
  }
}

/// What would take files from an artifact, if its controller let it.
private struct RefusedConsumer {
  static let gate = "ExternalArtifact"

  let id: ObjectID
  let controller: String
  let place: Location
}

extension ArtifactProblem {
  /// Whether somebody wrote down that it shall be so.
  fileprivate var isIntended: Bool {
    if case .overwritten(_, isIntended: true) = kind { true } else { false }
  }

  fileprivate var field: String { "spec.artifacts[\(artifact)]: \(message)" }
}

extension Message {
  fileprivate static func problem(_ problem: ArtifactProblem) -> Self {
    let help: String?
    switch problem.kind {
    case .unknownAlias: help = "Name an alias of `spec.sources`, or add the source under that alias."
    case .missingPath, .nothingMatched: help = "Correct the path: it is looked for from the root of the source."
    case .overwritten:
      help = "Copy to another place, or write `strategy: Overwrite` where the later file is to win, `Merge` for both."
    default: help = nil
    }
    return Message(
      problem.isFatal ? "\(problem.generator) composes no artifact: \(problem.message)" : problem.message, help: help)
  }

  fileprivate static func refused(_ artifact: ObjectID, _ maker: ObjectID, _ consumer: RefusedConsumer) -> Self {
    Message(
      "\(maker) makes \(artifact), which \(consumer.controller) does not let \(consumer.id) use: the feature gate "
        + "\(RefusedConsumer.gate) is off",
      help: "Start \(consumer.controller) with `--feature-gates=\(RefusedConsumer.gate)=true`.")
  }
}
