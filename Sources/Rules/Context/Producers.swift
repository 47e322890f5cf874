import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import YAML

/// Objects that other objects make in the cluster: operators turn them into Secrets and ConfigMaps.
public enum Producers {
  /// Stands for every namespace.
  static let anywhere = "*"

  /// The identities of the Secrets and ConfigMaps that the objects of a cluster make.
  static func products(in cluster: Cluster) -> Set<ObjectID> {
    var found: Set<ObjectID> = []
    for object in cluster.objects { found.formUnion(made(by: object) + copies(of: object)) }
    return found
  }

  /// The Secrets and ConfigMaps that an operator makes of one object.
  public static func made(by object: AppliedObject) -> [ObjectID] {
    let node = object.manifest.node
    let name = object.id.name
    func secret(_ field: Node?, in namespace: String? = nil) -> ObjectID {
      let written = field?.scalar?.text ?? ""
      return Self.secret(written.isEmpty ? name : written, in: namespace ?? object.id.namespace)
    }
    switch (object.id.group, object.id.kind) {
    case ("external-secrets.io", "ExternalSecret"):
      // `Merge` changes a Secret that is there, `None` makes none.
      let policy = node[path: "spec", "target", "creationPolicy"]?.scalar?.text
      return policy == "Merge" || policy == "None" ? [] : [secret(node[path: "spec", "target", "name"])]
    case ("external-secrets.io", "ClusterExternalSecret"):
      let target =
        node[path: "spec", "externalSecretSpec", "target", "name"] ?? node[path: "spec", "externalSecretName"]
      return [secret(target, in: anywhere)]
    case ("bitnami.com", "SealedSecret"): return [secret(node[path: "spec", "template", "metadata", "name"])]
    case ("cert-manager.io", "Certificate"): return [secret(node[path: "spec", "secretName"])]
    case ("trust.cert-manager.io", "Bundle"):
      return [ObjectID(group: "", kind: "ConfigMap", namespace: anywhere, name: name), secret(nil, in: anywhere)]
    case ("secrets.hashicorp.com", _): return [secret(node[path: "spec", "destination", "name"])]
    case ("isindir.github.com", "SopsSecret"):
      return [secret(nil)] + (node[path: "spec", "secretTemplates"]?.sequence ?? []).map { secret($0["name"]) }
    case ("onepassword.com", "OnePasswordItem"), ("secrets.infisical.com", _): return [secret(nil)]
    case ("objectbucket.io", "ObjectBucketClaim"):
      return [secret(nil), ObjectID(group: "", kind: "ConfigMap", namespace: object.id.namespace, name: name)]
    case ("postgresql.cnpg.io", "Cluster"):
      return ["app", "superuser", "ca", "server"].map { Self.secret("\(name)-\($0)", in: object.id.namespace) }
    default:
      // What Crossplane and its like leave behind of whatever they make.
      guard let reference = node[path: "spec", "writeConnectionSecretToRef"], let name = reference["name"] else {
        return []
      }
      return [secret(name, in: reference["namespace"]?.scalar?.text)]
    }
  }

  /// What copies an object into other namespaces: an annotation, on itself or in the template of what makes it.
  private static func copies(of object: AppliedObject) -> [ObjectID] {
    let node = object.manifest.node
    let template = node[path: "spec", "target", "template", "metadata"] ?? node[path: "spec", "template", "metadata"]
    let annotations = [node[path: "metadata", "annotations"], template?["annotations"]]
    let isCopied = copiers.contains { copier in
      annotations.contains { $0?[copier]?.scalar.map { $0.text != "false" } ?? false }
    }
    guard isCopied else { return [] }
    let originals =
      ["Secret", "ConfigMap"].contains(object.id.kind) && object.id.group.isEmpty ? [object.id] : made(by: object)
    return originals.map { ObjectID(group: "", kind: $0.kind, namespace: anywhere, name: $0.name) }
  }

  /// The annotations of reflector, kubernetes-replicator and config-syncer.
  private static let copiers = [
    "reflector.v1.k8s.emberstack.com/reflection-auto-enabled", "replicator.v1.mittwald.de/replicate-to",
    "replicator.v1.mittwald.de/replicate-to-matching", "kubed.appscode.com/sync",
  ]

  private static func secret(_ name: String, in namespace: String) -> ObjectID {
    ObjectID(group: "", kind: "Secret", namespace: namespace, name: name)
  }
}

extension RuleContext {
  /// Whether something brings a ConfigMap or Secret into the cluster: a file, an operator, the configuration's word, or
  /// something whose objects are not known.
  func exists(_ id: ObjectID, for referrer: ObjectID) -> Bool {
    cluster.object(id) != nil || facts.isProduct(id) || isExternal(id)
      || facts.mayExistUnseen(id, for: referrer)
  }
}
