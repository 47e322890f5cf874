import YAML

extension CrossFieldRules {
  static let gitRepository = [
    Rule("spec", "serviceAccountName", "serviceAccountName can only be set when provider is azure or aws", since: .v29)
    {
      $0.has("serviceAccountName") && !["azure", "aws"].contains($0.text("provider"))
    },
    Rule("spec", "serviceAccountName", "serviceAccountName can only be set when provider is azure", until: .v29) {
      $0.has("serviceAccountName") && $0.text("provider") != "azure"
    },
  ]

  static let bucket = [
    Rule("spec", "sts", "sts is only supported by the providers aws and generic") {
      $0.has("sts") && !["aws", "generic"].contains($0.text("provider", or: "generic"))
    },
    Rule("spec", "sts", "the provider aws supports no other sts.provider than aws") {
      $0.text("provider") == "aws" && $0["sts"].map { $0.text("provider") != "aws" } ?? false
    },
    Rule("spec", "sts", "the provider generic supports no other sts.provider than ldap") {
      $0.text("provider", or: "generic") == "generic" && $0["sts"].map { $0.text("provider") != "ldap" } ?? false
    },
    Rule("spec", "sts", "sts.secretRef is not for the provider aws") {
      $0["sts"].map { $0.text("provider") == "aws" && $0.has("secretRef") } ?? false
    },
    Rule("spec", "sts", "sts.certSecretRef is not for the provider aws") {
      $0["sts"].map { $0.text("provider") == "aws" && $0.has("certSecretRef") } ?? false
    },
    Rule("spec", "serviceAccountName", "serviceAccountName is not for the provider generic") {
      $0.text("provider", or: "generic") == "generic" && $0.has("serviceAccountName")
    },
    Rule("spec", "serviceAccountName", "secretRef and serviceAccountName exclude each other") {
      $0.has("secretRef") && $0.has("serviceAccountName")
    },
  ]

  static let helmChart = [
    Rule("spec", "verify", "verify is only supported for charts of a HelmRepository", since: .v28) {
      $0.has("verify") && $0["sourceRef"].map { $0.text("kind") != "HelmRepository" } ?? false
    }
  ]

  static let artifactGenerator = [
    Rule("spec", "artifacts", "names of artifacts must be names of Kubernetes objects where pathPattern is not set") {
      spec in
      guard spec.text("pathPattern").isEmpty else { return false }
      return (spec["artifacts"]?.sequence ?? []).contains { !MetadataText.isSubdomain($0.text("name")) }
    },
    Rule("spec.artifacts[]", "name", "names of artifacts have no dots before Flux 2.9", until: .v29) {
      $0.text("name").utf8.contains(UInt8(ascii: "."))
    },
  ]

  static let healthChecks = [
    Rule("spec.healthCheckExprs[]", "", "kind must be set before Flux 2.9", until: .v29) { !$0.has("kind") }
  ]

  static let kubeConfig = [
    Rule("spec.kubeConfig", "", "kubeConfig needs exactly one of configMapRef and secretRef") {
      $0.has("configMapRef") == $0.has("secretRef")
    }
  ]

  static let helmRelease = [
    Rule("spec", "chartRef", "either chart or chartRef must be set") { $0.has("chart") == $0.has("chartRef") },
    Rule("spec.install.strategy", "retryInterval", "install.strategy.retryInterval is not for RemediateOnFailure") {
      $0.has("retryInterval") && $0.text("name") == "RemediateOnFailure"
    },
    Rule("spec.upgrade.strategy", "retryInterval", "upgrade.strategy.retryInterval is only for RetryOnFailure") {
      $0.has("retryInterval") && $0.text("name") != "RetryOnFailure"
    },
  ]

  static let imagePolicy = [
    Rule("spec", "interval", "interval is only taken when digestReflectionPolicy is Always") {
      $0.has("interval") && $0.text("digestReflectionPolicy", or: "Never") != "Always"
    },
    Rule("spec", "digestReflectionPolicy", "interval must be set when digestReflectionPolicy is Always") {
      !$0.has("interval") && $0.text("digestReflectionPolicy") == "Always"
    },
  ]

  static let provider = [
    Rule("spec", "commitStatusExpr", "commitStatusExpr is only for providers that set commit statuses") {
      let types = ["github", "gitlab", "gitea", "bitbucketserver", "bitbucket", "azuredevops"]
      return $0.has("commitStatusExpr") && !types.contains($0.text("type"))
    }
  ]

  static let receiver = [
    Rule("spec", "type", "a receiver of type generic-oidc must have oidcProviders") {
      $0.text("type") == "generic-oidc" && ($0["oidcProviders"]?.sequence ?? []).isEmpty
    },
    Rule("spec", "oidcProviders", "oidcProviders are only for the type generic-oidc") {
      $0.text("type") != "generic-oidc" && !($0["oidcProviders"]?.sequence ?? []).isEmpty
    },
    Rule("spec", "secretRef", "a receiver of type generic-oidc cannot have a secretRef") {
      $0.text("type") == "generic-oidc" && $0.has("secretRef")
    },
    Rule("spec", "type", "a receiver must have a secretRef unless its type is generic-oidc", since: .v29) {
      $0.text("type") != "generic-oidc" && !$0.has("secretRef")
    },
    Rule("spec", "type", "a receiver must have a secretRef", until: .v29) { !$0.has("secretRef") },
  ]
}
