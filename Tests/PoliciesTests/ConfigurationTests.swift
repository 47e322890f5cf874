import Diagnostics
import Policies
import Testing

/// Rules as the configuration knows them.
let testRules = [
  RuleSignature(
    id: "chart-version-unpinned", title: "a chart's version is not pinned", severity: .error,
    parameters: [
      ParameterSignature(
        name: "pinned", shape: .text(.oneOf(["exact", "patch-range"])), defaultValue: .text("exact"), summary: ""),
      ParameterSignature(name: "limit", shape: .integer(minimum: 1), defaultValue: .integer(5), summary: ""),
      ParameterSignature(name: "maximum", shape: .text(.duration), defaultValue: .text("1h"), summary: ""),
    ]),
  RuleSignature(id: "dependency-cycle", title: "a circle", severity: .error),
  RuleSignature(id: "source-unused", title: "an unused source", severity: .info),
]

/// Packs as the program has them.
let testPacks = [
  Pack(
    name: "recommended", title: "", extends: [],
    entries: [.init("dependency-cycle", .error), .init("chart-version-unpinned", .warning)]),
  Pack(
    name: "production", title: "", extends: ["recommended"],
    entries: [.init("chart-version-unpinned", .error, scope: .production, parameters: ["limit": .integer(3)])]),
]

func read(_ text: String) -> (configuration: Configuration, problems: [PolicyError]) {
  Configuration.read(
    SourceFile(path: ".sluice.yaml", text: text), rules: testRules, packs: testPacks)
}

