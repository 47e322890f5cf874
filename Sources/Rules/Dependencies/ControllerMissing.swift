import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import Policies
import YAML

extension Rule {
  static let controllerMissing = Rule(
    id: "controller-missing", chapter: .dependencies, severity: .error,
    title: "no controller reconciles a Flux object",
    why: """
      Its controller is not installed, or the Deployments of it watch other labels or namespaces, as shards do: the \
      object is accepted, never reconciled, and nothing reports that.
      """,
    remedy: "Add the controller to the installation, or correct the label (`sharding.fluxcd.io/key`) or the "
      + "`--watch-label-selector` that keeps it from seeing the object.",
    check: .cluster { context, report in
      let instances = context.cluster.settings.instances
      // Some of an installation, or what bootstrap is going to write, says nothing of the rest.
      guard context.cluster.settings.areKnown,
        Set(["source-controller", "kustomize-controller"]).isSubset(of: instances.map(\.component))
      else { return }
      var without: [String: [AppliedObject]] = [:]
      for object in context.facts.fluxObjects {
        guard let component = object.flux?.kind.controller, !context.mayRunUnseen(component),
          context.activation(in: object.id.namespace) != nil
        else { continue }
        let own = instances.filter { $0.component == component }
        if own.isEmpty {
          if context.isGuarded(object, by: component) { continue }
          without[component, default: []].append(object)
        } else if !own.contains(where: { $0.serves(object) }) {
          report.unseen(object, by: own)
        }
      }
      for (component, objects) in without.sorted(by: { $0.key < $1.key }) {
        let list = context.components
        report.add(
          .uninstalled(component, objects.map(\.id), list?.instance), at: objects[0].manifest.origin, about: objects[0],
          field: "controller[\(component)]",
          related: [list?.place].compactMap { $0 }
            + objects.dropFirst().map { RelatedLocation("\($0.id) needs it too", at: $0.manifest.origin.location) })
      }
    })
}

extension RuleContext {
  /// Where a FluxInstance says which components are installed.
  fileprivate var components: (instance: ObjectID, place: RelatedLocation)? {
    let instance = cluster.fluxObjects.first { if case .fluxInstance = $0.flux { true } else { false } }
    guard let instance, let list = instance.manifest.keyOrigin("spec", "components") else { return nil }
    return (instance.id, RelatedLocation("\(instance.id) lists the components here", at: list.location))
  }

  /// Whether an object comes only where its controller is: a ResourceSet on the way to it waits for a definition that is
  /// installed together with that.
  fileprivate func isGuarded(_ object: AppliedObject, by component: String) -> Bool {
    let definitions = Set(FluxKind.allCases.filter { $0.controller == component }.map(\.definitionName))
    var seen: Set<ObjectID> = []
    var next: AppliedObject? = object
    while let made = next {
      let maker = cluster.reconciliations[made.reconciliation]
      guard !maker.kind.isGiven, seen.insert(maker.id).inserted else { return false }
      next = cluster.object(maker.id)
      let awaited = next.map(ClusterFacts.awaited) ?? []
      let waits = awaited.map(\.id).contains { id in
        id.kind == "CustomResourceDefinition" && definitions.contains(id.name) && cluster.object(id) == nil
      }
      if waits { return true }
    }
    return false
  }

  /// Whether something whose objects are not known may install a controller.
  fileprivate func mayRunUnseen(_ component: String) -> Bool {
    let namespace = cluster.settings.instances.first?.namespace ?? Tenancy.platformNamespace
    let id = ObjectID(group: "apps", kind: "Deployment", namespace: namespace, name: component)
    return isExternal(id) || facts.mayExistUnseen(id, for: id)
  }
}

extension ControllerInstance {
  fileprivate func serves(_ object: AppliedObject) -> Bool {
    var labels: [String: String] = [:]
    for entry in object.manifest.node[path: "metadata", "labels"]?.mapping?.entries ?? [] {
      labels[entry.key.text] = entry.value.scalar?.text
    }
    return serves(namespace: object.id.namespace, labels: labels)
  }

  /// What it watches, in words.
  fileprivate var scope: String {
    let labels = selectorText.map { "'\($0)'" } ?? "all labels"
    return isConfined ? "\(name) watches \(labels) in namespace '\(namespace)'" : "\(name) watches \(labels)"
  }
}

extension Reporter {
  /// An object that no Deployment of its controller watches: at the label that they choose by, where it has one.
  fileprivate mutating func unseen(_ object: AppliedObject, by instances: [ControllerInstance]) {
    let keys = instances.flatMap { $0.selector?.value.requirements.map(\.key) ?? [] }
    let labels = object.manifest.node[path: "metadata", "labels"]
    let label = keys.lazy.compactMap { labels?[$0] }.first
    add(
      .unseen(object.id, instances), at: label?.origin ?? object.manifest.origin, about: object,
      field: "metadata.labels",
      related: instances.compactMap { instance in
        instance.selector.map { RelatedLocation(instance.scope, at: $0.location) }
      })
  }
}

extension Message {
  fileprivate static func uninstalled(_ component: String, _ objects: [ObjectID], _ instance: ObjectID?) -> Self {
    Message(
      "no \(component) is installed in this cluster: nothing reconciles \(Listing.of(objects.map(\.description)))",
      help: "Add \(component) to "
        + (instance.map { "`spec.components` of \($0)." } ?? "the components of the installation."))
  }

  fileprivate static func unseen(_ id: ObjectID, _ instances: [ControllerInstance]) -> Self {
    Message(
      "no \(instances[0].component) of this cluster watches \(id), so nothing ever reconciles it: "
        + Listing.of(instances.map(\.scope)))
  }
}
