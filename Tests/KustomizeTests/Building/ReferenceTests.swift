import Kustomize
import Testing

/// References by name follow the objects that are renamed.
@Suite struct ReferenceTests {
  @Test func referencesFollowPrefixesAndHashes() throws {
    let fixture: Fixture = """
      == kustomization.yaml
      namePrefix: live-
      resources: [pod.yaml]
      configMapGenerator: [{name: settings}]
      == pod.yaml
      apiVersion: v1
      kind: Pod
      metadata: {name: web}
      spec:
        volumes:
        - configMap: {name: settings}
        - configMap: {name: elsewhere}
      """
    #expect(
      try fixture.output().contains(
        "- configMap:\n      name: live-settings-6ct58987ht\n  - configMap:\n      name: elsewhere"))
  }

  @Test func roleBindingsFollowTheRoleOfTheirKind() throws {
    let fixture: Fixture = """
      == kustomization.yaml
      nameSuffix: -x
      namespace: shop
      resources: [rbac.yaml]
      == rbac.yaml
      {apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: reader}}
      ---
      {apiVersion: v1, kind: ServiceAccount, metadata: {name: robot}}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: reader}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
      subjects:
      - {kind: ServiceAccount, name: robot}
      """
    let output = try fixture.output()
    #expect(
      output.contains(
        "  kind: Role\n  name: reader-x\nsubjects:\n- kind: ServiceAccount\n  name: robot-x\n  namespace: shop"))
  }

  @Test func anOverlayOfTwoCopiesKeepsThemApart() throws {
    let fixture: Fixture = """
      == base/kustomization.yaml
      resources: [all.yaml]
      == base/all.yaml
      {apiVersion: v1, kind: ConfigMap, metadata: {name: settings}}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: web}
      spec: {volumes: [{configMap: {name: settings}}]}
      == one/kustomization.yaml
      namePrefix: one-
      resources: [../base]
      == two/kustomization.yaml
      namePrefix: two-
      resources: [../base]
      == kustomization.yaml
      resources: [one, two]
      """
    let output = try fixture.output()
    #expect(output.contains("name: one-web\nspec:\n  volumes:\n  - configMap:\n      name: one-settings"))
    #expect(output.contains("name: two-web\nspec:\n  volumes:\n  - configMap:\n      name: two-settings"))
  }

  @Test func configurationsTeachNewReferences() throws {
    let fixture: Fixture = """
      == kustomization.yaml
      namePrefix: x-
      configurations: [fields.yaml]
      resources: [all.yaml]
      == fields.yaml
      nameReference:
      - kind: Secret
        fieldSpecs:
        - {kind: Robot, path: spec/secretName}
      == all.yaml
      {apiVersion: v1, kind: Secret, metadata: {name: key}}
      ---
      {apiVersion: example.com/v1, kind: Robot, metadata: {name: r2}, spec: {secretName: key}}
      """
    #expect(try fixture.output().contains("secretName: x-key"))
  }

  @Test func crdsTeachNewReferences() throws {
    let fixture: Fixture = """
      == kustomization.yaml
      namePrefix: x-
      crds: [robot.json]
      resources: [all.yaml]
      == robot.json
      {"com.example.Robot": {"Schema": {"properties": {
        "apiVersion": {}, "kind": {}, "metadata": {}, "spec": {"$ref": "com.example.RobotSpec"}}}},
       "com.example.RobotSpec": {"Schema": {"properties": {"secretRef": {
         "x-kubernetes-object-ref-api-version": "v1", "x-kubernetes-object-ref-kind": "Secret"}}}}}
      == all.yaml
      {apiVersion: v1, kind: Secret, metadata: {name: key}}
      ---
      {apiVersion: example.com/v1, kind: Robot, metadata: {name: r2}, spec: {secretRef: {name: key}}}
      """
    #expect(try fixture.output().contains("secretRef:\n    name: x-key"))
  }

  @Test func endlessDefinitionsAreRefused() throws {
    let fixture: Fixture = """
      == kustomization.yaml
      resources: []
      crds: [robot.json]
      == robot.json
      {"a.Robot": {"schema": {"properties": {"apiVersion": {}, "kind": {}, "metadata": {}, "again": {"$ref": "a.Robot"}}}}}
      """
    #expect(try fixture.error().contains("more than 64 levels deep"))
  }

  @Test func variablesAreReplacedByFinalValues() throws {
    let fixture: Fixture = """
      == kustomization.yaml
      namePrefix: x-
      resources: [all.yaml]
      vars:
      - {name: NAME, objref: {apiVersion: v1, kind: Service, name: web}}
      - {name: PORT, objref: {apiVersion: v1, kind: Service, name: web}, fieldref: {fieldPath: "spec.ports[0].port"}}
      == all.yaml
      {apiVersion: v1, kind: Service, metadata: {name: web}, spec: {ports: [{port: 80}]}}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: client}
      spec:
        containers:
        - name: client
          args: ["http://$(NAME):$(PORT)/$$(NAME)", "$(PORT)", "$(OTHER)"]
      """
    #expect(try fixture.output().contains("- args:\n    - http://x-web:80/$(NAME)\n    - 80\n    - $(OTHER)"))
  }

  @Test(arguments: [
    (
      "{name: A, objref: {kind: Service, apiVersion: v1, name: gone}}",
      "points at 'Service.v1.[noGrp]/gone.[noNs]', which is not there"
    ),
    (
      "{name: A, objref: {kind: Service, apiVersion: v1, name: web}, fieldref: {fieldPath: spec.x}}",
      "points at 'spec.x', which"
    ),
  ])
  func refusesVariables(_ variable: String, _ wanted: String) throws {
    let report = try Fixture(
      stringLiteral: """
        == kustomization.yaml
        resources: [web.yaml]
        vars:
        - \(variable)
        == web.yaml
        {apiVersion: v1, kind: Service, metadata: {name: web}}
        """
    ).error()
    #expect(report.hasPrefix("kustomization.yaml:3:3: the var 'A' \(wanted)"), "\(report)")
  }
}