@Suite struct ConfigurationTests {
  @Test func takesOverEveryKey() throws {
    let (configuration, problems) = read(
      """
      version: 1
      packs: [recommended, production]
      fluxVersion: "2.8"
      kubernetesVersion: 1.36
      entryPoints: [{cluster: prod-us, path: clusters/prod-us}]
      environments: [{name: production, class: production, clusters: ["prod-*"], paths: [], namespaces: []}]
      tenants:
        - name: payments
          namespaces: [payments, "payments-*"]
          allowedSources: [{kind: GitRepository, url: "https://git.example.com/payments/*", namespace: payments}]
          deniedSources: []
          pathPrefixes: [./deploy]
      externals:
        secrets: [{namespace: flux-system, name: slack-webhook}]
        configMaps: []
        namespaces: [kube-system]
        crds: ["*.cert-manager.io"]
        serviceAccounts: []
      sources: [{url: "https://git.example.com/payments/deploy", path: teams/payments}]
      charts: [charts]
      rules:
        chart-version-unpinned: {severity: error, parameters: {pinned: patch-range, limit: 2}}
        dependency-cycle: off
      suppressions: [{rule: dependency-cycle, object: "HelmRelease/apps/*", path: "apps/**", reason: text, until: 2027-01-31}]
      """)
    #expect(problems.isEmpty)
    #expect(configuration.packs?.map(\.value) == ["recommended", "production"])
    #expect(configuration.fluxVersion?.value == "2.8")
    #expect(configuration.kubernetesVersion?.value == "1.36")
    #expect(configuration.entryPoints.map(\.cluster) == ["prod-us"])
    #expect(configuration.tenants[0].allowedSources?.count == 1)
    #expect(configuration.externals.contains(kind: "Secret", namespace: "flux-system", name: "slack-webhook"))
    #expect(!configuration.externals.contains(kind: "ConfigMap", namespace: "flux-system", name: "slack-webhook"))
    #expect(
      configuration.externals.contains(kind: "CustomResourceDefinition", namespace: "", name: "issuers.cert-manager.io")
    )
    let mapping = try #require(configuration.sources.first)
    #expect(
      mapping.covers(
        kind: "GitRepository", namespace: "x", name: "y", url: "https://git.example.com/payments/deploy.git"))
    #expect(
      !mapping.covers(kind: "GitRepository", namespace: "x", name: "y", url: "https://git.example.com/payments/other"))
    #expect(configuration.charts.map(\.value) == ["charts"])
    #expect(configuration.rules.map(\.isOff) == [false, true])
    #expect(configuration.rules[0].parameters == ["pinned": .text("patch-range"), "limit": .integer(2)])
    #expect(configuration.suppressions[0].until?.description == "2027-01-31")
  }

  @Test(arguments: [
    ("pack: [recommended]", "1:1", "unknown key 'pack' in the configuration; did you mean 'packs'?"),
    ("packs: [recommend]", "1:9", "packs[0] cannot be 'recommend'"),
    ("packs: recommended", "1:8", "packs must be a list"),
    ("version: 2", "1:10", "version cannot be '2'"),
    ("rules: {dependency-cylce: off}", "1:9", "did you mean 'dependency-cycle'?"),
    ("rules: {dependency-cycle: fatal}", "1:27", "rules.dependency-cycle cannot be 'fatal'"),
    ("rules: {chart-version-unpinned: {parameters: {pined: exact}}}", "1:47", "did you mean 'pinned'?"),
    ("rules: {chart-version-unpinned: {parameters: {limit: 0}}}", "1:54", "must be at least 1"),
    ("rules: {chart-version-unpinned: {parameters: {maximum: 1d}}}", "1:56", "must be a duration"),
    ("tenants: [{name: a}]", "1:11", "tenants[0] needs the key 'namespaces'"),
    ("environments: [{name: a, class: prod}]", "1:33", "environments[0].class cannot be 'prod'"),
    ("entryPoints: [{cluster: a, path: ../other}]", "1:34", "must be a path inside the repository"),
    ("charts: [/charts]", "1:10", "must be a path inside the repository"),
    ("fluxVersion: latest", "1:14", "must be a minor version"),
    ("suppressions: [{rule: a, reason: b, until: soon}]", "1:44", "must be a day"),
    ("suppressions: [{rule: a, reason: ' '}]", "1:34", "suppressions[0].reason must not be empty"),
    ("suppressions: [~]", "1:16", "suppressions[0] must be a mapping"),
    ("environments: [{name: 01, class: staging}]", "1:23", "environments[0].name must be a text (in quotes"),
    ("environments: [{name: a, class: stag}]", "1:33", "did you mean 'staging'?"),
    ("rules: {chart-version-unpinned: {parameters: {limit: 3000000000}}}", "1:54", "must be at most 2147483647"),
    ("packs: []\npacks: []", "2:1", "key 'packs' stands twice"),
    ("a: [", "1:5", "did not find expected node content"),
    ("{}\n---\n{}", "3:1", "must be a single YAML document"),
    ("- a", "1:1", "must be a mapping"),
  ])
  func pointsAtWhatIsWrong(_ text: String, _ place: String, _ message: String) throws {
    let problem = try #require(read(text).problems.first)
    #expect(problem.report.contains(message), "\(problem.report)")
    #expect(problem.location?.description == ".sluice.yaml:\(place)", "\(problem.report)")
  }

  @Test func tellsAllProblemsAtOnce() {
    #expect(read("pack: []\ntenant: []\nversion: 3").problems.count == 3)
  }

  @Test func aRuleIsOffAlsoToOneWhoKnowsThatOffIsFalse() {
    #expect(read("rules: {dependency-cycle: false}").configuration.rules.map(\.isOff) == [true])
    #expect(read("rules: {dependency-cycle: {severity: false}}").configuration.rules.map(\.isOff) == [true])
  }

  @Test(arguments: ["", "# nothing yet\n", "version: 1\n", "tenants:\n"])
  func nothingIsFine(_ text: String) {
    #expect(read(text).problems.isEmpty)
  }
}

