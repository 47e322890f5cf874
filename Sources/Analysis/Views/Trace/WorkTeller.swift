import ClusterModel
import Diagnostics
import Files
import Flux
import Kubernetes
import YAML

/// Puts into words what a reconciler does: source, path, identity, and what came of it.
struct WorkTeller {
  let cluster: Cluster
  let access: AccessControl

  /// Where its files come from.
  func source(of reconciliation: Reconciliation) -> RelatedLocation? {
    switch reconciliation.source {
    case .none: return nil
    case .local(let source, let root):
      let text = root == .root ? "\(source), which is this repository" : "\(described(source)): here in \(root)"
      return line(source, text, reconciliation)
    case .composed(let source): return line(source, "\(source), composed by an ArtifactGenerator", reconciliation)
    case .external(let source):
      let isRendered = if case .done = reconciliation.outcome { reconciliation.kind == .helmRelease } else { false }
      return line(
        source, "\(described(source)): \(isRendered ? "its chart is at hand" : "not at hand")", reconciliation)
    case .missing(let kind, let namespace, let name):
      return RelatedLocation("\(kind)/\(namespace)/\(name), which is not in the cluster", at: reconciliation.location)
    }
  }

  private func line(_ source: ObjectID, _ text: String, _ reconciliation: Reconciliation) -> RelatedLocation {
    RelatedLocation(text, at: cluster.object(source)?.manifest.origin.location ?? reconciliation.location)
  }

  /// A source with its address and what it follows there.
  private func described(_ source: ObjectID) -> String {
    let spec = cluster.object(source)?.manifest.node["spec"]
    let address = spec?["url"]?.scalar?.text ?? spec?["endpoint"]?.scalar?.text
    let reference = (spec?["ref"]?.mapping?.entries ?? []).compactMap { entry in
      entry.value.scalar.map { "\(entry.key.text) \($0.text)" }
    }
    let parts = [source.description, address].compactMap { $0 } + reference
    return parts.joined(separator: ", ")
  }

  /// The directory it builds, or the chart it renders.
  func path(of reconciliation: Reconciliation) -> RelatedLocation? {
    switch reconciliation.definition {
    case .kustomization(let value):
      let place = value.path?.origin.location ?? reconciliation.location
      let written = (try? RepoPath(value.path?.value ?? ""))?.string ?? value.path?.value ?? ""
      return RelatedLocation("./\(reconciliation.path?.string ?? written)", at: place)
    case .helmRelease(let value):
      guard let facts = reconciliation.release else { return nil }
      let version = facts.version.map { ", version \($0.value)" } ?? ""
      let place = value.chartRef?.origin ?? value.chart?.value.spec?.value.chart?.origin
      return RelatedLocation(
        "chart \(facts.chart.isEmpty ? "of its source" : facts.chart)\(version), as release \(facts.releaseName)"
          + " in namespace \(facts.releaseNamespace)", at: place?.location ?? reconciliation.location)
    default: return nil
    }
  }

  // MARK: identity

  /// In whose name it applies objects.
  func identity(of reconciliation: Reconciliation) -> RelatedLocation {
    switch cluster.identity(of: reconciliation) {
    case .named(let account, let place):
      return RelatedLocation("\(account) (spec.serviceAccountName)\(absence(of: account))", at: place)
    case .standard(let account, let flag):
      return RelatedLocation("\(account) (--default-service-account)\(absence(of: account))", at: flag)
    case .controller(let account):
      return RelatedLocation(
        "\(account): \(reconciliation.controller) itself, no serviceAccountName", at: reconciliation.location)
    case .remote(let remote, let account):
      let name = account.map { ", as \($0) there" } ?? ""
      return RelatedLocation("whoever the kubeconfig in \(remote) lets in\(name)", at: reconciliation.location)
    case .bootstrap: return RelatedLocation("whoever set up the cluster", at: reconciliation.location)
    }
  }

  private func absence(of account: AccessControl.Account) -> String {
    // Every namespace has an account `default`; the controllers' come with the installation.
    let isGiven = account.name == "default" || isControllers(account)
    return cluster.object(account.id) != nil || isGiven ? "" : ", which is not in the repository"
  }

  private func isControllers(_ account: AccessControl.Account) -> Bool {
    account.namespace == "flux-system" && (account.name.hasSuffix("-controller") || account.name == "flux-operator")
  }

  /// What the identity may do to an object, as far as the repository tells.
  func rights(of reconciliation: Reconciliation, on object: AppliedObject) -> RelatedLocation? {
    guard let account = cluster.identity(of: reconciliation).account else { return nil }
    let grants = access.grants(to: account)
    guard !grants.isEmpty || !isControllers(account) else {
      return RelatedLocation(
        "its rights come with the installation, which is not in the repository", at: reconciliation.location)
    }
    switch access.verdict(on: account, applying: object.id, prunes: reconciliation.prunes) {
    case .allowed(let bindings):
      let used = grants.filter { bindings.contains($0.binding) }
      let by = used.map { "\($0.binding), \($0.role)" }
      return RelatedLocation(
        "may apply the next by \(by.joined(separator: ", "))", at: used.first?.place ?? reconciliation.location)
    case .denied(let verbs):
      let place = object.id.namespace.isEmpty ? "in the cluster scope" : "in namespace \(object.id.namespace)"
      return RelatedLocation(
        "nothing in the repository lets it \(verbs.joined(separator: ", ")) a \(object.id.kind) \(place)",
        at: grants.first?.place ?? reconciliation.location)
    case .unknown(let role):
      return RelatedLocation(
        "bound to \(role), which is not in the repository: what it allows is not known",
        at: grants.first { $0.rules == nil }?.place ?? reconciliation.location)
    }
  }

  // MARK: what came of it

  /// What is not as it should be.
  func remarks(on reconciliation: Reconciliation) -> [RelatedLocation] {
    var found: [RelatedLocation] = []
    if let suspend = reconciliation.suspend, suspend.value {
      found.append(RelatedLocation("suspended: nothing of this happens now", at: suspend.origin.location))
    }
    switch reconciliation.outcome {
    case .failed(let problem), .pathMissing(let problem):
      found.append(RelatedLocation("fails: \(problem.message)", at: problem.location))
      if !reconciliation.objects.isEmpty {
        found.append(
          RelatedLocation("what it would apply without that is shown", at: reconciliation.location))
      }
    case .gap:
      let reference = reconciliation.definition?.manifest.reference
      let gap = cluster.gaps.first { $0.object != nil && $0.object == reference }
      found.append(
        RelatedLocation(
          "not analysed: \(gap?.message ?? "the gaps of the check say why")",
          at: gap?.location ?? reconciliation.location))
    case .done: break
    }
    return found
  }
}

extension Reconciliation {
  /// Whether it deletes what is no longer in its files.
  fileprivate var prunes: Bool {
    if case .kustomization(let value) = definition { value.prune?.value ?? false } else { true }
  }

  fileprivate var suspend: Field<Bool>? {
    switch definition {
    case .kustomization(let value): value.suspend
    case .helmRelease(let value): value.suspend
    default: nil
    }
  }
}
