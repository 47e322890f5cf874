import Diagnostics
import Flux
import Kubernetes
import Testing
import YAML

@Suite struct FieldCheckTests {
  static func problems(_ kind: String, _ spec: String, flux: FluxVersion = .newest) throws -> [FieldProblem] {
    try problems(kind, spec, server: APIServer(flux: flux))
  }

  static func problems(_ kind: String, _ spec: String, server: APIServer) throws -> [FieldProblem] {
    let parts = kind.split(separator: " ")
    return FieldCheck.problems(
      in: try manifest("apiVersion: \(parts[0])\nkind: \(parts[1])\nmetadata: {name: a}\nspec: \(spec)"),
      server: server)
  }

  @Test func fluxOperatorAddsItsKinds() throws {
    let alert = "{providerRef: {name: a}, eventSources: [{kind: ResourceSet, name: '*'}]}"
    let kind = "notification.toolkit.fluxcd.io/v1beta3 Alert"
    #expect(try Self.problems(kind, alert).map(\.path) == ["spec.eventSources[0].kind"])
    #expect(try Self.problems(kind, alert, server: APIServer(flux: .newest, hasOperator: true)).isEmpty)
  }

  @Test func aRequiredFieldWithADefaultIsFilledIn() throws {
    let policy = "{url: 'oci://a/b', interval: 5m, verify: {secretRef: {name: key}}}"
    let kind = "source.toolkit.fluxcd.io/v1 OCIRepository"
    #expect(try Self.problems(kind, policy).isEmpty)
    let bare = APIServer(flux: .newest, fillsDefaults: false)
    #expect(try Self.problems(kind, policy, server: bare).map(\.path) == ["spec.verify.provider"])
  }

  static let kustomization = "kustomize.toolkit.fluxcd.io/v1 Kustomization"
  static let sourceRef = "sourceRef: {kind: GitRepository, name: a}"

  @Test func aGoodObjectHasNoProblems() throws {
    #expect(try Self.problems(Self.kustomization, "{interval: 10m, prune: true, \(Self.sourceRef)}").isEmpty)
  }

  @Test(arguments: [
    ("{prune: true, \(sourceRef)}", "field 'spec.interval' is missing", "4:1"),
    ("{interval: 10m, prune: true, sourceRef: {name: a}}", "field 'spec.sourceRef.kind' is missing", "4:36"),
    ("{interval: 10m, prune: 'yes', \(sourceRef)}", "spec.prune must be true or false, not a string", "4:30"),
    (
      "{interval: 10m, prune: true, \(sourceRef), dependOn: []}",
      "unknown field 'spec.dependOn'; did you mean 'dependsOn'?", "4:79"
    ),
    (
      "{interval: 1d, prune: true, \(sourceRef)}",
      #"spec.interval '1d' does not match ^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$"#, "4:18"
    ),
    (
      "{interval: 10m, prune: true, sourceRef: {kind: GitRepo, name: a}}",
      "spec.sourceRef.kind cannot be 'GitRepo', only OCIRepository, GitRepository, Bucket, ExternalArtifact", "4:54"
    ),
    (
      "{interval: 10m, prune: true, sourceRef: {kind: Buckets, name: a}}",
      "spec.sourceRef.kind cannot be 'Buckets', only OCIRepository, GitRepository, Bucket, ExternalArtifact; "
        + "did you mean 'Bucket'?", "4:54"
    ),
    (
      "{interval: 10m, prune: true, \(sourceRef), targetNamespace: ''}", "spec.targetNamespace must have 1 or more",
      "4:96"
    ),
    (
      "{interval: 10m, prune: true, \(sourceRef), dependsOn: [{namespace: b}]}",
      "field 'spec.dependsOn[0].name' is missing", "4:92"
    ),
    (
      "{interval: 10m, prune: true, \(sourceRef), postBuild: {substitute: {n: 1}}}",
      "spec.postBuild.substitute.n must be a string, not a number", "4:107"
    ),
    ("{interval: 10m, prune: true, \(sourceRef), validation: client}", "field 'spec.validation' is not in v1", "4:79"),
    ("[]", "spec must be a mapping, not a list", "4:7"),
  ])
  func eachProblemIsFoundAtItsPlace(_ spec: String, message: String, place: String) throws {
    let found = try Self.problems(Self.kustomization, spec)
    #expect(found.map(\.message) == [message])
    #expect(found.first?.location?.description == "flux.yaml:" + place)
  }

