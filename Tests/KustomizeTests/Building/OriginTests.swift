import Diagnostics
import Kustomize
import Testing
import YAML

/// Every value of a build knows who set it last, and what happened to it on the way.
@Suite struct OriginTests {
  private static let shop: Fixture = """
    == base/kustomization.yaml
    resources:
    - web.yaml
    configMapGenerator:
    - name: settings
      literals:
      - colour=blue
      files:
      - notes.txt
    commonLabels:
      app: web
    == base/notes.txt
    buy milk
    == base/web.yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      replicas: 1
      template:
        spec:
          containers:
          - name: web
            image: example.com/web:v1
            envFrom:
            - configMapRef:
                name: settings
            resources:
              limits:
                cpu: 1
    == live/kustomization.yaml
    namespace: shop
    namePrefix: live-
    resources:
    - ../base
    images:
    - name: example.com/web
      newTag: v2
    replicas:
    - name: web
      count: 3
    patches:
    - path: limits.yaml
    - target:
        kind: Deployment
      patch: |
        - op: add
          path: /spec/paused
          value: true
    - patch: |-
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          minReadySeconds: 5
    == live/limits.yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          containers:
          - name: web
            resources:
              limits:
                cpu: 2
    """

  private static func story(_ path: [String]) throws -> [String] {
    var node = try shop.build("live").object("live-web").node
    for part in path {
      node = try #require(Int(part).flatMap { node.sequence?[$0] } ?? node[part])
    }
    return node.story
  }

  @Test(arguments: [
    (["kind"], ["base/web.yaml:2:7"]),
    (
      ["metadata", "name"],
      ["base/web.yaml:4:9", "set by the namePrefix transformer here live/kustomization.yaml:2:13"]
    ),
    (
      ["metadata", "namespace"],
      ["live/kustomization.yaml:1:12", "set by the namespace transformer here live/kustomization.yaml:1:12"]
    ),
    (
      ["metadata", "labels", "app"],
      ["base/kustomization.yaml:10:8", "set by the commonLabels transformer here base/kustomization.yaml:10:8"]
    ),
    (
      ["spec", "replicas"],
      ["live/kustomization.yaml:10:10", "set by the replicas transformer here live/kustomization.yaml:10:10"]
    ),
    (["spec", "paused"], ["live/kustomization.yaml:18:14", "patched here live/kustomization.yaml:15:10"]),
    (["spec", "minReadySeconds"], ["live/kustomization.yaml:25:24", "patched here live/kustomization.yaml:19:10"]),
    (
      ["spec", "template", "spec", "containers", "0", "image"],
      ["live/kustomization.yaml:7:11", "set by the images transformer here live/kustomization.yaml:7:11"]
    ),
    (
      ["spec", "template", "spec", "containers", "0", "resources", "limits", "cpu"],
      ["live/limits.yaml:12:18", "patched here live/kustomization.yaml:12:9"]
    ),
    (
      ["spec", "template", "spec", "containers", "0", "envFrom", "0", "configMapRef", "name"],
      [
        "base/web.yaml:14:19", "generated here base/kustomization.yaml:4:3",
        "set by the namePrefix transformer here live/kustomization.yaml:2:13",
      ]
    ),
  ])
  func fieldsKnowWhoSetThem(_ path: [String], _ wanted: [String]) throws {
    #expect(try Self.story(path) == wanted)
  }

  @Test func generatedDataPointsAtItsSource() throws {
    let built = try Self.shop.build("live")
    let settings = try #require(built.resources.first { $0.node["kind"]?.scalar?.text == "ConfigMap" })
    #expect(
      settings.node[path: "data", "colour"]?.story == [
        "base/kustomization.yaml:6:5", "generated here base/kustomization.yaml:4:3",
      ])
    #expect(
      settings.node[path: "data", "notes.txt"]?.story == [
        "base/notes.txt:1:1", "included here base/kustomization.yaml:8:5", "generated here base/kustomization.yaml:4:3",
      ])
    #expect(
      settings.trace.map { "\($0.message) \($0.location)" } == [
        "generated here base/kustomization.yaml:4:3", "included here live/kustomization.yaml:4:3",
      ])
  }
}
