import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import YAML

/// The rendering of one ResourceSet.
struct ResourceSetJob: Sendable {
  /// On an object: the operator leaves it out. On a ResourceSet: it is not reconciled.
  static let disabling = "\(FluxGroups.fluxOperator)/reconcile"

  let set: ResourceSet
  let reference: ObjectReference
  let inputs: [Node]

  /// Objects that are applied together.
  private struct Step {
    var name: String
    var resources: [Node]
    var template: Node?
    var place: Origin
  }

  func run() -> BuiltReconciliation {
    var built = BuiltReconciliation(outcome: .done)
    // Providers without inputs mean that there is nothing to make, not that the templates need none.
    if !set.inputsFrom.isEmpty, inputs.isEmpty { return built }
    do throws(ResourceTemplate.Failure) {
      let overlay = CommonMetadataOverlay(set.commonMetadata?.value)
      for manifest in try manifests() {
        var manifest = manifest
        manifest.node = overlay.applied(to: manifest.node)
        built.objects.append(.init(manifest: manifest, trace: [], unknownPaths: []))
      }
    } catch {
      built.objects = []
      switch error {
      case .problem(let problem): built.outcome = .failed(problem)
      case .unknown(let reason, let place):
        built.outcome = .gap
        built.gaps = [
          Gap(
            kind: "resource-set-not-rendered", message: "\(reference): \(reason)", location: place, object: reference)
        ]
      }
    }
    return built
  }

  private func manifests() throws(ResourceTemplate.Failure) -> [Manifest] {
    var found: [Manifest] = []
    var steps: [ObjectID: String] = [:]
    for step in try self.steps() {
      for manifest in try manifests(of: step) {
        if let earlier = steps[manifest.id] {
          if earlier == step.name, !step.name.isEmpty { continue }
          if earlier != step.name {
            throw problem(
              "\(manifest.reference) is in step '\(step.name)' and in step '\(earlier)'", at: manifest.origin)
          }
        }
        steps[manifest.id] = step.name
        found.append(manifest)
      }
    }
    return found
  }

  private func steps() throws(ResourceTemplate.Failure) -> [Step] {
    let spec = set.manifest.node["spec"]
    let whole = Step(
      name: "", resources: set.resources, template: set.resourcesTemplate.flatMap { _ in spec?["resourcesTemplate"] },
      place: set.origin)
    guard let written = spec?["steps"]?.sequence, !written.isEmpty else { return [whole] }
    guard whole.resources.isEmpty, whole.template == nil else {
      throw problem("spec.steps excludes spec.resources and spec.resourcesTemplate", at: spec?["steps"]?.origin)
    }
    var found: [Step] = []
    for node in written {
      let step = Step(
        name: node["name"]?.scalar?.text ?? "", resources: node["resources"]?.sequence ?? [],
        template: node["resourcesTemplate"], place: node.origin)
      guard !step.resources.isEmpty || step.template?.scalar?.text.isEmpty == false else {
        throw problem("step '\(step.name)' has neither resources nor resourcesTemplate", at: node.origin)
      }
      found.append(step)
    }
    return found
  }

  private func problem(_ message: String, at origin: Origin?) -> ResourceTemplate.Failure {
    let origin = origin ?? set.origin
    return .problem(BuildProblem(message: message, location: origin.location, trace: origin.trace))
  }

  // MARK: one step

  /// The objects of a step, each identity once: the first counts.
  private func manifests(of step: Step) throws(ResourceTemplate.Failure) -> [Manifest] {
    var found: [Manifest] = []
    var known: Set<ObjectID> = []
    // Without inputs the operator does not look at annotations or identities of `resources`.
    let looksAtObjects = !inputs.isEmpty
    for resource in step.resources {
      let template = ResourceTemplate(
        places: try places(of: resource), owner: reference, ownerPlace: set.origin.location)
      for input in inputsOrNone {
        let manifest = try object(try template.documents(with: input).first?.root, of: resource)
        if looksAtObjects, manifest.isDisabled || known.contains(manifest.id) { continue }
        known.insert(manifest.id)
        found.append(manifest)
      }
    }
    guard let text = step.template, let places = TemplatePlaces(text: text) else { return found }
    let template = ResourceTemplate(places: places, owner: reference, ownerPlace: set.origin.location)
    for input in inputsOrNone {
      for document in try template.documents(with: input) {
        for manifest in try objects(in: document) where !manifest.isDisabled && known.insert(manifest.id).inserted {
          found.append(manifest)
        }
      }
    }
    return found
  }

