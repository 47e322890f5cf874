/// kustomize's own generators and transformers, by the kind that configures them.
enum BuiltInKind: String, Sendable, CaseIterable {
  case annotationsTransformer = "AnnotationsTransformer"
  case configMapGenerator = "ConfigMapGenerator"
  case hashTransformer = "HashTransformer"
  case helmChartInflationGenerator = "HelmChartInflationGenerator"
  case iamPolicyGenerator = "IAMPolicyGenerator"
  case imageTagTransformer = "ImageTagTransformer"
  case labelTransformer = "LabelTransformer"
  case namespaceTransformer = "NamespaceTransformer"
  case patchJSON6902Transformer = "PatchJson6902Transformer"
  case patchStrategicMergeTransformer = "PatchStrategicMergeTransformer"
  case patchTransformer = "PatchTransformer"
  case prefixSuffixTransformer = "PrefixSuffixTransformer"
  case prefixTransformer = "PrefixTransformer"
  case replacementTransformer = "ReplacementTransformer"
  case replicaCountTransformer = "ReplicaCountTransformer"
  case secretGenerator = "SecretGenerator"
  case suffixTransformer = "SuffixTransformer"
  case valueAddTransformer = "ValueAddTransformer"

  /// Whether objects of the kind make objects, rather than change them.
  var isGenerator: Bool {
    switch self {
    case .configMapGenerator, .secretGenerator, .iamPolicyGenerator, .helmChartInflationGenerator: true
    default: false
    }
  }
}
