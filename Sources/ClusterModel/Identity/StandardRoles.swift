/// The roles that every cluster has, as far as they say who may change what (Kubernetes: `bootstrappolicy`).
enum StandardRoles {
  /// The rules of a ClusterRole that Kubernetes brings along; nil for any other.
  static func rules(of name: String) -> [AccessRule]? {
    switch name {
    case "cluster-admin": [AccessRule(apiGroups: ["*"], resources: ["*"], verbs: ["*"])]
    case "admin": viewing + editing + administrating
    case "edit": viewing + editing
    case "view": viewing
    default: nil
    }
  }

  /// The label by which a ClusterRole adds its rules to one of those; nil where that is not possible.
  static func aggregationLabel(of name: String) -> String? {
    ["admin", "edit", "view"].contains(name) ? "rbac.authorization.k8s.io/aggregate-to-\(name)" : nil
  }

  private static let reading = ["get", "list", "watch"]
  private static let writing = ["create", "delete", "deletecollection", "patch", "update"]

  private static let viewing =
    [
      AccessRule(
        apiGroups: [""],
        resources: [
          "configmaps", "endpoints", "persistentvolumeclaims", "persistentvolumeclaims/status", "pods",
          "replicationcontrollers", "replicationcontrollers/scale", "serviceaccounts", "services", "services/status",
          "bindings", "events", "limitranges", "namespaces/status", "pods/log", "pods/status",
          "replicationcontrollers/status", "resourcequotas", "resourcequotas/status", "namespaces",
        ], verbs: reading),
      AccessRule(apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: reading),
      AccessRule(apiGroups: ["apps"], resources: ["controllerrevisions"] + workloads, verbs: reading),
    ] + common.map { AccessRule(apiGroups: [$0.group], resources: $0.resources, verbs: reading) }

  private static let editing =
    [
      AccessRule(
        apiGroups: [""],
        resources: [
          "pods", "pods/attach", "pods/exec", "pods/portforward", "pods/proxy", "configmaps", "events",
          "persistentvolumeclaims", "replicationcontrollers", "replicationcontrollers/scale", "secrets",
          "serviceaccounts", "services", "services/proxy",
        ], verbs: writing),
      AccessRule(
        apiGroups: [""],
        resources: ["pods/attach", "pods/exec", "pods/portforward", "pods/proxy", "secrets", "services/proxy"],
        verbs: reading),
      AccessRule(apiGroups: [""], resources: ["serviceaccounts"], verbs: ["impersonate"]),
      AccessRule(apiGroups: [""], resources: ["pods/eviction", "serviceaccounts/token"], verbs: ["create"]),
      AccessRule(apiGroups: ["apps"], resources: workloads, verbs: writing),
      AccessRule(apiGroups: ["coordination.k8s.io"], resources: ["leases"], verbs: writing + reading),
    ] + common.map { AccessRule(apiGroups: [$0.group], resources: $0.resources, verbs: writing) }

  private static let administrating = [
    AccessRule(
      apiGroups: ["rbac.authorization.k8s.io"], resources: ["roles", "rolebindings"], verbs: writing + reading),
    AccessRule(apiGroups: ["authorization.k8s.io"], resources: ["localsubjectaccessreviews"], verbs: ["create"]),
  ]

  private static let workloads = [
    "daemonsets", "deployments", "deployments/scale", "replicasets", "replicasets/scale", "statefulsets",
    "statefulsets/scale",
  ]

  private static let common: [(group: String, resources: [String])] = [
    ("autoscaling", ["horizontalpodautoscalers"]),
    ("batch", ["cronjobs", "jobs"]),
    ("extensions", ["daemonsets", "deployments", "ingresses", "networkpolicies", "replicasets"]),
    ("policy", ["poddisruptionbudgets"]),
    ("networking.k8s.io", ["ingresses", "networkpolicies"]),
  ]
}
