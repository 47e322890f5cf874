import Diagnostics

/// The flags of Flux's controllers that change what manifests mean, as far as the repository tells.
public struct ControllerSettings: Sendable {
  /// A flag's value and the place that sets it.
  public struct Setting<Value: Sendable & Hashable>: Sendable, Hashable {
    /// The value in force.
    public var value: Value
    /// The place that sets it.
    public var location: Location

    /// A value with its place.
    public init(_ value: Value, at location: Location) {
      self.value = value
      self.location = location
    }
  }

  /// Whether the controllers' manifests are in the repository at all. Without them a flag that is not set is not known.
  public var areKnown = false
  /// The Deployments of the controllers, shards among them.
  public var instances: [ControllerInstance] = []
  /// `--no-cross-namespace-refs` by controller name; only controllers that set it are in it.
  public var noCrossNamespaceRefs: [String: Setting<Bool>] = [:]
  /// `--default-service-account` by controller name.
  public var defaultServiceAccount: [String: Setting<String>] = [:]
  /// `--no-remote-bases` of kustomize-controller.
  public var noRemoteBases: Setting<Bool>?
  /// `--default-decryption-service-account` of kustomize-controller.
  public var defaultDecryptionServiceAccount: Setting<String>?
  /// `--default-kubeconfig-service-account` by controller name.
  public var defaultKubeConfigServiceAccount: [String: Setting<String>] = [:]
  /// `--custom-apply-stage-kinds` of kustomize-controller: groups and kinds, such as `example.com/Widget`.
  public var customApplyStageKinds: Setting<[String]>?
  /// Feature gates by controller name, then by gate.
  public var featureGates: [String: [String: Setting<Bool>]] = [:]

  /// Settings of which nothing is known.
  public init() {}

  /// Whether `controller` refuses references into other namespaces.
  public func refusesCrossNamespace(_ controller: String) -> Bool {
    noCrossNamespaceRefs[controller]?.value ?? false
  }
}
