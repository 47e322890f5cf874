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
      Kustomizations only, a HelmRelease on HelmReleases only, in their own namespace unless another is written; a \
      ResourceSet on anything, in the namespace that is written.
      """,
    remedy: "Correct the name or the namespace, add what is missing, or take the entry out.",
    check: .flux { subject, context, report in
      for block in context.facts.startBlocks(of: subject.object) {
        guard case .missing = block.reason else { continue }
        let reference = block.dependency
        let hint = LookAlike.find(reference.id, for: subject.id, in: context)
        report.add(
          reference.isUnplaced ? .unplaced(subject.id, reference.id, hint) : .notFound(subject.id, reference.id, hint),
          at: reference.place(hint), about: subject.object,
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

  fileprivate static func unplaced(_ id: ObjectID, _ wanted: ObjectID, _ hint: LookAlike?) -> Self {
    Message(
      "\(id) depends on \(wanted) without saying in which namespace, and the operator does not fill in one: it never "
        + "finds it",
      help: hint?.remedy ?? "Write the `namespace` of the \(wanted.kind) in the reference.")
  }
}

extension ObjectRef {
  /// Where a reference goes wrong: at the namespace where only that is wrong and written, else at the name.
  func place(_ hint: LookAlike?) -> Origin {
    if case .namespace = hint?.difference, let writtenNamespace { return writtenNamespace.origin }
    return origin
  }
}

extension RuleContext {
  /// Whether something whose objects are not known may bring what `referrer` refers to.
  func mayExistUnseen(_ reference: ObjectRef, for referrer: ObjectID) -> Bool {
    facts.mayExistUnseen(reference, for: referrer)
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
  let referrer: ObjectID
  let difference: Difference
  let related: [RelatedLocation]

  /// The object nearest to `wanted` among the cluster's own of Flux.
  static func find(_ wanted: ObjectID, for referrer: ObjectID, in context: RuleContext) -> LookAlike? {
    let objects = context.facts.fluxObjects
    let isSource = FluxKind(rawValue: wanted.kind)?.isSource == true
    func lookAlike(_ object: AppliedObject, _ difference: Difference) -> LookAlike {
      let place = RelatedLocation("\(object.id) is here", at: object.manifest.origin.location)
      return LookAlike(
        found: object.id, wanted: wanted, referrer: referrer, difference: difference, related: [place])
    }
    let others = objects.filter { object in
      object.id.name == wanted.name && object.id.namespace == wanted.namespace && object.id.kind != wanted.kind
        && (isSource
          ? FluxKind(rawValue: object.id.kind)?.isSource == true : Applier(object) != nil)
    }
    if let other = others.first { return lookAlike(other, .kind) }
    let sameKind = objects.filter { $0.id.kind == wanted.kind && $0.id.group == wanted.group }
    let sameName = sameKind.filter { $0.id.name == wanted.name }
    if let other = sameName.first(where: { $0.id.namespace == referrer.namespace }) ?? sameName.first {
      return lookAlike(other, .namespace)
    }
    let unreached = context.model.unreached.first { $0.manifest.id == wanted }
    if let unreached {
      let place = unreached.manifest.origin.location
      return LookAlike(
        found: wanted, wanted: wanted, referrer: referrer, difference: .unreached(path: place.file.path, place),
        related: [RelatedLocation("\(wanted) is written here, but \(unreached.reason)", at: place)])
    }
    let near = sameKind.filter { $0.id.namespace == wanted.namespace }
    guard let name = Suggestion.nearest(to: wanted.name, among: near.map(\.id.name)) else { return nil }
    return near.first { $0.id.name == name }.map { lookAlike($0, .name) }
  }

  /// The difference as part of a sentence about a dependency.
  var sentence: String {
    switch difference {
    case .kind
    where FluxKind(rawValue: wanted.kind)?.isSource != true && referrer.kind != FluxKind.resourceSet.rawValue:
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
    case .kind
    where FluxKind(rawValue: wanted.kind)?.isSource == true || referrer.kind == FluxKind.resourceSet.rawValue:
      "Change `kind` to \(found.kind)."
    case .kind:
      "Depend on the \(wanted.kind) that brings \(found) into the cluster, or move the dependency to where both are of "
        + "one kind."
    case .namespace: "Write `namespace: \(found.namespace)` in the reference."
    case .name: "Change the name to '\(found.name)'."
    case .unreached(let path, _): "Add \(path) to the resources of a kustomization that the cluster reconciles."
    }
  }
}
