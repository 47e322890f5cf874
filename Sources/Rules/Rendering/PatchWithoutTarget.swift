import ClusterModel
import Diagnostics
import Files
import Flux
import Kubernetes

extension Rule {
  static let patchWithoutTarget = Rule(
    id: "patch-without-target", chapter: .rendering, severity: .warning,
    title: "a patch changes nothing",
    why: "A patch whose target matches no object is passed over without a word: what it was to change is as it was.",
    remedy: "Correct the target, or take the patch out.",
    check: .cluster { context, report in
      // A patch that is written once for many Kustomizations is one finding.
      var places: [Location] = []
      var users: [Location: [Reconciliation]] = [:]
      for reconciliation in context.cluster.reconciliations {
        for place in reconciliation.unmatchedPatches where users[place]?.last?.id != reconciliation.id {
          if users[place] == nil { places.append(place) }
          users[place, default: []].append(reconciliation)
        }
      }
      for place in places where !isForControllersElsewhere(place, context) && !mayBeUsed(place, in: context.model) {
        let built = users[place] ?? []
        report.add(
          .unmatched(built.map(\.id)), at: built[0].unmatchedFields[place] ?? place, about: built[0].reference,
          field: "patches",
          related: built.prefix(shownUsers).map { RelatedLocation("\($0.id) is built with it", at: $0.location) })
      }
    })

  /// How many of the Kustomizations that a patch goes into are shown.
  private static let shownUsers = 3

  /// Whether the patch changes something in another build, or may do so in one that fails: one for all Kustomizations
  /// need not fit each of them.
  private static func mayBeUsed(_ place: Location, in model: RepositoryModel) -> Bool {
    model.clusters.contains { cluster in
      cluster.reconciliations.contains { other in
        if other.kind != .kustomization { return false }
        if case .done = other.outcome, other.unmatchedPatches.contains(place) { return false }
        return other.isBuilt(with: place)
      }
    }
  }

  /// `flux bootstrap` writes the controllers' manifests; where they are not in the repository yet, patches of them wait.
  private static func isForControllersElsewhere(_ place: Location, _ context: RuleContext) -> Bool {
    let parts = place.file.path.split(separator: "/")
    return !context.cluster.settings.areKnown && parts.count > 1 && parts[parts.count - 2] == "flux-system"
  }
}

extension Reconciliation {
  /// Whether a patch that stands at `place` takes part in the build: by a file, or by `spec.patches`.
  fileprivate func isBuilt(with place: Location) -> Bool {
    guard case .kustomization(let value) = definition else { return false }
    // By the target itself: the text of a patch may hold patches for others.
    let isOwn = value.patches.contains { $0.value.target?.origin.location == place }
    // A file with Kustomizations of Flux is read by what applies them, and its patches are theirs.
    return isOwn || !place.file.holdsFluxObjects && files.contains { $0.string == place.file.path }
  }
}

extension SourceFile {
  /// Whether it is a file with objects for Flux, and not one that kustomize reads for itself.
  fileprivate var holdsFluxObjects: Bool {
    String(decoding: bytes, as: UTF8.self).contains("toolkit.fluxcd.io")
      && !["kustomization.yaml", "kustomization.yml", "Kustomization"].contains(
        path.split(separator: "/").last.map(String.init) ?? "")
  }
}

extension Message {
  fileprivate static func unmatched(_ builds: [ObjectID]) -> Self {
    if builds.count == 1 { return Message("this patch matches none of the objects of \(builds[0])") }
    return Message(
      "this patch matches none of the objects of the \(builds.count) Kustomizations that it goes into, such as \(builds[0])"
    )
  }
}
