import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import Policies

extension ClusterFacts {
  /// What ResourceSets wait for although nothing that is known brings it: whether they ever begin is not known.
  public func unknownDependencies(besides externals: Externals) -> [Gap] {
    fluxObjects.flatMap { object -> [Gap] in
      guard case .resourceSet = object.flux else { return [] }
      let blocked = Set(startBlocks(of: object).map(\.dependency.origin.location))
      return Self.awaited(by: object).filter { reference in
        let id = reference.id
        if let kind = FluxKind(rawValue: id.kind), kind.group == id.group, kind.isMadeInCluster { return false }
        return cluster.object(id) == nil && !blocked.contains(reference.origin.location) && !isProduct(id)
          && !externals.contains(kind: id.kind, namespace: id.namespace, name: id.name)
          && !mayExistUnseen(reference, for: object.id)
          && !comesWithCluster(id)
      }.map { gap($0, of: object) }
    }
  }

  private func gap(_ reference: ObjectRef, of object: AppliedObject) -> Gap {
    Gap(
      kind: "dependency-unknown",
      message: "\(object.id) waits for \(reference.id), which nothing in the repository is known to make: whether it "
        + "ever begins is not known",
      help: "Where something outside of Flux makes it, `externals` in .sluice.yaml can say so of Secrets, ConfigMaps, "
        + "ServiceAccounts, Namespaces and CRDs",
      location: reference.origin.location, related: object.trace, object: object.reference)
  }

  /// Whether an object comes with Kubernetes, or with the installation of Flux and of its operator.
  public func comesWithCluster(_ id: ObjectID) -> Bool {
    switch (id.group, id.kind) {
    case ("apiextensions.k8s.io", "CustomResourceDefinition"):
      guard let kind = FluxKind.allCases.first(where: { $0.definitionName == id.name }) else { return false }
      let component = kind == .externalArtifact ? "source-controller" : kind.controller
      return component.map(isInstalled) ?? true
    case ("", "Namespace"): return NamespaceMakers.given(in: cluster).contains(id.name)
    case ("", "ServiceAccount"): return id.name == "default" || isInstalled(id.name)
    case ("", "ConfigMap"): return id.name == "kube-root-ca.crt"
    case ("apps", "Deployment"), ("", "Service"): return isInstalled(id.name)
    default: return FluxKind.fluxReport.group == id.group && id.kind == FluxKind.fluxReport.rawValue
    }
  }

  /// Whether a controller, or the Deployment of a shard, is part of the installation, or may be.
  private func isInstalled(_ name: String) -> Bool {
    if name == "flux-operator" { return true }
    guard cluster.settings.areKnown else { return FluxKind.allCases.contains { $0.controller == name } }
    return cluster.settings.instances.contains { $0.component == name || $0.name == name }
  }
}

extension FluxKind {
  /// The name of the CustomResourceDefinition.
  var definitionName: String {
    let name = rawValue.lowercased()
    return (name.hasSuffix("y") ? name.dropLast() + "ies" : name + "s") + "." + group
  }
}
