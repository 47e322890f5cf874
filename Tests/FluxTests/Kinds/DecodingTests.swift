import Diagnostics
import Flux
import Kubernetes
import Testing
import YAML

@Suite struct DecodingTests {
  static let kustomization = """
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata:
      name: podinfo
      namespace: apps
    spec:
      interval: 10m
      prune: true
      path: ./deploy
      sourceRef:
        kind: GitRepository
        name: fleet
        namespace: flux-system
      dependsOn:
        - name: cert-manager
        - name: ingress
          namespace: infra
      postBuild:
        substitute:
          cluster: eu-1
        substituteFrom:
          - kind: Secret
            name: vars
    """

  @Test func aKustomizationKnowsItsFieldsAndTheirPlaces() throws {
    let object = Kustomization(try manifest(Self.kustomization))
    #expect(object.problems.isEmpty)
    #expect(object.path?.value == "./deploy")
    #expect(object.path?.origin.location.description == "flux.yaml:9:9")
    #expect(object.interval?.value == .minutes(10))
    #expect(object.prune?.value == true)
    #expect(object.sourceRef?.id.description == "GitRepository/flux-system/fleet")
    #expect(object.sourceRef?.crossesNamespace(from: object.namespace) == true)
    #expect(object.postBuild?.substitute["cluster"]?.value == "eu-1")
  }

  @Test func referencesTakeTheNamespaceOfTheirObject() throws {
    let object = Kustomization(try manifest(Self.kustomization))
    #expect(
      object.dependsOn.map { $0.ref?.id.description } == [
        "Kustomization/apps/cert-manager", "Kustomization/infra/ingress",
      ])
    #expect(object.dependsOn.first?.ref?.writtenNamespace == nil)
    #expect(object.postBuild?.substituteFrom.first?.ref?.id.description == "Secret/apps/vars")
  }

  @Test(arguments: [
    ("spec: {interval: 10m, path: 5}", "spec.path must be a string, not a number", "spec.path"),
    ("spec: {prune: 'true'}", "spec.prune must be true or false, not a string", "spec.prune"),
    ("spec: {interval: 1d}", "spec.interval '1d' is no duration such as 30s, 10m or 1h30m", "spec.interval"),
    ("spec: {dependsOn: {name: a}}", "spec.dependsOn must be a list, not a mapping", "spec.dependsOn"),
    ("spec: {dependsOn: [a]}", "spec.dependsOn[0] must be a mapping, not a string", "spec.dependsOn[0]"),
    (
      "spec: {postBuild: {substitute: {n: 1}}}", "spec.postBuild.substitute.n must be a string, not a number",
      "spec.postBuild.substitute.n"
    ),
    ("spec: [a]", "spec must be a mapping, not a list", "spec"),
    ("metadata: {name: x}", "the object has no spec", "spec"),
  ])
  func wrongTypesAreNotedAndReadAsAbsent(_ text: String, message: String, path: String) throws {
    let object = Kustomization(
      try manifest("apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n" + text))
    #expect(object.problems.map(\.message) == [message])
    #expect(object.problems.first?.path == path)
  }

  @Test func nullIsAbsent() throws {
    let object = Kustomization(
      try manifest("{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, spec: {path: null, timeout: ~}}"))
    #expect(object.path == nil)
    #expect(object.problems.isEmpty)
  }

  @Test func formerVersionsKeepWhatWasDropped() throws {
    let old = Kustomization(
      try manifest(
        """
        apiVersion: kustomize.toolkit.fluxcd.io/v1beta2
        kind: Kustomization
        metadata: {name: old}
        spec:
          validation: client
          patchesStrategicMerge:
            - kind: Deployment
        """))
    #expect(old.validation?.value == "client")
    #expect(old.patchesStrategicMerge.count == 1)
    let automation = ImageUpdateAutomation(
      try manifest(
        """
        apiVersion: image.toolkit.fluxcd.io/v1alpha1
        kind: ImageUpdateAutomation
        metadata: {name: updates, namespace: flux-system}
        spec: {checkout: {gitRepositoryRef: {name: fleet}, branch: main}}
        """))
    #expect(automation.sourceRef?.id.description == "GitRepository/flux-system/fleet")
  }

  @Test(arguments: FluxKind.allCases)
  func everyKindReadsIntoItsOwnType(_ kind: FluxKind) throws {
    for version in kind.schema.versions {
      let object = FluxObject(
        try manifest("{apiVersion: \(kind.group)/\(version.version), kind: \(kind.rawValue), metadata: {name: a}}"))
      #expect(object?.kind == kind)
      #expect(object?.manifest.name == "a")
    }
  }

  @Test func kustomizesOwnKindIsNotFluxs() throws {
    #expect(FluxObject(try manifest("{apiVersion: kustomize.config.k8s.io/v1beta1, kind: Kustomization}")) == nil)
  }

  @Test func aReleaseReadsThroughItsParts() throws {
    let release = HelmRelease(
      try manifest(
        """
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease
        metadata: {name: redis, namespace: data}
        spec:
          interval: 1h
          chart:
            spec:
              chart: redis
              version: ">=18.0.0"
              sourceRef: {kind: HelmRepository, name: bitnami}
          install: {remediation: {retries: 3}}
          valuesFrom:
            - {kind: ConfigMap, name: redis-values, optional: true}
          kubeConfig: {secretRef: {name: remote, key: value}}
        """))
    #expect(release.chart?.spec?.version?.value == ">=18.0.0")
    #expect(release.chart?.spec?.sourceRef?.id.description == "HelmRepository/data/bitnami")
    #expect(release.install?.remediation?.retries?.value == 3)
    #expect(release.valuesFrom.first?.ref?.id.description == "ConfigMap/data/redis-values")
    #expect(release.kubeConfig?.secretKey?.value == "value")
    #expect(release.problems.isEmpty)
  }
}

@Suite struct CheckoutTests {
  @Test(arguments: [
    ("{branch: main, tag: v1, commit: abc}", "abc"), ("{branch: main, tag: v1}", "v1"),
    ("{tag: v1, semver: 1.x}", "1.x"),
    ("{name: refs/pull/1/head, semver: 1.x}", "refs/pull/1/head"), ("{branch: ''}", "master"), ("null", "master"),
  ])
  func theMostExactReferenceWins(_ ref: String, text: String) throws {
    let source = GitRepository(
      try manifest("{apiVersion: source.toolkit.fluxcd.io/v1, kind: GitRepository, spec: {ref: \(ref)}}"))
    switch source.checkout {
    case .commit(let field), .name(let field), .semver(let field), .tag(let field), .branch(let field),
      .digest(let field):
      #expect(field.value == text)
    case .standard(let name): #expect(name == text)
    }
  }
}
