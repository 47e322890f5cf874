import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import Policies

extension Rule {
  static let dependencyNotFound = Rule(
    id: "dependency-not-found", chapter: .dependencies, severity: .error,
    title: "`dependsOn` names an object that is not in the cluster",
    why: """
      The controller waits for the dependency for ever, and does not apply the object. A Kustomization can depend on \
      Kustomizations only, a HelmRelease on HelmReleases only; the namespace is the object's own unless written.
      """,
    remedy: "Correct the name or the namespace, add what is missing, or take the entry out.",
    check: .applier { applier, context, report in
      for dependency in applier.dependsOn {
        guard let reference = dependency.value.ref, context.cluster.object(reference.id) == nil,
          !context.facts.mayExistUnseen(reference.id, for: applier.id)
        else { continue }
        let hint = LookAlike.find(reference.id, in: context)
        report.add(
          .notFound(applier.id, reference.id, hint), at: reference.origin, about: applier.object,
          field: "spec.dependsOn[\(reference.namespace)/\(reference.name)]", related: hint?.related ?? [])
      }
    })
}

extension Message {
  fileprivate static func notFound(_ id: ObjectID, _ wanted: ObjectID, _ hint: LookAlike?) -> Self {
    Message(
      "\(id) depends on \(wanted), which is not in the cluster" + (hint.map { "; \($0.sentence)" } ?? ""),
      help: hint?.remedy)
  }
}

/// What somebody may have meant by a reference that leads nowhere.
struct LookAlike {
  /// How it differs from what is written.
  enum Difference {
    case kind, namespace, name
    /// It is written, but no cluster reads the file.
    case unreached(path: String, Location)
  }

  let found: ObjectID
  let wanted: ObjectID
  let difference: Difference
  let related: [RelatedLocation]

  /// The object nearest to `wanted` among the cluster's own of Flux.
  static func find(_ wanted: ObjectID, in context: RuleContext) -> LookAlike? {
    let objects = context.facts.fluxObjects
    let isSource = FluxKind(rawValue: wanted.kind)?.isSource == true
    func lookAlike(_ object: AppliedObject, _ difference: Difference) -> LookAlike {
      let place = RelatedLocation("\(object.id) is here", at: object.manifest.origin.location)
      return LookAlike(found: object.id, wanted: wanted, difference: difference, related: [place])
    }
    let others = objects.filter { object in
      object.id.name == wanted.name && object.id.namespace == wanted.namespace && object.id.kind != wanted.kind
        && (isSource
          ? FluxKind(rawValue: object.id.kind)?.isSource == true : Applier(object) != nil)
    }
    if let other = others.first { return lookAlike(other, .kind) }
    let sameKind = objects.filter { $0.id.kind == wanted.kind && $0.id.group == wanted.group }
    if let other = sameKind.first(where: { $0.id.name == wanted.name }) { return lookAlike(other, .namespace) }
    let unreached = context.model.unreached.first { $0.manifest.id == wanted }
    if let unreached {
      let place = unreached.manifest.origin.location
      return LookAlike(
        found: wanted, wanted: wanted, difference: .unreached(path: place.file.path, place),
        related: [RelatedLocation("\(wanted) is written here, but \(unreached.reason)", at: place)])
    }
    let near = sameKind.filter { $0.id.namespace == wanted.namespace }
    guard let name = Suggestion.nearest(to: wanted.name, among: near.map(\.id.name)) else { return nil }
    return near.first { $0.id.name == name }.map { lookAlike($0, .name) }
  }

  /// The difference as part of a sentence about a dependency.
  var sentence: String {
    switch difference {
    case .kind where FluxKind(rawValue: wanted.kind)?.isSource != true:
      "\(plainSentence), but a \(wanted.kind) can only depend on its own kind"
    default: plainSentence
    }
  }

  /// The difference as part of a sentence.
  var plainSentence: String {
    switch difference {
    case .kind: "\(found) has that name"
    case .namespace: "there is one in namespace '\(found.namespace)'"
    case .name: "did you mean '\(found.name)'?"
    case .unreached(let path, _): "it is written in \(path), but nothing in the cluster takes that file in"
    }
  }

  /// What to do.
  var remedy: String {
    switch difference {
    case .kind where FluxKind(rawValue: wanted.kind)?.isSource == true: "Change `kind` to \(found.kind)."
    case .kind:
      "Depend on the \(wanted.kind) that brings \(found) into the cluster, or move the dependency to where both are of "
        + "one kind."
    case .namespace: "Add `namespace: \(found.namespace)` to the reference."
    case .name: "Change the name to '\(found.name)'."
    case .unreached(let path, _): "Add \(path) to the resources of a kustomization that the cluster reconciles."
    }
  }
}
