import ClusterModel
import Diagnostics
import Testing

/// What changes Kustomizations on their way into the cluster.
@Suite struct AdmissionTests {
  private static let web = """
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: {name: web, namespace: flux-system}
    spec:
      interval: 10m
      path: ./web
      prune: true
      postBuild: {substitute: {region: eu}}
      sourceRef: {kind: GitRepository, name: flux-system}
    """

  private static let policy = """
    apiVersion: kyverno.io/v1
    kind: ClusterPolicy
    metadata: {name: variables}
    spec:
      rules:
        - name: add
          match: {any: [{resources: {kinds: [Kustomization]}}]}
          mutate: {patchStrategicMerge: {spec: {postBuild: {substitute: {domain: example.com}}}}}
    """

  private func gaps(_ changer: String) throws -> [Gap] {
    try Fleet.cluster([
      "clusters/prod/web.yaml": Self.web, "clusters/prod/policy.yaml": changer,
      "web/a.yaml": "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: web}, data: {host: '${domain}'}}",
    ]).gaps
  }

  /// A variable without a value is then no fault that anybody could name, and no proof that all is well.
  @Test func variablesThatMayBeAddedAreAGap() throws {
    let gap = try #require(try gaps(Self.policy).first)
    #expect(gap.kind == "variables-injected")
    #expect(gap.message.hasPrefix("${domain} of Kustomization/flux-system/web have no value in the repository"))
    #expect(gap.location?.description == "web/a.yaml:1:86")
    #expect(gap.related.map(\.location.description) == ["clusters/prod/policy.yaml:3:18"])
  }

  @Test func otherPoliciesLeaveVariablesAlone() throws {
    let other = Self.policy.replacing("mutate:", with: "validate:")
    #expect(try gaps(other).isEmpty)
  }
}
