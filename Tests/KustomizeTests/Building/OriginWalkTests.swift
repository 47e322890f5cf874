import Diagnostics
import Kustomize
import Testing
import YAML

/// Every value of a build in which every transformer takes part comes from a line that somebody wrote.
@Suite struct OriginWalkTests {
  private static let harbour: Fixture = """
    == base/kustomization.yaml
    resources:
    - berth.yaml
    - service.yaml
    secretGenerator:
    - name: key
      literals:
      - token=abc
    vars:
    - name: PORT
      objref: {apiVersion: v1, kind: Service, name: berth}
      fieldref: {fieldpath: spec.ports.0.port}
    configurations:
    - names.yaml
    == base/names.yaml
    nameReference:
    - kind: Secret
      fieldSpecs:
      - kind: Berth
        path: spec/key
    varReference:
    - kind: Berth
      path: spec/url
    == base/berth.yaml
    apiVersion: example.com/v1
    kind: Berth
    metadata:
      name: berth
    spec:
      key: key
      url: tcp://berth:$(PORT)
      host: old.example.com
      crew:
      - anna
      - bert
    == base/service.yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: berth
    spec:
      selector:
        app: berth
      ports:
      - port: 80
    == night/kustomization.yaml
    apiVersion: kustomize.config.k8s.io/v1alpha1
    kind: Component
    patchesJson6902:
    - target: {version: v1, kind: Berth, group: example.com, name: berth}
      patch: |-
        - op: add
          path: /spec/lamp
          value: on
    == live/kustomization.yaml
    resources:
    - ../base
    components:
    - ../night
    nameSuffix: -live
    commonAnnotations:
      owner: harbour
    labels:
    - pairs:
        tier: sea
    patchesStrategicMerge:
    - crew.yaml
    replacements:
    - source:
        kind: Service
        fieldPath: spec.selector.app
      targets:
      - select: {kind: Berth}
        fieldPaths: [spec.host]
    transformers:
    - depth.yaml
    buildMetadata: [managedByLabel]
    == live/crew.yaml
    apiVersion: example.com/v1
    kind: Berth
    metadata:
      name: berth
    spec:
      crew:
      - carl
    == live/depth.yaml
    apiVersion: builtin
    kind: ValueAddTransformer
    metadata:
      name: depth
    value: deep
    targets:
    - selector: {kind: Berth}
      fieldPath: spec/depth
    """

  @Test(arguments: [
    (
      ["metadata", "name"], "base/berth.yaml:4:9",
      ["set by the nameSuffix transformer here live/kustomization.yaml:5:13"]
    ),
    (
      ["metadata", "annotations", "owner"], "live/kustomization.yaml:7:10",
      ["set by the commonAnnotations transformer here live/kustomization.yaml:7:10"]
    ),
    (
      ["metadata", "labels", "tier"], "live/kustomization.yaml:10:11",
      ["set by the labels transformer here live/kustomization.yaml:10:11"]
    ),
    (
      ["metadata", "labels", "app.kubernetes.io/managed-by"], "live/kustomization.yaml:22:17",
      ["set by the managedByLabel transformer here live/kustomization.yaml:22:17"]
    ),
    (["spec", "lamp"], "night/kustomization.yaml:8:14", ["patched here night/kustomization.yaml:5:10"]),
    (["spec", "crew", "0"], "live/crew.yaml:7:5", ["patched here live/kustomization.yaml:12:3"]),
    (["spec", "host"], "base/service.yaml:7:10", ["replaced here live/kustomization.yaml:19:18"]),
    (
      ["spec", "url"], "base/berth.yaml:7:8", ["replaced here base/service.yaml:9:11"]
    ),
    (
      ["spec", "depth"], "live/depth.yaml:5:8", ["set by the ValueAddTransformer transformer here live/depth.yaml:5:8"]
    ),
    (
      ["spec", "key"], "base/berth.yaml:6:8",
      [
        "generated here base/kustomization.yaml:5:3",
        "set by the nameSuffix transformer here live/kustomization.yaml:5:13",
      ]
    ),
  ])
  func fieldsKnowWhoSetThem(_ path: [String], _ place: String, _ steps: [String]) throws {
    let built = try Self.harbour.build("live")
    var node = try #require(built.resources.first { $0.node["kind"]?.scalar?.text == "Berth" }).node
    for part in path { node = try #require(Int(part).flatMap { node.sequence?[$0] } ?? node[part]) }
    #expect(node.story == [place] + steps)
  }

  @Test func everyValueComesFromALine() throws {
    let built = try Self.harbour.build("live")
    #expect(built.resources.count == 3)
    for resource in built.resources { Self.checkLines(of: resource.node, at: []) }
  }

  private static func checkLines(of node: Node, at path: [String]) {
    let file = node.origin.file
    let lines = UInt32(file.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).count)
    #expect(!file.path.hasPrefix("<") && (1...lines).contains(node.origin.span.start.line), "\(path): \(node.story)")
    switch node.value {
    case .scalar: break
    case .sequence(let items):
      for (index, item) in items.enumerated() { checkLines(of: item, at: path + [String(index)]) }
    case .mapping(let mapping):
      for entry in mapping.entries { checkLines(of: entry.value, at: path + [entry.key.text]) }
    }
  }
}