  private var inputsOrNone: [Node?] { inputs.isEmpty ? [nil] : inputs }

  private func places(of resource: Node) throws(ResourceTemplate.Failure) -> TemplatePlaces {
    do { return try TemplatePlaces(object: resource) } catch {
      throw problem("this object cannot be printed: \(error.message)", at: resource.origin)
    }
  }

  /// What an entry of `resources` prints must be an object that can be applied.
  private func object(_ node: Node?, of resource: Node) throws(ResourceTemplate.Failure) -> Manifest {
    guard let node, let manifest = Manifest(node) else {
      throw problem("what this template prints is no Kubernetes object", at: resource.origin)
    }
    guard !manifest.name.isEmpty else { throw problem("the object has no name", at: node.origin) }
    return manifest
  }

  /// The objects of a printed document: none of an empty one, or where name or version are missing; the items of a list.
  private func objects(in document: Document) throws(ResourceTemplate.Failure) -> [Manifest] {
    let root = document.root
    if document.isEmpty { return [] }
    guard root.mapping != nil, root["kind"]?.scalar?.text.isEmpty == false else {
      throw problem("what this template prints is no Kubernetes object: it has no kind", at: root.origin)
    }
    let nodes = root["items"]?.sequence ?? [root]
    return nodes.compactMap(Manifest.init).filter { manifest in
      !manifest.name.isEmpty && !manifest.kind.isEmpty && !manifest.apiVersion.isEmpty
        && !(manifest.kind == "Kustomization" && manifest.type.group == "kustomize.config.k8s.io")
    }
  }
}

extension Manifest {
  fileprivate var isDisabled: Bool { annotation(ResourceSetJob.disabling) == "disabled" }
}

extension ClusterState {
  /// The job of rendering a ResourceSet.
  mutating func resourceSetJob(_ set: ResourceSet, at position: Int) -> ResourceSetJob? {
    if isDisabled(set.manifest, by: ResourceSetJob.disabling, at: position) { return nil }
    let reference = set.manifest.reference
    let inputs = InputSets(of: set, objects: objects)
    switch inputs.failure {
    case .gap(let reason, let place, let help):
      reconciliations[position].outcome = .gap
      note(
        Gap(
          kind: "resource-set-not-rendered", message: "\(reference) is not rendered: \(reason)", help: help,
          location: place, related: reconciliations[position].trace, object: reference))
      return nil
    case .problem(let reason, let place):
      reconciliations[position].outcome = .failed(BuildProblem(message: reason, location: place))
      return nil
    case nil: break
    }
    if inputs.hasMadeUpIDs, let place = set.useOfID {
      note(
        Gap(
          kind: "input-id-unknown", message: "\(reference) uses the id of an input, which only a cluster knows",
          help: "Names and values that it goes into differ from those in the cluster", location: place.location,
          related: reconciliations[position].trace, object: reference))
    }
    return ResourceSetJob(set: set, reference: reference, inputs: inputs.combined)
  }
}

extension ResourceSet {
  /// The text of a template that speaks of `inputs.id`.
  fileprivate var useOfID: Origin? {
    firstText { $0.contains("inputs.id") || $0.contains("inputs \"id\"") }
  }

  /// Whether objects it makes take data from other objects in the cluster.
  var takesData: Bool {
    firstText { text in DataAnnotation.all.contains { text.contains($0) } } != nil
  }

  /// The first text or key of the templates for which `isWanted` holds.
  private func firstText(_ isWanted: (String) -> Bool) -> Origin? {
    for field in ["resources", "resourcesTemplate", "steps"] {
      if let found = manifest.node[path: "spec", field]?.firstText(isWanted) { return found }
    }
    return nil
  }
}

extension Node {
  fileprivate func firstText(_ isWanted: (String) -> Bool) -> Origin? {
    switch value {
    case .scalar(let scalar): return isWanted(scalar.text) ? origin : nil
    case .sequence(let items):
      for item in items {
        if let found = item.firstText(isWanted) { return found }
      }
    case .mapping(let mapping):
      for entry in mapping.entries {
        if isWanted(entry.key.text) { return entry.keyOrigin }
        if let found = entry.value.firstText(isWanted) { return found }
      }
    }
    return nil
  }
}
