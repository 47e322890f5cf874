import Diagnostics
import Kubernetes

/// One of Flux's custom resources, read into the type of its kind. The resource is shared, not copied: each has dozens of
/// fields, and simulation and rules hand it on all the time.
public enum FluxObject: Sendable {
  /// A GitRepository.
  case gitRepository(GitRepository)
  /// An OCIRepository.
  case ociRepository(OCIRepository)
  /// A HelmRepository.
  case helmRepository(HelmRepository)
  /// A HelmChart.
  case helmChart(HelmChart)
  /// A Bucket.
  case bucket(Bucket)
  /// An ExternalArtifact.
  case externalArtifact(ExternalArtifact)
  /// An ArtifactGenerator.
  case artifactGenerator(ArtifactGenerator)
  /// A Kustomization.
  case kustomization(Kustomization)
  /// A HelmRelease.
  case helmRelease(HelmRelease)
  /// A Provider.
  case provider(Provider)
  /// An Alert.
  case alert(Alert)
  /// A Receiver.
  case receiver(Receiver)
  /// An ImageRepository.
  case imageRepository(ImageRepository)
  /// An ImagePolicy.
  case imagePolicy(ImagePolicy)
  /// An ImageUpdateAutomation.
  case imageUpdateAutomation(ImageUpdateAutomation)
  /// A FluxInstance.
  case fluxInstance(FluxInstance)
  /// A FluxReport.
  case fluxReport(FluxReport)
  /// A ResourceSet.
  case resourceSet(ResourceSet)
  /// A ResourceSetInputProvider.
  case resourceSetInputProvider(ResourceSetInputProvider)

  /// Reads an object; nil when its kind is none of Flux's.
  public init?(_ manifest: Manifest) {
    guard let kind = FluxKind(manifest.type) else { return nil }
    switch kind {
    case .gitRepository: self = .gitRepository(GitRepository(manifest))
    case .ociRepository: self = .ociRepository(OCIRepository(manifest))
    case .helmRepository: self = .helmRepository(HelmRepository(manifest))
    case .helmChart: self = .helmChart(HelmChart(manifest))
    case .bucket: self = .bucket(Bucket(manifest))
    case .externalArtifact: self = .externalArtifact(ExternalArtifact(manifest))
    case .artifactGenerator: self = .artifactGenerator(ArtifactGenerator(manifest))
    case .kustomization: self = .kustomization(Kustomization(manifest))
    case .helmRelease: self = .helmRelease(HelmRelease(manifest))
    case .provider: self = .provider(Provider(manifest))
    case .alert: self = .alert(Alert(manifest))
    case .receiver: self = .receiver(Receiver(manifest))
    case .imageRepository: self = .imageRepository(ImageRepository(manifest))
    case .imagePolicy: self = .imagePolicy(ImagePolicy(manifest))
    case .imageUpdateAutomation: self = .imageUpdateAutomation(ImageUpdateAutomation(manifest))
    case .fluxInstance: self = .fluxInstance(FluxInstance(manifest))
    case .fluxReport: self = .fluxReport(FluxReport(manifest))
    case .resourceSet: self = .resourceSet(ResourceSet(manifest))
    case .resourceSetInputProvider: self = .resourceSetInputProvider(ResourceSetInputProvider(manifest))
    }
  }

  /// The object whatever its kind.
  public var resource: any FluxResource {
    switch self {
    case .gitRepository(let object): object
    case .ociRepository(let object): object
    case .helmRepository(let object): object
    case .helmChart(let object): object
    case .bucket(let object): object
    case .externalArtifact(let object): object
    case .artifactGenerator(let object): object
    case .kustomization(let object): object
    case .helmRelease(let object): object
    case .provider(let object): object
    case .alert(let object): object
    case .receiver(let object): object
    case .imageRepository(let object): object
    case .imagePolicy(let object): object
    case .imageUpdateAutomation(let object): object
    case .fluxInstance(let object): object
    case .fluxReport(let object): object
    case .resourceSet(let object): object
    case .resourceSetInputProvider(let object): object
    }
  }

  /// The kind.
  public var kind: FluxKind { type(of: resource).fluxKind }
  /// The object as it was written or rendered.
  public var manifest: Manifest { resource.manifest }
  /// Fields of the wrong type; they read as absent.
  public var problems: [FluxDecodeProblem] { resource.problems }
}
