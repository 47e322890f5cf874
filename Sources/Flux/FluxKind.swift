import Kubernetes

/// The kinds of Flux's custom resources.
public enum FluxKind: String, Sendable, Hashable, CaseIterable {
  /// A Git repository to fetch.
  case gitRepository = "GitRepository"
  /// An artifact in a container registry to fetch.
  case ociRepository = "OCIRepository"
  /// A Helm repository.
  case helmRepository = "HelmRepository"
  /// A chart out of a source.
  case helmChart = "HelmChart"
  /// An object store to fetch.
  case bucket = "Bucket"
  /// An artifact that another controller provides.
  case externalArtifact = "ExternalArtifact"
  /// Artifacts composed out of sources.
  case artifactGenerator = "ArtifactGenerator"
  /// A path to build and apply.
  case kustomization = "Kustomization"
  /// A chart to install.
  case helmRelease = "HelmRelease"
  /// A place to send notifications to.
  case provider = "Provider"
  /// Which events go to a provider.
  case alert = "Alert"
  /// A webhook.
  case receiver = "Receiver"
  /// An image repository to scan.
  case imageRepository = "ImageRepository"
  /// Which tag of an image is the latest.
  case imagePolicy = "ImagePolicy"
  /// Commits of new image tags.
  case imageUpdateAutomation = "ImageUpdateAutomation"
  /// A Flux installation, of flux-operator.
  case fluxInstance = "FluxInstance"
  /// The state of a Flux installation, of flux-operator.
  case fluxReport = "FluxReport"
  /// Templates of objects, of flux-operator.
  case resourceSet = "ResourceSet"
  /// Inputs of ResourceSets, of flux-operator.
  case resourceSetInputProvider = "ResourceSetInputProvider"

  /// The kind of an object; nil when it is none of Flux's (such as kustomize's own Kustomization).
  public init?(_ type: GroupVersionKind) {
    guard let kind = FluxKind(rawValue: type.kind), kind.group == type.group else { return nil }
    self = kind
  }

  /// The API group.
  public var group: String {
    switch self {
    case .gitRepository, .ociRepository, .helmRepository, .helmChart, .bucket, .externalArtifact:
      "source.toolkit.fluxcd.io"
    case .artifactGenerator: "source.extensions.fluxcd.io"
    case .kustomization: "kustomize.toolkit.fluxcd.io"
    case .helmRelease: "helm.toolkit.fluxcd.io"
    case .provider, .alert, .receiver: "notification.toolkit.fluxcd.io"
    case .imageRepository, .imagePolicy, .imageUpdateAutomation: "image.toolkit.fluxcd.io"
    case .fluxInstance, .fluxReport, .resourceSet, .resourceSetInputProvider: "fluxcd.controlplane.io"
    }
  }

  /// The controller that reconciles it, where that is one of Flux's own.
  public var controller: String? {
    switch self {
    case .gitRepository, .ociRepository, .helmRepository, .helmChart, .bucket: "source-controller"
    case .artifactGenerator: "source-watcher"
    case .kustomization: "kustomize-controller"
    case .helmRelease: "helm-controller"
    case .provider, .alert, .receiver: "notification-controller"
    case .imageRepository, .imagePolicy: "image-reflector-controller"
    case .imageUpdateAutomation: "image-automation-controller"
    case .externalArtifact, .fluxInstance, .fluxReport, .resourceSet, .resourceSetInputProvider: nil
    }
  }

  /// Whether Kustomizations or HelmReleases can take an artifact from it.
  public var isSource: Bool {
    switch self {
    case .gitRepository, .ociRepository, .helmRepository, .helmChart, .bucket, .externalArtifact: true
    default: false
    }
  }
}
