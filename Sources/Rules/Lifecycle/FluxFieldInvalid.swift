import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let fluxFieldInvalid = Rule(
    id: "flux-field-invalid", chapter: .lifecycle, severity: .error,
    title: "one of Flux's objects is refused for what a field says or lacks",
    why: """
      A value of the wrong type, outside its bounds, or a required field that is missing: the API server refuses the object, \
      and the Kustomization that applies it keeps failing. An expression in CEL that does not compile gets past the API \
      server: the controller then stalls the object, and tries again only when it is changed.
      """,
    remedy: "Correct the field.", precision: .high,
    check: .flux { subject, context, report in
      let problems = context.facts.fieldProblems[subject.object]
      for problem in problems {
        switch problem.code {
        case .unknown, .dropped, .unavailable, .valueUnavailable: break
        // `source-not-found` tells what kinds of sources there are to take from.
        case .notAllowed where problem.path.isKindOfSource: break
        // Flux's appliers set labels of their own, and lose the others where one of them is no text.
        case .wrongType where problem.path.hasPrefix("metadata.labels."):
          report.add(
            .labelsLost(subject.id, problem), at: problem.origin, about: subject.object, field: problem.path,
            severity: .warning)
        // `flux-field-unknown` tells where it stands misspelt.
        case .missing where problems.contains { $0.isMisspelling(of: problem.path) }: break
        // `source-insecure` tells what is the matter with such an address.
        case _ where problem.path == "spec.url" && context.isInsecure(subject): break
        case .missing, .rule:
          if !context.saysMore(of: problem, subject) { report.add(problem, about: subject.object) }
        default: report.add(problem, about: subject.object)
        }
      }
      for problem in context.expressionProblems(of: subject.object) { report.add(problem, about: subject.object) }
    })
}

extension Message {
  fileprivate static func labelsLost(_ id: ObjectID, _ problem: FieldProblem) -> Self {
    Message("\(id): \(problem.message); Flux applies the object without any of its labels", help: "Put it in quotes.")
  }
}

extension String {
  fileprivate var isKindOfSource: Bool {
    ["spec.sourceRef.kind", "spec.chartRef.kind", "spec.chart.spec.sourceRef.kind"].contains(self)
      || hasPrefix("spec.sources[") && hasSuffix("].kind")
  }
}

extension FieldProblem {
  /// Whether this is an unknown field whose name is nearest to that of the field at `path`, in the same place.
  fileprivate func isMisspelling(of path: String) -> Bool {
    guard case .unknown(let suggestion?) = code, let dot = self.path.lastIndex(of: ".") else { return false }
    return self.path[...dot] + suggestion == path
  }
}

extension RuleContext {
  fileprivate func isInsecure(_ subject: Subject<FluxObject>) -> Bool {
    subject.value.kind.isSource && subject.value.sourceURL?.value.lowercased().hasPrefix("git://") == true
      && asking(.sourceInsecure, in: subject.id.namespace) != nil
  }

  /// Whether another rule tells the same with its reason: a Receiver without a token.
  fileprivate func saysMore(of problem: FieldProblem, _ subject: Subject<FluxObject>) -> Bool {
    guard case .receiver(let receiver) = subject.value, receiver.isOpen else { return false }
    // The rule between fields points at the type, which for such a Receiver it is alone in doing.
    let type = receiver.manifest.keyOrigin("spec", "type")?.location
    guard problem.path == "spec.secretRef" || problem.origin.location == type else { return false }
    return asking(.receiverUnauthenticated, in: subject.id.namespace) != nil
  }
}
