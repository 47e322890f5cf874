import YAML

extension CrossFieldRules {
  static let fluxReport = [
    Rule("metadata", "name", "the only name for a FluxReport is 'flux'") { $0.text("name") != "flux" }
  ]

  static let fluxInstance = [
    Rule("metadata", "name", "the only name for a FluxInstance is 'flux'") { $0.text("name") != "flux" },
    Rule("spec", "sharding", "storage must be set when sharding.storage is persistent") {
      $0["sharding"]?.text("storage") == "persistent" && !$0.has("storage")
    },
    Rule("spec.cluster", "multitenantWorkloadIdentity", "multitenantWorkloadIdentity needs objectLevelWorkloadIdentity")
    {
      $0.isTrue("multitenantWorkloadIdentity") && !$0.isTrue("objectLevelWorkloadIdentity")
    },
    Rule("spec.sync", "provider", "sync.provider gcp is only for OCIRepository and Bucket") {
      $0.text("provider") == "gcp" && !["OCIRepository", "Bucket"].contains($0.text("kind"))
    },
    Rule("spec.sync", "provider", "sync.provider github is only for GitRepository") {
      $0.text("provider") == "github" && $0.text("kind") != "GitRepository"
    },
  ]

  static let resourceSet = [
    Rule("spec", "steps", "steps exclude resources and resourcesTemplate") {
      $0.has("steps") && ($0.has("resources") || $0.has("resourcesTemplate"))
    },
    Rule("spec", "", "one of steps, resources and resourcesTemplate must be set") {
      !$0.has("steps") && !$0.has("resources") && !$0.has("resourcesTemplate")
    },
    Rule("spec.steps", "", "names of steps must be unique") {
      let names = ($0.sequence ?? []).map { $0.text("name") }
      return Set(names).count < names.count
    },
    Rule("spec.steps[]", "name", "a step must have resources or a resourcesTemplate") {
      !$0.has("resources") && !$0.has("resourcesTemplate")
    },
    Rule("spec.inputStrategy", "includeEmptyProviders", "includeEmptyProviders is only for the strategy Permute") {
      $0.has("includeEmptyProviders") && $0.text("name") != "Permute"
    },
    Rule("spec.inputsFrom[]", "kind", "a provider of inputs needs a name or a selector") {
      !$0.has("name") && !$0.has("selector")
    },
    Rule("spec.inputsFrom[]", "selector", "a provider of inputs cannot have both a name and a selector") {
      $0.has("name") && $0.has("selector")
    },
  ]

  static let resourceSetInputProvider =
    inputProviderAddresses + inputProviderCredentials + [
      Rule("spec", "type", "selectors must be set when type is ExternalArtifact") {
        $0.text("type") == "ExternalArtifact" && ($0["selectors"]?.sequence ?? []).isEmpty
      },
      Rule("spec", "selectors", "selectors are only for the type ExternalArtifact") {
        $0.text("type") != "ExternalArtifact" && $0.has("selectors")
      },
      Rule("spec.selectors[]", "name", "a selector cannot have both a name and labels") {
        $0.has("name") && ($0.has("matchLabels") || $0.has("matchExpressions"))
      },
    ]

  private static let inputProviderAddresses = [
    Rule("spec", "url", "url must be empty when type is Static or ExternalArtifact") {
      ["Static", "ExternalArtifact"].contains($0.text("type")) && $0.has("url")
    },
    Rule("spec", "type", "url must be set unless type is Static or ExternalArtifact") {
      !["Static", "ExternalArtifact"].contains($0.text("type")) && !$0.has("url")
    },
    Rule("spec", "url", "url must start with http:// or https:// for this type") {
      let type = $0.text("type")
      guard $0.has("url"), type.hasPrefix("Git") || type.hasPrefix("AzureDevOps") || type == "ExternalService" else {
        return false
      }
      return !$0.text("url").hasPrefix("http")
    },
    Rule("spec", "url", "url must start with https:// when type is AWSCodeCommit") {
      $0.has("url") && $0.text("type").hasPrefix("AWSCodeCommit") && !$0.text("url").hasPrefix("https://")
    },
    Rule("spec", "url", "url must start with oci:// and have a path when type is an OCI registry") {
      guard $0.has("url"), $0.text("type").hasSuffix("ArtifactTag") else { return false }
      let url = $0.text("url")
      return !url.hasPrefix("oci://") || !url.utf8.dropFirst("oci://".utf8.count).contains(UInt8(ascii: "/"))
    },
    Rule("spec", "insecure", "insecure is only for the types ExternalService and OCIArtifactTag") {
      $0.isTrue("insecure") && !["ExternalService", "OCIArtifactTag"].contains($0.text("type"))
    },
    Rule("spec", "url", "url must use https:// unless insecure is true") {
      $0.text("type") == "ExternalService" && $0.text("url").hasPrefix("http://") && !$0.isTrue("insecure")
    },
  ]

  private static let inputProviderCredentials = [
    Rule("spec", "serviceAccountName", "serviceAccountName is not for this type") {
      let type = $0.text("type")
      return $0.has("serviceAccountName") && !type.hasPrefix("AzureDevOps") && !type.hasPrefix("AWSCodeCommit")
        && !type.hasSuffix("ArtifactTag") && type != "ExternalArtifact"
    },
    Rule("spec", "certSecretRef", "certSecretRef is not for this type") {
      $0.has("certSecretRef") && (isWithoutSecrets($0.text("type")) || $0.text("type").hasPrefix("AzureDevOps"))
    },
    Rule("spec", "secretRef", "secretRef is not for this type") {
      $0.has("secretRef") && isWithoutSecrets($0.text("type"))
    },
  ]

  /// Types that need no credentials or take those of the cloud.
  private static func isWithoutSecrets(_ type: String) -> Bool {
    ["Static", "ExternalArtifact"].contains(type) || type.hasPrefix("AWSCodeCommit")
      || type.hasSuffix("ArtifactTag") && type != "OCIArtifactTag"
  }
}
