import Diagnostics
import Flux
import Kubernetes

extension StartOrder {
  /// Which dependencies of an object must be ready before it begins. A `readyExpr` takes the place of the built-in check, and
  /// may be content with less; a ResourceSet is content with what is there, unless it asks for `ready`.
  public struct Gates {
    private let object: AppliedObject?
    private let dependencies: [Dependency]
    private let ofResourceSet: [ResourceSet.Dependency]
    private let cluster: Cluster

    /// The dependencies of the object with the identity `id`.
    public init(of id: ObjectID, in cluster: Cluster) {
      self.cluster = cluster
      object = cluster.object(id)
      if case .resourceSet(let value)? = object?.flux {
        ofResourceSet = value.dependsOn.map(\.value)
      } else {
        ofResourceSet = []
      }
      switch object?.flux {
      case .kustomization(let value)?: dependencies = value.dependsOn.map(\.value)
      case .helmRelease(let value)?: dependencies = value.dependsOn.map(\.value)
      default: dependencies = []
      }
    }

    /// Whether the object waits until `id` is ready.
    public func isGate(_ id: ObjectID) -> Bool {
      if let dependency = ofResourceSet.first(where: { $0.ref?.id == id }) {
        return dependency.waitsForReady
      }
      guard let object, let expression = dependencies.first(where: { $0.ref?.id == id })?.readyExpr,
        let other = cluster.object(id)
      else { return true }
      return !ReadyExpression(expression.value, at: expression.origin)
        .mayComeBeforeReady(for: .init(object), dependency: .init(other))
    }
  }
}

extension Cluster {
  /// The edges by which ResourceSets ask only that something be there: whether that gets on, holds nobody up.
  public var presenceEdges: Set<Graph.Edge> { Set(graph.edges.filter(isContentWithPresence)) }

  /// Whether an edge is a ResourceSet's dependency on what has to be there only, in whatever state.
  public func isContentWithPresence(_ edge: Graph.Edge) -> Bool {
    guard edge.kind == .dependsOn, case .resourceSet(let set)? = object(graph.nodes[edge.from])?.flux else {
      return false
    }
    return set.dependsOn.first { $0.value.ref?.origin.location == edge.location }?.value.ready?.value != true
  }
}

extension ReadyExpression.Party {
  /// An object as it is applied.
  public init(_ object: AppliedObject) {
    self.init(object.manifest, namespace: object.id.namespace, unknownPaths: object.unknownPaths)
  }
}
