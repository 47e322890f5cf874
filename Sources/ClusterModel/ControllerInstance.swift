import Diagnostics
import Kubernetes

/// A Deployment of one of Flux's controllers, and which objects it looks at.
public struct ControllerInstance: Sendable {
  /// The controller, such as `kustomize-controller`.
  public var component: String
  /// The name of the Deployment: the controller's, or that of a shard.
  public var name: String
  /// The namespace it runs in.
  public var namespace: String
  /// `--watch-label-selector`: the labels of the objects it looks at; nil for any.
  public var selector: ControllerSettings.Setting<LabelSelector>?
  /// The selector as written.
  public var selectorText: String?
  /// `--watch-all-namespaces=false`: it looks at objects of its own namespace only.
  public var isConfined = false

  /// A controller that looks at everything.
  public init(component: String, name: String, namespace: String) {
    self.component = component
    self.name = name
    self.namespace = namespace
  }

  /// Whether it reconciles an object with these labels.
  public func serves(namespace: String, labels: [String: String]) -> Bool {
    (!isConfined || namespace == self.namespace) && (selector?.value.matches(labels) ?? true)
  }
}
