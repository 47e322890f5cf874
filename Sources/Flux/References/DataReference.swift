import Kubernetes

/// A Secret or ConfigMap that an object of Flux's reads.
public struct DataReference: Sendable {
  /// The Secret or ConfigMap.
  public var ref: ObjectRef
  /// The field that names it.
  public var field: String
  /// Whether it may be missing.
  public var isOptional = false

  init?(_ ref: ObjectRef?, _ field: String, isOptional: Bool = false) {
    guard let ref, !ref.name.isEmpty else { return nil }
    self.ref = ref
    self.field = field
    self.isOptional = isOptional
  }
}

extension FluxObject {
  /// The Secrets and ConfigMaps that the object names: credentials, keys, variables, values.
  public var dataReferences: [DataReference] {
    switch self {
    case .gitRepository(let value):
      [
        DataReference(value.secretRef, "spec.secretRef"), DataReference(value.proxySecretRef, "spec.proxySecretRef"),
        DataReference(value.verify?.value.secretRef, "spec.verify.secretRef"),
      ].compactMap { $0 }
    case .ociRepository(let value):
      Self.credentials(value.secretRef, value.certSecretRef, value.proxySecretRef)
        + Self.keys(value.verify?.value, "spec.verify")
    case .helmRepository(let value): Self.credentials(value.secretRef, value.certSecretRef)
    case .helmChart(let value): Self.keys(value.verify?.value, "spec.verify")
    case .bucket(let value):
      Self.credentials(value.secretRef, value.certSecretRef, value.proxySecretRef)
        + Self.credentials(value.sts?.value.secretRef, value.sts?.value.certSecretRef, at: "spec.sts")
    case .imageRepository(let value): Self.credentials(value.secretRef, value.certSecretRef, value.proxySecretRef)
    case .provider(let value): Self.credentials(value.secretRef, value.certSecretRef, value.proxySecretRef)
    case .receiver(let value): Self.credentials(value.secretRef)
    case .resourceSetInputProvider(let value): Self.credentials(value.secretRef, value.certSecretRef)
    case .imageUpdateAutomation(let value):
      [DataReference(value.signingKey, "spec.git.commit.signingKey.secretRef")].compactMap { $0 }
    case .kustomization(let value): Self.data(of: value)
    case .helmRelease(let value): Self.data(of: value)
    case .fluxInstance(let value): value.dataReferences
    case .externalArtifact, .artifactGenerator, .alert, .imagePolicy, .fluxReport, .resourceSet: []
    }
  }

  private static func credentials(
    _ login: ObjectRef?, _ certificates: ObjectRef? = nil, _ proxy: ObjectRef? = nil, at path: String = "spec"
  ) -> [DataReference] {
    [
      DataReference(login, "\(path).secretRef"), DataReference(certificates, "\(path).certSecretRef"),
      DataReference(proxy, "\(path).proxySecretRef"),
    ].compactMap { $0 }
  }

  private static func keys(_ verification: SignatureVerification?, _ path: String) -> [DataReference] {
    [
      DataReference(verification?.secretRef, "\(path).secretRef"),
      DataReference(verification?.trustedRootSecretRef, "\(path).trustedRootSecretRef"),
    ].compactMap { $0 }
  }

  private static func access(_ config: KubeConfig?) -> [DataReference] {
    [
      DataReference(config?.secretRef, "spec.kubeConfig.secretRef"),
      DataReference(config?.configMapRef, "spec.kubeConfig.configMapRef"),
    ].compactMap { $0 }
  }

  private static func data(of kustomization: Kustomization) -> [DataReference] {
    let variables = (kustomization.postBuild?.value.substituteFrom ?? []).compactMap { entry in
      DataReference(
        entry.value.ref, "spec.postBuild.substituteFrom", isOptional: entry.value.optional?.value ?? false)
    }
    let keys = DataReference(kustomization.decryption?.value.secretRef, "spec.decryption.secretRef")
    return variables + [keys].compactMap { $0 } + access(kustomization.kubeConfig?.value)
  }

  private static func data(of release: HelmRelease) -> [DataReference] {
    let values = release.valuesFrom.compactMap { entry in
      DataReference(entry.value.ref, "spec.valuesFrom", isOptional: entry.value.optional?.value ?? false)
    }
    return values + access(release.kubeConfig?.value)
      + keys(release.chart?.value.spec?.value.verify?.value, "spec.chart.spec.verify")
  }
}

extension ImageUpdateAutomation {
  fileprivate var signingKey: ObjectRef? { git?.value.commit?.value.signingKey?.value.secretRef }
}

extension FluxInstance {
  /// The operator takes names of Secrets as plain texts.
  fileprivate var dataReferences: [DataReference] {
    let names = [
      (sync?.value.pullSecret, "spec.sync.pullSecret"),
      (distribution?.value.artifactPullSecret, "spec.distribution.artifactPullSecret"),
      (distribution?.value.imagePullSecret, "spec.distribution.imagePullSecret"),
    ]
    return names.compactMap { name, field in
      let ref = name.map {
        ObjectRef(kind: "Secret", name: $0.value, namespace: manifest.namespace, origin: $0.origin)
      }
      return DataReference(ref, field)
    }
  }
}
