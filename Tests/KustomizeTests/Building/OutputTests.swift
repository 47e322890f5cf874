import Kustomize
import Testing
import YAML

/// The order and the extra fields of what a build prints.
@Suite struct OutputTests {
  private static func fixture(_ more: String) -> Fixture {
    Fixture(
      stringLiteral: """
        == kustomization.yaml
        resources: [all.yaml]
        \(more)
        == all.yaml
        {apiVersion: v1, kind: Service, metadata: {name: web}}
        ---
        {apiVersion: v1, kind: ConfigMap, metadata: {name: b, annotations: {config.kubernetes.io/path: x, size: 3}}}
        ---
        {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
        ---
        {apiVersion: v1, kind: Secret, metadata: {name: local, annotations: {config.kubernetes.io/local-config: "true"}}}
        """)
  }

  private static func kinds(_ more: String, _ order: BuildOptions.Order) throws -> [String] {
    try fixture(more).build(options: BuildOptions(order: order)).resources.map { resource in
      let name = resource.node[path: "metadata", "name"]?.scalar?.text ?? ""
      return "\(resource.node["kind"]?.scalar?.text ?? "") \(name)"
    }
  }

  @Test func theKustomizationDecidesOnTheOrder() throws {
    #expect(try Self.kinds("", .none) == ["Service web", "ConfigMap b", "ConfigMap a"])
    #expect(try Self.kinds("", .legacy) == ["ConfigMap a", "ConfigMap b", "Service web"])
    #expect(try Self.kinds("sortOptions: {order: fifo}", .legacy) == ["Service web", "ConfigMap b", "ConfigMap a"])
    #expect(
      try Self.kinds("sortOptions: {order: legacy, legacySortOptions: {orderFirst: [Service], orderLast: []}}", .none)
        == ["Service web", "ConfigMap a", "ConfigMap b"])
  }

  @Test func kustomizesOwnNotesAreDropped() throws {
    #expect(try Self.fixture("").output().contains("annotations:\n    size: \"3\"\n  name: b"))
  }

  @Test func saysWhereObjectsComeFrom() throws {
    let fixture: Fixture = """
      == live/kustomization.yaml
      resources: [../base]
      namePrefix: x-
      buildMetadata: [originAnnotations, transformerAnnotations, managedByLabel]
      == base/kustomization.yaml
      resources: [web.yaml]
      configMapGenerator: [{name: settings, options: {disableNameSuffixHash: true}}]
      == base/web.yaml
      {apiVersion: v1, kind: Service, metadata: {name: web}}
      """
    #expect(
      try fixture.output("live") == """
        apiVersion: v1
        kind: Service
        metadata:
          annotations:
            alpha.config.kubernetes.io/transformations: |
              - configuredIn: kustomization.yaml
                configuredBy:
                  apiVersion: builtin
                  kind: PrefixTransformer
            config.kubernetes.io/origin: |
              path: ../base/web.yaml
          labels:
            app.kubernetes.io/managed-by: kustomize-v5.8.1
          name: x-web
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata:
          annotations:
            alpha.config.kubernetes.io/transformations: |
              - configuredIn: kustomization.yaml
                configuredBy:
                  apiVersion: builtin
                  kind: PrefixTransformer
            config.kubernetes.io/origin: |
              configuredIn: ../base/kustomization.yaml
              configuredBy:
                apiVersion: builtin
                kind: ConfigMapGenerator
          labels:
            app.kubernetes.io/managed-by: kustomize-v5.8.1
          name: x-settings

        """)
  }
}
