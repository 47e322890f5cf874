import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import Testing
import YAML

@testable import Reconciler

@Suite struct ResourceSetTests {
  // MARK: templates

  @Test func rendersResourcesOncePerInput() throws {
    let cluster = try Fleet.cluster(
      set:
        """
        inputs:
          - {tenant: red, size: 2}
          - {tenant: blue, size: 3}
        resources:
          - apiVersion: v1
            kind: ConfigMap
            metadata:
              namespace: apps
              name: << inputs.tenant >>
            data:
              size: << inputs.size | quote >>
          - apiVersion: v1
            kind: Namespace
            metadata:
              name: shared
        """)
    let set = try Fleet.set(in: cluster)
    #expect(set.kind == .resourceSet)
    #expect(set.isDone)
    // The namespace that both inputs print counts once.
    #expect(cluster.applied(by: set) == ["ConfigMap/apps/red", "ConfigMap/apps/blue", "Namespace/shared"])
    let blue = try cluster.object("ConfigMap", "blue")
    #expect(blue.manifest.node["data"]?["size"]?.scalar?.resolved == .string("3"))
    // The place is that of the template, with the step that rendered it.
    #expect(blue.manifest.origin.location.description == "clusters/prod/set.yaml:13:15")
    let steps = ["rendered by ResourceSet/apps/tenants", "value from 'inputs.tenant'"]
    #expect(blue.manifest.origin.trace.map(\.message) == steps)
    #expect(blue.manifest.origin.trace[0].location.description == "clusters/prod/set.yaml:3:18")
  }

  @Test func rendersATextWithPlacesInIt() throws {
    let cluster = try Fleet.cluster(
      set:
        """
        inputs:
          - tenants: [red, blue]
        resourcesTemplate: |
          <<- range $tenant := inputs.tenants >>
          ---
          apiVersion: v1
          kind: ConfigMap
          metadata:
            namespace: apps
            name: << $tenant >>-settings
          data:
            colour: << $tenant | upper >>
            switch: yes
          <<- end >>
        """)
    let set = try Fleet.set(in: cluster)
    #expect(cluster.applied(by: set) == ["ConfigMap/apps/red-settings", "ConfigMap/apps/blue-settings"])
    let blue = try cluster.object("ConfigMap", "blue-settings").manifest
    #expect(blue.node["data"]?["colour"]?.scalar?.text == "BLUE")
    // `yes` is true to the operator.
    #expect(blue.node["data"]?["switch"]?.scalar?.resolved == .bool(true))
    #expect(blue.origin.location.description == "clusters/prod/set.yaml:14:16")
    #expect(blue.node["kind"]?.origin.location.description == "clusters/prod/set.yaml:11:11")
  }

  /// `(template, printed)` of the value of one key.
  @Test(arguments: [
    ("<< inputs.name | slugify >>", "cafe-and-bar-2"),
    ("<< inputs.list | toYaml | nindent 0 | trim | quote >>", "- 1\n- 2"),
    ("<< inputs.name | sha256sum | trunc 8 >>", "89e23c02"),
    ("<< inputs.provider.kind >>/<< inputs.provider.name >>", "ResourceSet/tenants"),
    ("<< get inputs \"absent\" | default \"none\" >>", "none"),
    ("{{ untouched }}", "{{ untouched }}"),
  ])
  func functions(_ template: String, _ printed: String) throws {
    let quoted = template.hasSuffix("quote >>") ? template : "'\(template)'"
    let cluster = try Fleet.cluster(
      set:
        """
        inputs:
          - {name: "Café & Bar 2", list: [1, 2]}
        resourcesTemplate: |
          apiVersion: v1
          kind: ConfigMap
          metadata: {name: one, namespace: apps}
          data:
            key: \(quoted)
        """)
    if template.contains("sha256") {
      let value = try cluster.object("ConfigMap", "one").manifest.node["data"]?["key"]?.scalar?.text
      #expect(value?.utf8.count == 8)
    } else {
      #expect(try cluster.object("ConfigMap", "one").manifest.node["data"]?["key"]?.scalar?.text == printed)
    }
  }

