import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let sourceNotFound = Rule(
    id: "source-not-found", chapter: .sources, severity: .error,
    title: "a reference names a source that is not there",
    why: "Without its source nothing is fetched: the object stays as it was, and what waits for it waits too.",
    remedy: "Correct kind, name or namespace of the reference, or add the source.",
    check: .flux { subject, context, report in
      for reference in subject.value.sourceReferences {
        let field = subject.value.sourceField
        if !subject.value.takes(reference.kind) {
          guard !subject.object.unknownPaths.contains("\(field).kind") else { continue }
          report.add(
            .wrongKind(subject.id, reference, subject.value.sourceKinds), at: reference.kindOrigin ?? reference.origin,
            about: subject.object, field: "\(field).kind")
          continue
        }
        guard isMissing(reference, of: subject.id, context) else { continue }
        let hint = LookAlike.find(reference.id, for: subject.id, in: context)
        report.add(
          .notFound(subject.id, reference.id, hint), at: reference.place(hint), about: subject.object, field: field,
          related: hint?.related ?? [])
      }
    })

  private static func isMissing(_ reference: ObjectRef, of referrer: ObjectID, _ context: RuleContext) -> Bool {
    let id = reference.id
    if context.cluster.object(id) != nil || context.facts.isKnownSource(id)
      || context.mayExistUnseen(reference, for: referrer)
    {
      return false
    }
    switch FluxKind(rawValue: id.kind) {
    // helm-controller makes HelmCharts.
    case .helmChart: return false
    // Controllers of others make ExternalArtifacts too; where generators make some, those are what is meant.
    case .externalArtifact: return context.cluster.makesArtifacts(in: id.namespace)
    default: return true
    }
  }
}

extension Cluster {
  /// Whether generators make artifacts in a namespace, and all that they make is known.
  fileprivate func makesArtifacts(in namespace: String) -> Bool {
    let generators = reconciliations.filter { $0.kind == .artifactGenerator && $0.id.namespace == namespace }
    return generators.contains { !$0.objects.isEmpty }
      && generators.allSatisfy { generator in
        if case .artifactGenerator(let value)? = generator.definition { return value.pathPattern == nil }
        return false
      }
  }
}

extension FluxObject {
  /// The field that names the source.
  fileprivate var sourceField: String {
    switch self {
    case .helmRelease(let value): value.chartRef == nil ? "spec.chart.spec.sourceRef" : "spec.chartRef"
    case .artifactGenerator: "spec.sources"
    case .gitRepository: "spec.include"
    default: "spec.sourceRef"
    }
  }

  /// The kinds of sources that the object can take something from.
  fileprivate var sourceKinds: [FluxKind] {
    switch self {
    case .kustomization: [.gitRepository, .ociRepository, .bucket, .externalArtifact]
    case .helmRelease(let value) where value.chartRef != nil: [.ociRepository, .helmChart, .externalArtifact]
    case .helmRelease, .helmChart: [.helmRepository, .gitRepository, .bucket]
    case .imageUpdateAutomation, .gitRepository: [.gitRepository]
    case .artifactGenerator: [.gitRepository, .ociRepository, .bucket, .helmChart, .externalArtifact]
    default: []
    }
  }

  fileprivate func takes(_ kind: String) -> Bool { sourceKinds.contains { $0.rawValue == kind } }
}

extension Message {
  fileprivate static func notFound(_ id: ObjectID, _ wanted: ObjectID, _ hint: LookAlike?) -> Self {
    Message(
      "\(id) takes its files from \(wanted), which is not in the cluster" + (hint.map { "; \($0.sentence)" } ?? ""),
      help: hint?.remedy)
  }

  fileprivate static func wrongKind(_ id: ObjectID, _ reference: ObjectRef, _ kinds: [FluxKind]) -> Self {
    let names = kinds.map(\.rawValue)
    if id.kind == FluxKind.helmRelease.rawValue, reference.kind == FluxKind.ociRepository.rawValue {
      return Message(
        "\(id) cannot take a chart out of \(reference.kind) '\(reference.name)', which is one",
        help: "Refer to it by `spec.chartRef`, in place of all of `spec.chart`.")
    }
    return Message(
      "\(id) cannot take files from \(reference.kind) '\(reference.name)'",
      help: "Refer to a source of kind \(Listing.of(names, atMost: 6, "or")).")
  }
}