  @Test(arguments: [
    (
      "{interval: 10m, prune: true, \(sourceRef), ignore: [{paths: [/a]}]}", FluxVersion.v28,
      "field 'spec.ignore' needs Flux 2.9"
    ),
    (
      "{interval: 10m, prune: true, sourceRef: {kind: ExternalArtifact, name: a}}", FluxVersion(minor: 6),
      "'ExternalArtifact' in spec.sourceRef.kind needs Flux 2.7"
    ),
  ])
  func whatIsNewerThanTheFluxIsFound(_ spec: String, flux: FluxVersion, message: String) throws {
    #expect(try Self.problems(Self.kustomization, spec, flux: flux).map(\.message) == [message])
    #expect(try Self.problems(Self.kustomization, spec).isEmpty)
  }

  @Test func olderVersionsStillHaveTheirFields() throws {
    let spec = "{interval: 10m, prune: true, \(Self.sourceRef), validation: client}"
    #expect(try Self.problems("kustomize.toolkit.fluxcd.io/v1beta2 Kustomization", spec, flux: .v27).isEmpty)
  }

  @Test func namesAreChecked() throws {
    let text = "{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: My_App}}"
    #expect(
      FieldCheck.problems(in: try manifest(text), server: APIServer(flux: .newest)).map(\.code) == [.badName("My_App")])
  }

  @Test(arguments: [
    ("{}", "field 'metadata.name' is missing", "3:1"),
    ("{name: 12}", "metadata.name must be a string, not a number", "3:18"),
    ("{name: a, namespace: a.b}", "'a.b' is no name for a namespace: lower case letters, digits and '-' only", "3:32"),
    ("{name: a, labels: {version: 1.10}}", "metadata.labels.version must be a string, not a number", "3:39"),
    ("{name: a, labels: {-a: b}}", "'-a' is no key for a label or an annotation", "3:30"),
    ("{name: a, labels: {Example.com/a: b}}", "'Example.com/a' is no key for a label or an annotation", "3:30"),
    (
      "{name: a, labels: {a: b c}}",
      "'b c' is no value for a label: up to 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends",
      "3:33"
    ),
    ("{name: a, annotations: {a: true}}", "metadata.annotations.a must be a string, not a boolean", "3:38"),
    ("{name: a, annotations: {a/b/c: d}}", "'a/b/c' is no key for a label or an annotation", "3:35"),
    ("{name: a, annotations: []}", "metadata.annotations must be a mapping, not a list", "3:34"),
  ])
  func metadataIsChecked(_ metadata: String, message: String, place: String) throws {
    let text = "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: \(metadata)"
    let found = FieldCheck.problems(in: try manifest(text), server: APIServer(flux: .newest))
    #expect(found.map(\.message) == [message])
    #expect(found.first?.location?.description == "flux.yaml:" + place)
  }

  @Test(arguments: [
    "{generateName: a-}", "{name: a.b, namespace: team-a}",
    "{name: a, labels: {app.kubernetes.io/name: Pod_Info.1, b: ''}}",
    "{name: a, annotations: {Example.com/a: 'any text, even ${THIS}'}, labels: }",
  ])
  func goodMetadataIsTaken(_ metadata: String) throws {
    let text = "{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: \(metadata)}"
    #expect(FieldCheck.problems(in: try manifest(text), server: APIServer(flux: .newest)).map(\.message) == [])
  }

  @Test(arguments: [
    (
      "notification.toolkit.fluxcd.io/v1 Receiver",
      "{type: generic-oidc, resources: [{kind: Bucket, name: a}], oidcProviders: [&p {issuerURL: 'https://a', validations: [{expression: a, message: b}]}, *p]}",
      "spec.oidcProviders[1] has the same issuerURL as an item before it: 'https://a'"
    ),
    (
      "source.toolkit.fluxcd.io/v1 GitRepository", "{interval: 1m, url: 'https://a', serviceAccountName: b}",
      "serviceAccountName can only be set when provider is azure or aws"
    ),
    (
      "source.toolkit.fluxcd.io/v1 Bucket",
      "{interval: 1m, bucketName: a, endpoint: b, sts: {provider: aws, endpoint: 'https://c'}}",
      "the provider generic supports no other sts.provider than ldap"
    ),
    (
      "source.toolkit.fluxcd.io/v1 Bucket",
      "{interval: 1m, bucketName: a, endpoint: b, provider: aws, secretRef: {name: a}, serviceAccountName: b}",
      "secretRef and serviceAccountName exclude each other"
    ),
    (
      "source.toolkit.fluxcd.io/v1 HelmChart",
      "{interval: 1m, chart: a, sourceRef: {kind: Bucket, name: b}, verify: {provider: cosign}}",
      "verify is only supported for charts of a HelmRepository"
    ),
    ("helm.toolkit.fluxcd.io/v2 HelmRelease", "{interval: 1m}", "either chart or chartRef must be set"),
    (
      "helm.toolkit.fluxcd.io/v2 HelmRelease",
      "{interval: 1m, chartRef: {kind: HelmChart, name: a}, kubeConfig: {}}",
      "kubeConfig needs exactly one of configMapRef and secretRef"
    ),
    (
      "helm.toolkit.fluxcd.io/v2 HelmRelease",
      "{interval: 1m, chartRef: {kind: HelmChart, name: a}, upgrade: {strategy: {name: RemediateOnFailure, retryInterval: 1m}}}",
      "upgrade.strategy.retryInterval is only for RetryOnFailure"
    ),
    (
      "image.toolkit.fluxcd.io/v1 ImagePolicy",
      "{imageRepositoryRef: {name: a}, policy: {alphabetical: {}}, interval: 1m}",
      "interval is only taken when digestReflectionPolicy is Always"
    ),
    (
      "notification.toolkit.fluxcd.io/v1beta3 Provider", "{type: slack, commitStatusExpr: a}",
      "commitStatusExpr is only for providers that set commit statuses"
    ),
    (
      "notification.toolkit.fluxcd.io/v1 Receiver", "{type: github, resources: [{kind: Bucket, name: a}]}",
      "a receiver must have a secretRef unless its type is generic-oidc"
    ),
    (
      "source.extensions.fluxcd.io/v1beta1 ArtifactGenerator",
      "{sources: [{alias: a, kind: Bucket, name: b}], artifacts: [{name: A_b, copy: [{from: '@a/x', to: '@artifact/'}]}]}",
      "names of artifacts must be names of Kubernetes objects where pathPattern is not set"
    ),
    (
      "fluxcd.controlplane.io/v1 FluxInstance", "{distribution: {version: 2.x, registry: a}}",
      "the only name for a FluxInstance is 'flux'"
    ),
    (
      "fluxcd.controlplane.io/v1 ResourceSet", "{steps: [{name: a, resources: []}, {name: a, resources: []}]}",
      "names of steps must be unique"
    ),
    (
      "fluxcd.controlplane.io/v1 ResourceSet", "{resources: [], inputsFrom: [{kind: ResourceSetInputProvider}]}",
      "a provider of inputs needs a name or a selector"
    ),
    (
      "fluxcd.controlplane.io/v1 ResourceSetInputProvider", "{type: GitHubTag, url: 'oci://a/b'}",
      "url must start with http:// or https:// for this type"
    ),
    (
      "fluxcd.controlplane.io/v1 ResourceSetInputProvider", "{type: Static, secretRef: {name: a}}",
      "secretRef is not for this type"
    ),
  ])
  func rulesBetweenFieldsAreJudged(_ kind: String, spec: String, message: String) throws {
    #expect(try Self.problems(kind, spec).map(\.message) == [message])
  }

  /// What the APIs of one Flux demand and those of another do not.
  @Test(
    arguments: [
      (
        "helm.toolkit.fluxcd.io/v2 HelmRelease",
        "{interval: 1m, chartRef: {kind: HelmChart, name: a}, healthCheckExprs: [{apiVersion: a/v1, current: 'true'}]}",
        "kind must be set before Flux 2.9", [FluxVersion.v28]
      ),
      (
        "notification.toolkit.fluxcd.io/v1 Receiver", "{type: github, resources: [{kind: Bucket, name: a}]}",
        "a receiver must have a secretRef", [.v27, .v28]
      ),
      (
        "source.toolkit.fluxcd.io/v1 GitRepository",
        "{interval: 1m, url: 'https://a', serviceAccountName: b}",
        "serviceAccountName can only be set when provider is azure", [.v27, .v28]
      ),
      (
        "source.toolkit.fluxcd.io/v1 HelmChart",
        "{interval: 1m, chart: a, sourceRef: {kind: Bucket, name: b}, verify: {provider: cosign}}",
        "verify is only supported for charts of a HelmRepository", [.v28, .v29]
      ),
      (
        "source.extensions.fluxcd.io/v1beta1 ArtifactGenerator",
        "{sources: [{alias: a, kind: Bucket, name: b}], artifacts: [{name: a.b, copy: [{from: '@a/x', to: '@artifact/'}]}]}",
        "names of artifacts have no dots before Flux 2.9", [.v27, .v28]
      ),
    ] as [(String, String, String, [FluxVersion])])
  func rulesOfOneFluxOnly(_ kind: String, spec: String, message: String, versions: [FluxVersion]) throws {
    let breaking = try FluxVersion.supported.filter {
      try Self.problems(kind, spec, flux: $0).map(\.message).contains(message)
    }
    #expect(breaking == versions)
  }
}
