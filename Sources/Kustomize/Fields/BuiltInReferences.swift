import Kubernetes

// The fields in which kustomize 5.8.1 looks for names of other objects.
extension FieldTables {
  static let builtInReferences: [NameReference] = [
    reference("Deployment", to: scaled),
    reference("ReplicationController", to: scaled),
    reference("ReplicaSet", to: scaled),
    reference("StatefulSet", to: scaled),
    reference("ConfigMap", version: "v1", to: configMaps),
    reference("Secret", version: "v1", to: secrets),
    reference("Service", version: "v1", to: services),
    reference("Role", group: rbac, to: [FieldSpec("roleRef/name", group: rbac, kind: "RoleBinding")]),
    reference(
      "ClusterRole", group: rbac,
      to: ["RoleBinding", "ClusterRoleBinding"].map { FieldSpec("roleRef/name", group: rbac, kind: $0) }),
    reference("ServiceAccount", version: "v1", to: serviceAccounts),
    reference(
      "PersistentVolumeClaim", version: "v1", to: inPods("volumes/persistentVolumeClaim/claimName")),
    reference(
      "PersistentVolume", version: "v1",
      to: [
        FieldSpec("spec/volumeName", kind: "PersistentVolumeClaim"),
        FieldSpec("rules/resourceNames", kind: "ClusterRole"),
      ]),
    reference(
      "StorageClass", group: "storage.k8s.io", version: "v1",
      to: [
        FieldSpec("spec/storageClassName", kind: "PersistentVolume"),
        FieldSpec("spec/storageClassName", kind: "PersistentVolumeClaim"),
        FieldSpec("spec/volumeClaimTemplates/spec/storageClassName", kind: "StatefulSet"),
      ]),
    reference("PriorityClass", group: "scheduling.k8s.io", version: "v1", to: inPods("priorityClassName")),
    // The group is kustomize's own slip: it selects no type, so that the name is never corrected.
    reference(
      "IngressClass", group: "networking.k8s.io/v1", version: "v1",
      to: [FieldSpec("spec/ingressClassName", kind: "Ingress")]),
    reference(
      "ValidatingAdmissionPolicy", group: admission,
      to: [FieldSpec("spec/policyName", group: admission, kind: "ValidatingAdmissionPolicyBinding")]),
  ]

  private static let rbac = "rbac.authorization.k8s.io"
  private static let admission = "admissionregistration.k8s.io"
  private static let scaled = [FieldSpec("spec/scaleTargetRef/name", kind: "HorizontalPodAutoscaler")]
  private static let roles = ["Role", "ClusterRole"].map { FieldSpec("rules/resourceNames", kind: $0) }

  private static func reference(
    _ kind: String, group: String = "", version: String = "", to referrers: [FieldSpec]
  ) -> NameReference {
    NameReference(target: GroupVersionKind(group: group, version: version, kind: kind), referrers: referrers)
  }

  /// A field of the pods of every kind that has a service account.
  private static func inPods(_ path: String) -> [FieldSpec] {
    BuiltInTemplates.forAccounts.map { kind, prefix in FieldSpec(prefix + path, kind: kind) }
  }

  /// Fields of the pods of every kind that has volumes.
  private static func inVolumes(_ paths: [String]) -> [FieldSpec] {
    BuiltInTemplates.forVolumes.flatMap { kind, prefix in
      paths.map { FieldSpec(prefix + $0, version: kind == "Pod" ? "v1" : "", kind: kind) }
    }
  }

  private static let configMaps: [FieldSpec] =
    inVolumes([
      "volumes/configMap/name", "containers/env/valueFrom/configMapKeyRef/name",
      "initContainers/env/valueFrom/configMapKeyRef/name", "containers/envFrom/configMapRef/name",
      "initContainers/envFrom/configMapRef/name", "volumes/projected/sources/configMap/name",
    ]) + [FieldSpec("spec/configSource/configMap", kind: "Node")] + roles + [
      FieldSpec("metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap", kind: "Ingress")
    ]

  private static let secrets: [FieldSpec] =
    inVolumes([
      "volumes/secret/secretName", "containers/env/valueFrom/secretKeyRef/name",
      "initContainers/env/valueFrom/secretKeyRef/name", "containers/envFrom/secretRef/name",
      "initContainers/envFrom/secretRef/name", "imagePullSecrets/name", "volumes/projected/sources/secret/name",
    ]) + roles
    + [
      "spec/tls/secretName", "metadata/annotations/ingress.kubernetes.io\\/auth-secret",
      "metadata/annotations/nginx.ingress.kubernetes.io\\/auth-secret",
      "metadata/annotations/nginx.ingress.kubernetes.io\\/auth-tls-secret",
    ].map { FieldSpec($0, kind: "Ingress") }
    + ["secretName", "adminSecretName", "userSecretName", "secretRef"].map {
      FieldSpec("parameters/\($0)", kind: "StorageClass")
    } + [
      FieldSpec("imagePullSecrets/name", kind: "ServiceAccount"),
      FieldSpec(
        "spec/template/spec/containers/env/valueFrom/secretKeyRef/name", group: "serving.knative.dev", version: "v1",
        kind: "Service"),
      FieldSpec("spec/azureFile/secretName", kind: "PersistentVolume"),
    ]

  private static let services: [FieldSpec] =
    [
      "spec/rules/http/paths/backend/serviceName", "spec/backend/serviceName",
      "spec/rules/http/paths/backend/service/name", "spec/defaultBackend/service/name",
    ].map { FieldSpec($0, kind: "Ingress") } + [
      FieldSpec("spec/serviceName", group: "apps", kind: "StatefulSet"),
      FieldSpec("spec/service/name", group: "apiregistration.k8s.io", kind: "APIService"),
      FieldSpec("webhooks/clientConfig/service", group: admission, kind: "ValidatingWebhookConfiguration"),
      FieldSpec("webhooks/clientConfig/service", group: admission, kind: "MutatingWebhookConfiguration"),
    ]

  private static let serviceAccounts: [FieldSpec] =
    ["RoleBinding", "ClusterRoleBinding"].map { FieldSpec("subjects", group: rbac, kind: $0) }
    + inPods("serviceAccountName")
}
