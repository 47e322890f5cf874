import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import YAML

/// Objects that other objects make in the cluster: operators turn them into Secrets and ConfigMaps.
enum Producers {
  /// The identities of the Secrets and ConfigMaps that the objects of a cluster make.
  static func products(in cluster: Cluster) -> Set<ObjectID> {
    var found: Set<ObjectID> = []
    for object in cluster.objects {
      guard let product = product(of: object) else { continue }
      found.insert(product)
    }
    return found
  }

  private static func product(of object: AppliedObject) -> ObjectID? {
    let node = object.manifest.node
    func secret(_ name: Node?) -> ObjectID {
      let written = name?.scalar?.text ?? ""
      return ObjectID(
        group: "", kind: "Secret", namespace: object.id.namespace, name: written.isEmpty ? object.id.name : written)
    }
    switch (object.id.group, object.id.kind) {
    case ("external-secrets.io", "ExternalSecret"):
      // `Merge` changes a Secret that is there, `None` makes none.
      let policy = node[path: "spec", "target", "creationPolicy"]?.scalar?.text
      return policy == "Merge" || policy == "None" ? nil : secret(node[path: "spec", "target", "name"])
    case ("bitnami.com", "SealedSecret"): return secret(node[path: "spec", "template", "metadata", "name"])
    case ("cert-manager.io", "Certificate"): return secret(node[path: "spec", "secretName"])
    case ("secrets.hashicorp.com", _): return secret(node[path: "spec", "destination", "name"])
    case ("onepassword.com", "OnePasswordItem"), ("secrets.infisical.com", _), ("isindir.github.com", "SopsSecret"):
      return secret(nil)
    default: return nil
    }
  }
}

extension RuleContext {
  /// Whether something brings a ConfigMap or Secret into the cluster: a file, an operator, the configuration's word, or
  /// something whose objects are not known.
  func exists(_ id: ObjectID, for referrer: ObjectID) -> Bool {
    cluster.object(id) != nil || facts.products.contains(id) || isExternal(id)
      || facts.mayExistUnseen(id, for: referrer)
  }
}
