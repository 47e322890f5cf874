import Kustomize
import Testing

/// Generators and transformers that have files of their own.
@Suite struct PluginTests {
  private static func fixture(_ transformer: String) -> Fixture {
    Fixture(
      stringLiteral: """
        == kustomization.yaml
        resources: [web.yaml]
        transformers: [change.yaml]
        == change.yaml
        apiVersion: builtin
        metadata: {name: change, namespace: shop}
        \(transformer)
        == web.yaml
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec: {replicas: 1, template: {spec: {containers: [{name: web, image: web}]}}}
        """)
  }

  @Test(arguments: [
    ("kind: NamespaceTransformer", "namespace: shop"),
    (
      "kind: LabelTransformer\nlabels: {a: 1}\nfieldSpecs: [{path: metadata/labels, create: true}]",
      "labels:\n    a: \"1\""
    ),
    (
      "kind: AnnotationsTransformer\nannotations: {a: b}\nfieldSpecs: [{path: metadata/annotations, create: true}]",
      "annotations:\n    a: b"
    ),
    ("kind: PrefixTransformer\nprefix: x-\nfieldSpecs: [{path: metadata/name}]", "name: x-web"),
    ("kind: PrefixSuffixTransformer\nprefix: x-\nsuffix: -y\nfieldSpecs: [{path: metadata/name}]", "name: x-web-y"),
    ("kind: ImageTagTransformer\nimageTag: {name: web, newTag: v2}", "image: web:v2"),
    (
      "kind: ReplicaCountTransformer\nreplica: {name: web, count: 4}\nfieldSpecs: [{path: spec/replicas, kind: Deployment}]",
      "replicas: 4"
    ),
    (
      "kind: PatchTransformer\ntarget: {name: web}\npatch: '[{\"op\": \"add\", \"path\": \"/spec/paused\", \"value\": true}]'",
      "paused: true"
    ),
    (
      "kind: PatchJson6902Transformer\ntarget: {name: web}\njsonOp: '[{\"op\": \"add\", \"path\": \"/spec/paused\", \"value\": true}]'",
      "paused: true"
    ),
    (
      "kind: PatchStrategicMergeTransformer\npatches: |\n  {apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {paused: true}}",
      "paused: true"
    ),
    (
      "kind: ReplacementTransformer\nreplacements:\n- source: {kind: Deployment}\n  targets: [{select: {kind: Deployment}, fieldPaths: [spec.serviceName], options: {create: true}}]",
      "serviceName: web"
    ),
    ("kind: ValueAddTransformer\nvalue: east\ntargets: [{fieldPath: spec/region}]", "region: east"),
  ])
  func changes(_ transformer: String, _ wanted: String) throws {
    let output = try Self.fixture(transformer).output()
    #expect(output.contains(wanted), "\(output)")
  }

  @Test(arguments: [
    ("kind: Shouter", "there is no built-in transformer 'Shouter'"),
    ("kind: ConfigMapGenerator\nname: x", "ConfigMapGenerator makes objects: list it under 'generators'"),
  ])
  func refuses(_ transformer: String, _ wanted: String) throws {
    #expect(try Self.fixture(transformer).error().contains(wanted))
  }

  @Test func pluginsComeInlineInFilesAndInDirectories() throws {
    let fixture: Fixture = """
      == kustomization.yaml
      generators:
      - |
        apiVersion: builtin
        kind: ConfigMapGenerator
        metadata: {name: inline}
        options: {disableNameSuffixHash: true}
      - file.yaml
      - directory
      == file.yaml
      apiVersion: builtin
      kind: SecretGenerator
      metadata: {name: file}
      literals: [a=b]
      options: {disableNameSuffixHash: true}
      == directory/kustomization.yaml
      resources: [account.yaml]
      == directory/account.yaml
      apiVersion: builtin
      kind: IAMPolicyGenerator
      metadata: {name: account}
      cloud: gke
      kubernetesService: {name: robot}
      serviceAccount: {name: google-robot, projectId: shop}
      """
    #expect(
      try fixture.output() == """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: inline
        ---
        apiVersion: v1
        data:
          a: Yg==
        kind: Secret
        metadata:
          name: file
        type: Opaque
        ---
        apiVersion: v1
        kind: ServiceAccount
        metadata:
          annotations:
            iam.gke.io/gcp-service-account: google-robot@shop.iam.gserviceaccount.com
          name: robot

        """)
  }

  @Test func otherPluginsAreNotRun() throws {
    let fixture: Fixture = """
      == kustomization.yaml
      resources: []
      generators: [make.yaml]
      == make.yaml
      {apiVersion: example.com/v1, kind: Maker, metadata: {name: make}}
      """
    #expect(try fixture.error().hasPrefix("make.yaml:1:36: external plugins are not run; 'example.com/v1 Maker'"))
  }

  @Test func validatorsMayNotChangeAnything() throws {
    let fixture: Fixture = """
      == kustomization.yaml
      resources: [web.yaml]
      validators: [check.yaml]
      == web.yaml
      {apiVersion: v1, kind: Service, metadata: {name: web}}
      == check.yaml
      {apiVersion: builtin, kind: NamespaceTransformer, metadata: {name: check, namespace: shop}}
      """
    #expect(try fixture.error().contains("which a validator may not"))
  }

  @Test func chartsNeedSomebodyWhoRendersThem() throws {
    let fixture: Fixture = "== kustomization.yaml\nhelmCharts:\n- {name: redis}"
    #expect(
      try fixture.error()
        == "kustomization.yaml:2:3: the chart 'redis' is not rendered: charts are not enabled for this build")
  }
}
