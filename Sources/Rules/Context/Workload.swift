import ClusterModel
import Kubernetes
import YAML

/// An object that makes pods, as it is applied.
struct Workload {
  /// A container of its pods.
  struct Container {
    /// `containers`, `initContainers` or `ephemeralContainers`.
    var list: String
    /// Its name.
    var name: String
    /// All of it.
    var node: Node

    /// What tells it apart from the others.
    var field: String { "\(list)[\(name)]" }
  }

  /// The specification of its pods.
  let pod: Node
  /// All containers.
  let containers: [Container]

  /// A workload; nil when the object makes no pods.
  init?(_ object: AppliedObject) {
    self.init(group: object.id.group, kind: object.id.kind, object.manifest.node)
  }

  /// The same object in another version.
  init?(group: String, kind: String, _ node: Node) {
    guard let path = Self.podPath(group: group, kind: kind) else { return nil }
    var pod = node
    for key in path {
      guard let next = pod[key] else { return nil }
      pod = next
    }
    self.pod = pod
    containers = ["containers", "initContainers", "ephemeralContainers"].flatMap { list in
      (pod[list]?.sequence ?? []).map { Container(list: list, name: $0["name"]?.scalar?.text ?? "", node: $0) }
    }
  }

  /// Where the pods' specification stands in an object.
  static func podPath(group: String, kind: String) -> [String]? {
    switch (group, kind) {
    case ("", "Pod"): ["spec"]
    case ("apps", "Deployment"), ("apps", "StatefulSet"), ("apps", "DaemonSet"), ("apps", "ReplicaSet"),
      ("", "ReplicationController"), ("batch", "Job"):
      ["spec", "template", "spec"]
    case ("batch", "CronJob"): ["spec", "jobTemplate", "spec", "template", "spec"]
    default: nil
    }
  }
}

extension Node {
  /// The boolean that this is; nil for anything else.
  var flag: Bool? {
    if case .bool(let flag)? = scalar?.resolved { flag } else { nil }
  }

  /// The whole number that this is; nil for anything else.
  var number: Int64? {
    if case .int(let number)? = scalar?.resolved { Int64(number) } else { nil }
  }

  /// The texts of a list.
  var texts: [String] { sequence?.compactMap { $0.scalar?.text } ?? [] }
}
