import Kubernetes

// The fields that kustomize 5.8.1 works on without configuration.
extension FieldTables {
  /// The built-in tables.
  package static let builtIn: FieldTables = {
    var found = FieldTables()
    found.tables = [
      .namePrefix: [FieldSpec("metadata/name")],
      .nameSuffix: [FieldSpec("metadata/name")],
      .namespace: namespaces,
      .commonLabels: selectors + metadata("labels"),
      .templateLabels: metadata("labels"),
      .commonAnnotations: metadata("annotations"),
      .varReference: variables,
      .images: images,
      .replicas: ["Deployment", "ReplicationController", "ReplicaSet", "StatefulSet"].map {
        FieldSpec("spec/replicas", kind: $0, create: true)
      },
    ]
    found.nameReferences = builtInReferences
    found.sort()
    return found
  }()

  private static let namespaces = [
    FieldSpec("metadata/name", kind: "Namespace", create: true),
    FieldSpec("spec/service/namespace", group: "apiregistration.k8s.io", kind: "APIService", create: true),
    FieldSpec(
      "spec/conversion/webhook/clientConfig/service/namespace", group: "apiextensions.k8s.io",
      kind: "CustomResourceDefinition"),
  ]

  private static let images: [FieldSpec] = ["spec/", "spec/template/spec/"].flatMap { prefix in
    ["containers[]/image", "initContainers[]/image", "volumes[]/image/reference"].map {
      FieldSpec(prefix + $0, create: true)
    }
  }

  /// `metadata.labels` or `metadata.annotations` of objects and of the templates in them.
  private static func metadata(_ name: String) -> [FieldSpec] {
    let template = "spec/template/metadata/\(name)"
    var fields = [
      FieldSpec("metadata/\(name)", create: true),
      FieldSpec(template, version: "v1", kind: "ReplicationController", create: true),
      FieldSpec(template, kind: "Deployment", create: true),
      FieldSpec(template, kind: "ReplicaSet", create: true),
      FieldSpec(template, kind: "DaemonSet", create: true),
      FieldSpec(template, group: name == "labels" ? "apps" : "", kind: "StatefulSet", create: true),
      FieldSpec(template, group: "batch", kind: "Job", create: true),
      FieldSpec("spec/jobTemplate/metadata/\(name)", group: "batch", kind: "CronJob", create: true),
      FieldSpec("spec/jobTemplate/\(template)", group: "batch", kind: "CronJob", create: true),
    ]
    if name == "labels" {
      fields.append(
        FieldSpec("spec/volumeClaimTemplates[]/metadata/labels", group: "apps", kind: "StatefulSet", create: true))
    }
    return fields
  }

  /// The selectors that `commonLabels` changes together with the labels.
  private static let selectors: [FieldSpec] = {
    var fields = [
      FieldSpec("spec/selector", version: "v1", kind: "Service", create: true),
      FieldSpec("spec/selector", version: "v1", kind: "ReplicationController", create: true),
      FieldSpec("spec/selector/matchLabels", kind: "Deployment", create: true),
      FieldSpec("spec/selector/matchLabels", kind: "ReplicaSet", create: true),
      FieldSpec("spec/selector/matchLabels", kind: "DaemonSet", create: true),
      FieldSpec("spec/selector/matchLabels", group: "apps", kind: "StatefulSet", create: true),
      FieldSpec("spec/selector/matchLabels", group: "batch", kind: "Job"),
      FieldSpec("spec/jobTemplate/spec/selector/matchLabels", group: "batch", kind: "CronJob"),
      FieldSpec("spec/selector/matchLabels", group: "policy", kind: "PodDisruptionBudget"),
      FieldSpec("spec/podSelector/matchLabels", group: "networking.k8s.io", kind: "NetworkPolicy"),
      FieldSpec("spec/ingress/from/podSelector/matchLabels", group: "networking.k8s.io", kind: "NetworkPolicy"),
      FieldSpec("spec/egress/to/podSelector/matchLabels", group: "networking.k8s.io", kind: "NetworkPolicy"),
    ]
    for kind in ["Deployment", "StatefulSet"] {
      for affinity in ["podAffinity", "podAntiAffinity"] {
        for term in [
          "preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm",
          "requiredDuringSchedulingIgnoredDuringExecution",
        ] {
          let path = "spec/template/spec/affinity/\(affinity)/\(term)/labelSelector/matchLabels"
          fields.append(FieldSpec(path, group: "apps", kind: kind))
        }
      }
      let spread = "spec/template/spec/topologySpreadConstraints/labelSelector/matchLabels"
      fields.append(FieldSpec(spread, group: "apps", kind: kind))
    }
    return fields
  }()

  /// Where `$(VAR)` is replaced.
  private static let variables: [FieldSpec] = {
    let inPod = [
      "containers/args", "containers/command", "containers/env/value", "containers/volumeMounts/mountPath",
      "initContainers/args", "initContainers/command", "initContainers/env/value",
      "initContainers/volumeMounts/mountPath",
    ]
    var fields: [FieldSpec] = []
    for (kind, prefix) in BuiltInTemplates.forVariables {
      fields += inPod.map { FieldSpec(prefix + $0, kind: kind) }
    }
    fields += ["DaemonSet", "Deployment", "Job", "ReplicaSet"].map {
      FieldSpec("spec/template/spec/volumes/nfs/server", kind: $0)
    }
    return fields + [
      FieldSpec("spec/jobTemplate/spec/template/volumes/nfs/server", kind: "CronJob"),
      FieldSpec("spec/volumes/nfs/server", kind: "Pod"),
      FieldSpec("spec/volumeClaimTemplates/spec/nfs/server", kind: "StatefulSet"),
      FieldSpec("spec/nfs/server", kind: "PersistentVolume"),
      FieldSpec("spec/template/metadata/annotations", kind: "Deployment"),
      FieldSpec("spec/rules/host", kind: "Ingress"),
      FieldSpec("spec/tls/hosts", kind: "Ingress"),
      FieldSpec("spec/tls/secretName", kind: "Ingress"),
      FieldSpec("spec/ports/port", kind: "Service"),
      FieldSpec("spec/ports/targetPort", kind: "Service"),
      FieldSpec("metadata/labels"),
      FieldSpec("metadata/annotations"),
    ]
  }()
}

/// Where the kinds keep the specs of their pods.
enum BuiltInTemplates {
  private static let template = "spec/template/spec/"
  private static let jobTemplate = "spec/jobTemplate/spec/template/spec/"

  static let forVariables = [
    ("CronJob", jobTemplate), ("DaemonSet", template), ("Deployment", template), ("Job", template), ("Pod", "spec/"),
    ("ReplicaSet", template), ("StatefulSet", template),
  ]
  /// The kinds whose ConfigMaps and Secrets are known.
  static let forVolumes = [
    ("Pod", "spec/"), ("PodTemplate", "template/spec/"), ("Deployment", template), ("ReplicaSet", template),
    ("DaemonSet", template), ("StatefulSet", template), ("Job", template), ("CronJob", jobTemplate),
  ]
  /// The kinds whose service accounts, claims and priorities are known.
  static let forAccounts = [
    ("Pod", "spec/"), ("StatefulSet", template), ("Deployment", template), ("ReplicationController", template),
    ("CronJob", jobTemplate), ("Job", template), ("DaemonSet", template),
  ]
}
