import Diagnostics
import Kubernetes
import YAML

/// `spec.sync` of an instance: the source and the Kustomization that the operator makes of it (flux-operator,
/// internal/builder/templates.go).
struct InstanceSync {
  let instance: Instance
  /// The field itself.
  let sync: Node

  /// Nil when the instance synchronises nothing.
  init?(_ instance: Instance) {
    guard let sync = instance.spec["sync"], sync.mapping != nil, sync["url"] != nil || sync["path"] != nil else {
      return nil
    }
    self.instance = instance
    self.sync = sync
  }

  private var made: MadeObject { MadeObject(origin: sync.origin) }
  private var kind: String { sync["kind"]?.scalar?.text ?? "GitRepository" }
  /// Both are named after the namespace unless told otherwise.
  private var name: Node {
    sync["name"].flatMap { $0.scalar?.text.isEmpty == false ? $0 : nil } ?? made.text(instance.namespace)
  }
  private var metadata: [(String, Node)] { [("name", name), ("namespace", made.text(instance.namespace))] }

  /// The source, then the Kustomization, with the instance's patches and the metadata of all that it installs.
  var objects: [Manifest] {
    let metadata = InstanceMetadata(instance)
    return InstancePatches(instance).applied(to: written).objects.compactMap { Manifest(metadata.applied(to: $0)) }
  }

  /// As before the patches.
  var written: [Node] { [source, kustomization] }

  private var source: Node {
    var spec = [("interval", sync["interval"] ?? made.text("1m"))]
    func add(_ field: String, _ node: Node?) {
      if let node { spec.append((field, node)) }
    }
    switch kind {
    case "Bucket":
      add("bucketName", sync["ref"])
      add("endpoint", sync["url"])
    case "OCIRepository":
      add("ref", sync["ref"].map { made.mapping([("tag", $0)]) })
      add("url", sync["url"])
    default:
      add("ref", sync["ref"].map { made.mapping([("name", $0)]) })
      add("url", sync["url"])
    }
    add("secretRef", sync["pullSecret"].map { made.mapping([("name", $0)]) })
    add("provider", sync["provider"])
    return made.object("\(FluxGroups.source)/v1", kind, metadata: metadata, spec: spec)
  }

  private var kustomization: Node {
    var spec = [
      ("interval", made.text("10m0s")), ("path", sync["path"] ?? made.text("./")),
      ("prune", Node(scalar: .bool(true), origin: sync.origin)),
      ("sourceRef", made.mapping([("kind", made.text(kind)), ("name", name)])),
    ]
    if let multitenant = instance.switchedOn("multitenant") {
      spec.append(("serviceAccountName", Node(string: "kustomize-controller", origin: multitenant.origin)))
    }
    return made.object("\(FluxGroups.kustomize)/v1", "Kustomization", metadata: metadata, spec: spec)
  }
}