  @Test func anAnnotationLeavesObjectsOut() throws {
    let cluster = try Fleet.cluster(
      set:
        """
        inputs: [{name: a, on: true}, {name: b, on: false}]
        resources:
          - apiVersion: v1
            kind: ConfigMap
            metadata:
              name: << inputs.name >>
              namespace: apps
              annotations:
                fluxcd.controlplane.io/reconcile: << if inputs.on >>enabled<< else >>disabled<< end >>
        commonMetadata: {labels: {team: shop}}
        """)
    #expect(cluster.applied(by: try Fleet.set(in: cluster)) == ["ConfigMap/apps/a"])
    #expect(try cluster.object("ConfigMap", "a").manifest.label("team") == "shop")
  }

  // MARK: failures

  /// `(template line, place, message)`: a failing template is reported at its line.
  @Test(arguments: [
    ("name: << inputs.missing >>", "9:", "no entry for key \"missing\""),
    ("name: << fail \"not today\" >>", "9:", "not today"),
    ("name: << inputs.name", "9:", "bad character"),
    ("name: << nothing >>", "9:", "function \"nothing\" not defined"),
    ("name: << env \"HOME\" >>", "9:", "function \"env\" not defined"),
    ("name: [<< inputs.name >>", "", "no YAML"),
  ])
  func aFailingTemplateIsReportedAtItsLine(_ line: String, _ place: String, _ message: String) throws {
    let cluster = try Fleet.cluster(
      set:
        """
        inputs: [{name: red}]
        resourcesTemplate: |
          apiVersion: v1
          kind: ConfigMap
          metadata: {namespace: apps, \(line)}
        """)
    let failure = try #require(try Fleet.set(in: cluster).failure)
    #expect(failure.message.contains(message))
    #expect(failure.location.description.hasPrefix("clusters/prod/set.yaml:\(place)"))
    #expect(try Fleet.set(in: cluster).objects.isEmpty)
  }

  @Test func stepsMustNotShareObjects() throws {
    let step = """
      - name: NAME
        resources:
          - {apiVersion: v1, kind: ConfigMap, metadata: {name: one, namespace: apps}}
      """
    let twice = "steps:\n" + step.replacing("NAME", with: "a") + "\n" + step.replacing("NAME", with: "b")
    let failure = try #require(try Fleet.set(in: try Fleet.cluster(set: twice)).failure)
    #expect(failure.message == "ConfigMap/apps/one is in step 'b' and in step 'a'")
    let once = try Fleet.cluster(set: "steps:\n" + step.replacing("NAME", with: "a"))
    #expect(once.applied(by: try Fleet.set(in: once)) == ["ConfigMap/apps/one"])
  }

  // MARK: inputs

  private static func provider(_ name: String, labels: String = "{}", _ spec: String) -> String {
    """
    apiVersion: fluxcd.controlplane.io/v1
    kind: ResourceSetInputProvider
    metadata: {name: \(name), namespace: apps, labels: \(labels)}
    spec: \(spec)
    """
  }

  private static let named = """
    resources:
      - apiVersion: v1
        kind: ConfigMap
        metadata: {namespace: apps, name: "<< inputs.name >>"}
    """

