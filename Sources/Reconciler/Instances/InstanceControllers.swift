import Diagnostics
import Flux
import Kubernetes
import YAML

/// The Deployments of the controllers that an instance installs, as far as flags and patches go.
struct InstanceControllers {
  let instance: Instance
  let version: FluxVersion

  /// A flag that the operator adds, for these controllers, because of a field.
  private struct Flag {
    var controllers: [String]
    var text: String
    var origin: Origin
  }

  private static let tenants = [
    "kustomize-controller", "helm-controller", "notification-controller", "image-reflector-controller",
    "image-automation-controller", "source-watcher",
  ]
  private static let appliers = ["kustomize-controller", "helm-controller"]
  private static let identified = [
    "source-controller", "notification-controller", "image-reflector-controller", "image-automation-controller",
  ]

  /// The Deployments before the instance's own patches.
  var deployments: [Node] {
    deployments(instance.components, with: multitenancy + externalArtifacts + workloadIdentity + remainder)
  }

  private func deployments(_ components: [String], with flags: [Flag], annotations: String = "{}") -> [Node] {
    components.compactMap { component in
      let made = Self.skeleton(component, namespace: instance.namespace, annotations: annotations)
      guard var deployment = made else { return nil }
      let added = flags.filter { $0.controllers.contains(component) }
        .map { Node(string: $0.text, origin: $0.origin) }
      deployment.addArguments(added)
      return deployment
    }
  }

  // MARK: shards (flux-operator, internal/builder)

  private var sharded: [String] {
    [
      "source-controller", "kustomize-controller", "helm-controller", "image-reflector-controller",
      "image-automation-controller",
    ] + (version >= .v29 ? ["source-watcher"] : [])
  }

  /// The names of the shards, and the label that assigns objects to them.
  private var sharding: (key: String, names: [Node])? {
    guard let sharding = instance.spec["sharding"], let names = sharding["shards"]?.sequence, !names.isEmpty else {
      return nil
    }
    return (sharding["key"]?.scalar?.text ?? "sharding.fluxcd.io/key", names)
  }

  /// With shards, the controllers themselves leave alone what is assigned to any.
  private var remainder: [Flag] {
    guard let sharding else { return [] }
    return [
      Flag(
        controllers: sharded, text: "--watch-label-selector=!\(sharding.key)", origin: sharding.names[0].origin)
    ]
  }

  /// The Deployments of each shard, under the names of the controllers they are copies of.
  var shards: [(name: String, deployments: [Node])] {
    guard let sharding else { return [] }
    let components = instance.components.filter(sharded.contains)
    return sharding.names.compactMap { name in
      guard let text = name.scalar?.text else { return nil }
      let flag = Flag(
        controllers: sharded, text: "--watch-label-selector=\(sharding.key)=\(text)", origin: name.origin)
      return (text, deployments(components, with: [flag], annotations: "{sharding.fluxcd.io/role: shard}"))
    }
  }

  // MARK: flags (flux-operator, internal/builder/profiles.go and workload_identity.go)

  private func account(_ field: String, or origin: Origin) -> (name: String, origin: Origin) {
    guard let node = instance.spec[path: "cluster", field], let name = node.scalar?.text, !name.isEmpty else {
      return ("default", origin)
    }
    return (name, node.origin)
  }

  private var multitenancy: [Flag] {
    guard let field = instance.switchedOn("multitenant") else { return [] }
    let account = account("tenantDefaultServiceAccount", or: field.origin)
    return [
      Flag(controllers: Self.tenants, text: "--no-cross-namespace-refs=true", origin: field.origin),
      Flag(controllers: ["kustomize-controller"], text: "--no-remote-bases=true", origin: field.origin),
      Flag(controllers: Self.appliers, text: "--default-service-account=\(account.name)", origin: account.origin),
    ]
  }

  /// With source-watcher, the appliers take ExternalArtifacts.
  private var externalArtifacts: [Flag] {
    let component = instance.spec["components"]?.sequence?.first { $0.scalar?.text == "source-watcher" }
    guard let component else { return [] }
    return [
      Flag(controllers: Self.appliers, text: "--feature-gates=ExternalArtifact=true", origin: component.origin)
    ]
  }

