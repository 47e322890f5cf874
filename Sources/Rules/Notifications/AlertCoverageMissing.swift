import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let alertCoverageMissing = Rule(
    id: "alert-coverage-missing", chapter: .notifications, severity: .error,
    title: "nobody hears when an object of production fails",
    why: """
      A Kustomization, a release or a source that no Alert listens to fails in silence: production drifts from Git until \
      somebody looks.
      """,
    remedy: "Add the object, or `*` of its namespace, to the `eventSources` of an Alert; where there is none, make a "
      + "Provider and an Alert.",
    parameters: [providers.signature],
    check: .cluster { context, report in
      let listeners = context.facts.fluxObjects.compactMap { Listener($0, context) }
      let wanted = context[providers]
      var silent: [AppliedObject] = []
      for object in context.facts.fluxObjects where object.hasEvents && context.isProduction(object.id.namespace) {
        // An entry that is wrong is reported where it stands, not again at each object that it was written for.
        let types = Set(listeners.filter { $0.hears(object) || $0.means(object) }.map(\.provider))
        let missing = wanted.filter { !types.contains($0) }
        guard types.isEmpty || !missing.isEmpty,
          !context.facts.mayBeHeardUnseen(object.id, hasAlerts: !listeners.isEmpty)
        else { continue }
        // Without any alert that is one thing to say, not one about each object.
        guard !listeners.isEmpty else {
          silent.append(object)
          continue
        }
        report.add(
          types.isEmpty ? .unheard(object.id) : .unheard(object.id, by: missing), at: object.manifest.origin,
          about: object, field: "alerts")
      }
      // All of it hangs on the root: that is where an Alert is missing.
      if let place = silent.first(where: { context.cluster.isRoot($0) }) ?? silent.first {
        report.add(
          .noAlerts(context.cluster.name, silent, isAny: context.facts.fluxObjects.contains(where: \.isAlert)),
          at: place.manifest.origin, about: place, field: "alerts")
      }
    })

  private static let providers = Parameter(
    "providers", default: [String](), "Types of providers, such as slack and pagerduty, that must all hear of it.")
}

/// An Alert that is heard.
private struct Listener {
  /// The entries that something is heard of.
  var sources: [EventSource] = []
  /// Those of which nothing is, as another rule says.
  var refused: [EventSource] = []
  let provider: String

  init?(_ object: AppliedObject, _ context: RuleContext) {
    guard case .alert(let alert) = object.flux, alert.suspend?.value != true, let reference = alert.providerRef,
      case .provider(let provider) = context.cluster.object(reference.id)?.flux, provider.suspend?.value != true
    else { return nil }
    self.provider = provider.type?.value ?? ""
    let isSaid = context.asking(.notificationTargetMissing, in: object.id.namespace) != nil
    for source in alert.eventSources.map(\.value) {
      guard let reference = source.ref else { continue }
      if context.refusal(of: reference, from: object.id) == nil {
        sources.append(source)
      } else if isSaid {
        refused.append(source)
      }
    }
  }

  func hears(_ object: AppliedObject) -> Bool {
    sources.contains { $0.hears(object) }
  }

  /// Whether an entry of which nothing is heard was written for an object.
  func means(_ object: AppliedObject) -> Bool {
    refused.contains { source in
      var source = source
      if source.ref?.namespace == "*" { source.ref?.namespace = object.id.namespace }
      return source.hears(object)
    }
  }
}

extension Cluster {
  /// Whether an object is the Kustomization that leads into the cluster.
  fileprivate func isRoot(_ object: AppliedObject) -> Bool {
    reconciliations.contains { $0.kind == .kustomization && $0.id == object.id && $0.folder == entryPoint.path }
  }
}

extension AppliedObject {
  fileprivate var isAlert: Bool {
    if case .alert = flux { true } else { false }
  }

  /// Whether it is one of those whose failure somebody has to hear of.
  fileprivate var hasEvents: Bool {
    switch flux {
    case .kustomization, .helmRelease, .gitRepository, .ociRepository, .bucket: true
    // One of type `oci` is never fetched: it has no events.
    case .helmRepository(let repository): repository.type?.value != "oci"
    default: false
    }
  }
}

extension Message {
  fileprivate static func unheard(_ id: ObjectID) -> Self {
    Message(
      "no Alert listens to \(id): nobody hears when it fails",
      help: "Add it, or `*` of namespace '\(id.namespace)', to the `eventSources` of an Alert.")
  }

  fileprivate static func unheard(_ id: ObjectID, by providers: [String]) -> Self {
    Message(
      "no Alert tells \(Listing.of(providers)) of \(id)",
      help: "Add it, or `*` of namespace '\(id.namespace)', to the `eventSources` of an Alert to "
        + "\(Listing.of(providers)).")
  }

  fileprivate static func noAlerts(_ cluster: String, _ silent: [AppliedObject], isAny: Bool) -> Self {
    let one = silent.count == 1 ? silent.first : nil
    let what = one.map { "\($0.id)" } ?? "one of its \(silent.count) Kustomizations, releases and sources"
    let namespaces = Set(silent.map { "'\($0.id.namespace)'" }).sorted()
    return Message(
      "cluster '\(cluster)' has no Alert \(isAny ? "that reaches a provider" : "at all"): nobody hears when \(what) fails",
      help: (isAny ? "Give its Alerts a Provider that is there and not suspended" : "Make a Provider and an Alert")
        + ", with `*` of each kind in \(namespaces.count == 1 ? "namespace" : "namespaces") "
        + "\(Listing.of(namespaces)) as `eventSources`.")
  }
}