  @Test func takesInputsFromStaticProviders() throws {
    let files = [
      "z.yaml": Self.provider("zeta", labels: "{group: a}", "{type: Static, defaultValues: {name: zeta}}"),
      "a.yaml": Self.provider("alpha", labels: "{group: a}", "{type: Static, defaultValues: {name: alpha}}"),
      "o.yaml": Self.provider("other", labels: "{group: b}", "{type: Static, defaultValues: {name: other}}"),
    ]
    let cluster = try Fleet.cluster(
      set:
        """
        inputs: [{name: own}]
        inputsFrom:
          - name: zeta
          - selector: {matchLabels: {group: a}}
          - selector: {matchExpressions: [{key: group, operator: In, values: [a]}]}
        \(Self.named)
        """, files)
    // Its own first, then the providers by name, each once.
    #expect(
      cluster.applied(by: try Fleet.set(in: cluster)) == [
        "ConfigMap/apps/own", "ConfigMap/apps/alpha", "ConfigMap/apps/zeta",
      ])
    let node = try #require(cluster.graph.node(try Fleet.set(in: cluster).id))
    #expect(cluster.graph.needs(of: node).contains { $0.kind == .reads })
  }

  @Test func permutesInputs() throws {
    let files = [
      "p.yaml": Self.provider("by-region", "{type: Static, defaultValues: {region: eu}}")
    ]
    let cluster = try Fleet.cluster(
      set:
        """
        inputStrategy: {name: Permute}
        inputs: [{app: web}, {app: api}]
        inputsFrom: [{name: by-region}]
        resources:
          - apiVersion: v1
            kind: ConfigMap
            metadata:
              namespace: apps
              name: << inputs.tenants.app >>-<< inputs.by_region.region >>-<< inputs.id >>
        """, files)
    #expect(
      cluster.applied(by: try Fleet.set(in: cluster)) == [
        "ConfigMap/apps/web-eu-\(Adler32.checksum(of: Array("tenants=0/by_region=0".utf8)))",
        "ConfigMap/apps/api-eu-\(Adler32.checksum(of: Array("tenants=1/by_region=0".utf8)))",
      ])
    #expect(cluster.gaps.isEmpty)
  }

  @Test(arguments: [
    ("- name: pulls", "its inputs", "are from elsewhere"),
    ("- name: absent", "absent", ""),
  ])
  func inputsThatAreNotKnownAreAGap(_ source: String, _ name: String, _ note: String) throws {
    let pulls = "{type: GitHubPullRequest, url: https://github.com/example/shop}"
    let cluster = try Fleet.cluster(
      set:
        "inputsFrom:\n  \(source)\n\(Self.named)", ["p.yaml": Self.provider("pulls", pulls)])
    #expect(cluster.gaps.map(\.kind) == ["resource-set-not-rendered"])
    #expect(cluster.gaps[0].location?.description == "clusters/prod/set.yaml:6:13")
    #expect(try Fleet.set(in: cluster).failure == nil)
    #expect(try !Fleet.set(in: cluster).isDone)
  }

  @Test func theIDOfAStaticProviderIsNotKnown() throws {
    let cluster = try Fleet.cluster(
      set:
        """
        inputsFrom: [{name: alpha}]
        resources:
          - {apiVersion: v1, kind: ConfigMap, metadata: {namespace: apps, name: "a-<< inputs.id >>"}}
        """, ["a.yaml": Self.provider("alpha", "{type: Static}")])
    #expect(cluster.gaps.map(\.kind) == ["input-id-unknown"])
  }

  @Test func providersWithoutInputsMakeNothing() throws {
    let cluster = try Fleet.cluster(
      set:
        "inputsFrom: [{selector: {matchLabels: {group: none}}}]\n\(Self.named)")
    #expect(try Fleet.set(in: cluster).isDone)
    #expect(try Fleet.set(in: cluster).objects.isEmpty)
  }

  // MARK: in the cluster

  @Test func fluxObjectsItMakesAreReconciled() throws {
    var texts = ["apps/red/web.yaml": Fleet.configMap("web", "{a: b}")]
    texts["clusters/prod/set.yaml"] =
      Fleet.setHead + """
        \("  ")inputs: [{tenant: red}]
          dependsOn: [{apiVersion: v1, kind: ConfigMap, name: first, namespace: apps}]
          resources:
            - apiVersion: kustomize.toolkit.fluxcd.io/v1
              kind: Kustomization
              metadata: {name: "<< inputs.tenant >>", namespace: apps}
              spec:
                interval: 10m
                prune: true
                path: apps/<< inputs.tenant >>
                sourceRef: {kind: GitRepository, name: flux-system, namespace: flux-system}
        """
    let cluster = try Fleet.cluster(texts)
    let red = try cluster.reconciliation("Kustomization", "red")
    #expect(red.isDone)
    #expect(cluster.applied(by: red) == ["ConfigMap/apps/web"])
    #expect(red.location.description == "clusters/prod/set.yaml:10:24")
    let node = try #require(cluster.graph.node(red.id))
    let set = try #require(cluster.graph.node(try Fleet.set(in: cluster).id))
    #expect(cluster.graph.needs(of: node).contains { $0.kind == .appliedBy && $0.to == set })
  }

  @Test func aDisabledSetIsAGap() throws {
    let set = Fleet.setHead.replacing(
      "namespace: apps}",
      with: "namespace: apps, annotations: {fluxcd.controlplane.io/reconcile: Disabled}}")
    let cluster = try Fleet.cluster(["clusters/prod/set.yaml": set + "  resources: []"])
    #expect(cluster.gaps.map(\.kind) == ["reconciliation-disabled"])
  }
}
