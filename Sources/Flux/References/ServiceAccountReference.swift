import Diagnostics

/// A service account that an object of Flux's names, beside it in its namespace.
public struct ServiceAccountReference: Sendable {
  /// The name.
  public var name: Field<String>
  /// The field that names it.
  public var field: String
}

extension FluxObject {
  /// The service accounts that the object names, in whatever capacity.
  public var serviceAccounts: [ServiceAccountReference] {
    let (own, decrypting): (Field<String>?, Field<String>?) =
      switch self {
      case .gitRepository(let value): (value.serviceAccountName, nil)
      case .ociRepository(let value): (value.serviceAccountName, nil)
      case .bucket(let value): (value.serviceAccountName, nil)
      case .kustomization(let value):
        // With a kubeconfig it is an account of the other cluster.
        (
          value.kubeConfig == nil ? value.serviceAccountName : nil, value.decryption?.value.serviceAccountName
        )
      case .helmRelease(let value): (value.kubeConfig == nil ? value.serviceAccountName : nil, nil)
      case .provider(let value): (value.serviceAccountName, nil)
      case .imageRepository(let value): (value.serviceAccountName, nil)
      case .resourceSet(let value): (value.serviceAccountName, nil)
      case .resourceSetInputProvider(let value): (value.serviceAccountName, nil)
      case .helmRepository, .helmChart, .externalArtifact, .artifactGenerator, .alert, .receiver, .imagePolicy,
        .imageUpdateAutomation, .fluxInstance, .fluxReport:
        (nil, nil)
      }
    let named = [(own, "spec.serviceAccountName"), (decrypting, "spec.decryption.serviceAccountName")]
    return named.compactMap { name, field in
      name.flatMap { $0.value.isEmpty ? nil : ServiceAccountReference(name: $0, field: field) }
    }
  }
}