  private var workloadIdentity: [Flag] {
    let field = instance.switchedOn("objectLevelWorkloadIdentity")
    let origin = (field ?? instance.spec[path: "cluster", "objectLevelWorkloadIdentity"] ?? instance.spec).origin
    let early = Self.identified + ["kustomize-controller"]
    guard version >= .v27 else {
      guard version >= FluxVersion(minor: 6), field != nil else { return [] }
      return [Flag(controllers: early, text: "--feature-gates=ObjectLevelWorkloadIdentity=true", origin: origin)]
    }
    var flags = [
      Flag(
        controllers: early + ["helm-controller"],
        text: "--feature-gates=ObjectLevelWorkloadIdentity=\(field != nil)", origin: origin)
    ]
    guard field != nil, let multitenant = instance.switchedOn("multitenantWorkloadIdentity") else { return flags }
    let own = account("tenantDefaultServiceAccount", or: multitenant.origin)
    let decryption = account("tenantDefaultDecryptionServiceAccount", or: multitenant.origin)
    let kubeConfig = account("tenantDefaultKubeConfigServiceAccount", or: multitenant.origin)
    flags += [
      Flag(controllers: Self.identified, text: "--default-service-account=\(own.name)", origin: own.origin),
      Flag(
        controllers: ["kustomize-controller"], text: "--default-decryption-service-account=\(decryption.name)",
        origin: decryption.origin),
      Flag(
        controllers: Self.appliers, text: "--default-kubeconfig-service-account=\(kubeConfig.name)",
        origin: kubeConfig.origin),
    ]
    return flags
  }

  // MARK: what patches can point at

  /// What the Deployments of all controllers have in common (`flux install --export`).
  private static func skeleton(_ component: String, namespace: String, annotations: String) -> Node? {
    let isStore = component == "source-controller" || component == "source-watcher"
    let storage =
      isStore
      ? "\n            - --storage-path=/data\n            - --storage-adv-addr=\(component).$(RUNTIME_NAMESPACE).svc.cluster.local."
      : ""
    let mounts =
      isStore ? "[{mountPath: /data, name: data}, {mountPath: /tmp, name: tmp}]" : "[{mountPath: /tmp, name: temp}]"
    let volumes = isStore ? "[{emptyDir: {}, name: data}, {emptyDir: {}, name: tmp}]" : "[{emptyDir: {}, name: temp}]"
    let text = """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: \(component)
        namespace: \(namespace)
        annotations: \(annotations)
        labels: {app.kubernetes.io/component: \(component), app.kubernetes.io/part-of: flux, control-plane: controller}
      spec:
        replicas: 1
        selector: {matchLabels: {app: \(component)}}
        template:
          metadata:
            annotations: {prometheus.io/port: "8080", prometheus.io/scrape: "true"}
            labels: {app: \(component)}
          spec:
            containers:
            - args:
              - --events-addr=http://notification-controller.$(RUNTIME_NAMESPACE).svc.cluster.local./
              - --watch-all-namespaces=true
              - --log-level=info
              - --log-encoding=json
              - --enable-leader-election\(storage)
              env:
              - {name: RUNTIME_NAMESPACE, valueFrom: {fieldRef: {fieldPath: metadata.namespace}}}
              image: ghcr.io/fluxcd/\(component)
              imagePullPolicy: IfNotPresent
              livenessProbe: {httpGet: {path: /healthz, port: healthz}}
              name: manager
              ports:
              - {containerPort: 8080, name: http-prom, protocol: TCP}
              - {containerPort: 9440, name: healthz, protocol: TCP}
              readinessProbe: {httpGet: {path: /readyz, port: healthz}}
              resources: {limits: {cpu: 1000m, memory: 1Gi}, requests: {cpu: 100m, memory: 64Mi}}
              securityContext:
                allowPrivilegeEscalation: false
                capabilities: {drop: [ALL]}
                readOnlyRootFilesystem: true
                runAsNonRoot: true
                seccompProfile: {type: RuntimeDefault}
              volumeMounts: \(mounts)
            nodeSelector: {kubernetes.io/os: linux}
            priorityClassName: system-cluster-critical
            securityContext: {fsGroup: 1337}
            serviceAccountName: \(component)
            terminationGracePeriodSeconds: 60
            volumes: \(volumes)
      """
    return try? YAMLReader.read(text: text, path: "<flux-operator>").first?.root
  }
}

extension Node {
  /// Adds arguments to the first container of a Deployment.
  fileprivate mutating func addArguments(_ arguments: [Node]) {
    guard !arguments.isEmpty else { return }
    change(["spec", "template", "spec", "containers"][...]) { containers in
      _ = containers.withSequence { items in
        guard !items.isEmpty else { return }
        items[0].change(["args"]) { args in
          _ = args.withSequence { $0 += arguments }
        }
      }
    }
  }

  /// Changes the value at a path of keys, if it is there.
  private mutating func change(_ path: ArraySlice<String>, _ body: (inout Node) -> Void) {
    guard let key = path.first else { return body(&self) }
    _ = withMapping { mapping in
      mapping.withValue(of: key) { $0.change(path.dropFirst(), body) }
    }
  }
}