@Suite struct ScopeTests {
  @Test(arguments: [
    ("production", "clusters/a", true), ("prod-us", "x", true), ("us_prd", "x", true), ("a", "live/eu", true),
    ("Prod", "x", true), ("staging", "clusters/staging", false), ("preprod", "x", false), ("non-prod", "x", false),
    ("products", "x", false), ("a", "clusters/delivery", false),
  ])
  func namesTellProduction(_ cluster: String, _ path: String, _ wanted: Bool) {
    let found = Configuration().environmentClass(cluster: cluster, path: path, namespace: "apps")
    #expect((found == .production) == wanted)
  }

  @Test func configurationDecidesAlone() {
    let configuration = read(
      """
      environments:
        - {name: live, class: production, clusters: [main], paths: ["fleet/*"]}
        - {name: rehearsal, class: staging, namespaces: ["*-staging"]}
      """
    ).configuration
    func found(_ cluster: String, _ path: String, _ namespace: String) -> Environment.Class {
      configuration.environmentClass(cluster: cluster, path: path, namespace: namespace)
    }
    #expect(found("main", "x", "apps") == .production)
    #expect(found("main", "x", "apps-staging") == .staging)
    #expect(found("other", "fleet/eu", "apps") == .production)
    #expect(found("prod", "x", "apps") == .other)
  }

  @Test func labelsTellTenantsUntilTheConfigurationDoes() {
    #expect(Configuration().tenant(ofNamespace: "payments", labelled: "team-a") == "team-a")
    #expect(Configuration().tenant(ofNamespace: "flux-system", labelled: "team-a") == nil)
    let configuration = read("tenants: [{name: payments, namespaces: ['payments-*']}]").configuration
    #expect(configuration.tenant(ofNamespace: "payments-api", labelled: nil) == "payments")
    #expect(configuration.tenant(ofNamespace: "other", labelled: "team-a") == nil)
  }
}

@Suite struct SelectionTests {
  private func resolve(
    _ text: String = "", packs: [String] = [], only: [String] = []
  ) -> (selection: Selection, problems: [PolicyError]) {
    Selection.resolve(
      read(text).configuration, packs: packs, only: only, signatures: testRules, available: testPacks)
  }

  @Test func recommendedAppliesByDefault() {
    let selection = resolve().selection
    #expect(selection.isOn("dependency-cycle"))
    #expect(!selection.isOn("source-unused"))
    #expect(selection.packs == ["recommended"])
  }

  @Test(arguments: [["production"], ["production", "recommended"], ["recommended", "production"]])
  func theNarrowerScopeDecides(_ packs: [String]) {
    let selection = resolve(packs: packs).selection
    let inside = selection.activation(of: "chart-version-unpinned", isProduction: true, isTenant: false)
    let outside = selection.activation(of: "chart-version-unpinned", isProduction: false, isTenant: false)
    #expect(inside?.severity == .error && inside?.parameters == ["limit": .integer(3)])
    #expect(outside?.severity == .warning && outside?.parameters == [:])
  }

  @Test func theConfigurationGoesBeforePacks() {
    let selection = resolve(
      "rules: {dependency-cycle: off, chart-version-unpinned: {severity: info}, source-unused: warning}"
    ).selection
    #expect(!selection.isOn("dependency-cycle"))
    #expect(selection.severity(of: "chart-version-unpinned") == .info)
    #expect(selection.activations["chart-version-unpinned"]?.allSatisfy(\.isSeverityFixed) == true)
    #expect(selection.severity(of: "source-unused") == .warning)
  }

  @Test func aRuleOfTheCommandLineRunsAlone() {
    let selection = resolve("rules: {source-unused: off}", only: ["source-unused"]).selection
    #expect(selection.activations.keys.sorted() == ["source-unused"])
  }

  @Test func unknownNamesAreErrors() {
    #expect(
      resolve(packs: ["prodution"]).problems.map(\.message) == [
        "there is no pack 'prodution'; did you mean 'production'?"
      ])
    #expect(resolve(only: ["nonsense"]).problems.map(\.message) == ["there is no rule 'nonsense'"])
  }
}
