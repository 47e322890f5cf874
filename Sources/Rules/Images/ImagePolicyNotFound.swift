import ClusterModel
import Diagnostics
import Files
import Flux
import Kubernetes

extension Rule {
  static let imagePolicyNotFound = Rule(
    id: "image-policy-not-found", chapter: .images, severity: .error,
    title: "an image policy or its repository is not there",
    why: "The image is never updated, and nothing says so: the automation passes over markers that it cannot resolve.",
    remedy: "Correct the name, or add the ImagePolicy or the ImageRepository.",
    check: .repository { context, report in
      let clusters = context.facts.map { ($0.cluster, $0) }
      for (cluster, facts) in clusters {
        for object in facts.fluxObjects {
          guard case .imagePolicy(let policy) = object.flux, let reference = policy.imageRepositoryRef,
            cluster.object(reference.id) == nil, !facts.mayExistUnseen(reference, for: object.id)
          else { continue }
          report.add(
            .noRepository(object.id, reference.id), at: reference.origin.location, about: object.reference,
            field: "spec.imageRepositoryRef", related: reference.origin.trace + object.trace, clusters: [cluster.name])
        }
      }
      let automations = context.model.clusters.flatMap(ImageAutomation.all)
      for file in context.model.files where !file.clusters.isEmpty {
        for marker in ImageMarker.all(in: file) {
          judge(marker, in: file, clusters, automations, context.model, &report)
        }
      }
    })

  private static func judge(
    _ marker: ImageMarker, in file: AnalysedFile, _ clusters: [(Cluster, ClusterFacts)],
    _ automations: [ImageAutomation], _ model: RepositoryModel, _ report: inout Reporter
  ) {
    let field = "marker[\(marker.policy.namespace)/\(marker.policy.name)]"
    let reader = clusters.lazy.compactMap { cluster, _ in
      cluster.reconciliations.first { $0.kind == .kustomization && $0.files.contains(file.path) }
    }.first
    let object = reader?.definition?.manifest.reference
    let isThere = clusters.contains { cluster, facts in
      cluster.object(marker.policy) != nil || facts.mayExistUnseen(marker.policy, for: marker.policy)
    }
    guard isThere else {
      let written = model.unreached.first { $0.manifest.isMeant(by: marker.policy) }
      report.add(
        .noPolicy(marker.policy, written), at: marker.location, about: object, field: field,
        related: written.map {
          [RelatedLocation("it is written here, but \($0.reason)", at: $0.manifest.origin.location)]
        } ?? [],
        severity: .warning, clusters: file.clusters)
      return
    }
    // An automation looks for policies in its own namespace only.
    if !automations.isEmpty, !automations.contains(where: { $0.object.id.namespace == marker.policy.namespace }) {
      report.add(
        .unheeded(marker.policy), at: marker.location, about: object, field: field, severity: .warning,
        clusters: file.clusters)
      return
    }
    // An automation whose source is not at hand may be the one that updates the file.
    guard !automations.isEmpty, automations.allSatisfy({ $0.reaches(file.path) == false }) else { return }
    report.add(
      .unreached(marker.policy), at: marker.location, about: object, field: field, severity: .warning,
      clusters: file.clusters)
  }
}

extension Manifest {
  /// Whether it is the object of that name, in the same namespace or in one that a kustomization would give it.
  fileprivate func isMeant(by wanted: ObjectID) -> Bool {
    kind == wanted.kind && type.group == wanted.group && name == wanted.name
      && (namespace.isEmpty || namespace == wanted.namespace)
  }
}

extension Message {
  fileprivate static func noRepository(_ id: ObjectID, _ wanted: ObjectID) -> Self {
    Message("\(id) reads the tags of \(wanted), which is not in the cluster")
  }

  fileprivate static func noPolicy(_ id: ObjectID, _ written: UnreachedObject?) -> Self {
    let fact = "the marker names \(id), which is in no cluster: the value is never updated"
    guard let written else { return Message(fact) }
    let path = written.manifest.origin.file.path
    guard [.notListed, .unusedBase].contains(written.cause) else {
      return Message("\(fact); the one in \(path) is not: \(written.reason)")
    }
    return Message(
      "\(fact); it is written in \(path), but nothing in a cluster takes that file in",
      help: "Add \(path) to the resources of a kustomization that a cluster reconciles.")
  }

  fileprivate static func unheeded(_ id: ObjectID) -> Self {
    Message(
      "no automation updates this value: the marker names \(id), and an automation sees the policies of its own "
        + "namespace only",
      help: "Put the ImagePolicy into the namespace of the ImageUpdateAutomation.")
  }

  fileprivate static func unreached(_ id: ObjectID) -> Self {
    Message(
      "no automation updates this file: the marker of \(id) is outside of all their paths",
      help: "Widen `spec.update.path` of the ImageUpdateAutomation, or take the marker out.")
  }
}
