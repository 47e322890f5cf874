import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import YAML

extension Rule {
  static let dependencyDeadlock = Rule(
    id: "dependency-deadlock", chapter: .dependencies, severity: .error,
    title: "an object waits for what never comes",
    why: """
      One waits until the other is healthy, and the other cannot begin before the first is ready: on a fresh cluster \
      neither ever is, nor anything that depends on them. The same comes of a `readyExpr` that fails or is false whatever \
      the status of the dependency.
      """,
    remedy: "Let the one not wait for the other (`wait`, `healthChecks`), correct the `readyExpr`, or take the "
      + "dependency out.",
    check: .cluster { context, report in
      // What stands in a circle of dependencies, or goes from one of its members to another, is another rule's.
      let graph = context.cluster.graph
      let circles = graph.cycles(without: context.cluster.presenceEdges).map { circle in
        Set(circle.map { graph.nodes[$0] })
      }
      for lock in StartOrder(context.cluster, also: requirements(context)).deadlocks
      where !circles.contains(where: { $0.contains(lock.blocked) || $0.intersection(lock.names).count > 1 }) {
        // Whoever applies the root by hand applies what stands beside it, too; and an object that is there all the same is
        // found, whoever applies it.
        guard let object = context.cluster.object(lock.blocked), !context.cluster.seeds.contains(lock.blocked),
          !lock.names.contains(where: { context.facts.comesWithCluster($0) || context.isExternal($0) })
        else { continue }
        report.add(
          .locked(lock), at: lock.place, about: object.reference,
          field: "deadlock[\(lock.names.sorted().map(\.description).joined(separator: ","))]",
          related: lock.story + object.trace)
      }
      // Where nothing shows what reconciles a folder, objects may get labels from there.
      guard context.cluster.entryPoint.kind != .folder else { return }
      for applier in context.facts.fluxObjects.compactMap(Applier.init) {
        for dependency in applier.dependsOn { judge(dependency.value, of: applier, context, &report) }
      }
    })

  /// A dependency whose own expression can never be true.
  private static func judge(
    _ dependency: Dependency, of applier: Applier, _ context: RuleContext, _ report: inout Reporter
  ) {
    guard let expression = dependency.readyExpr, let reference = dependency.ref,
      let other = context.cluster.object(reference.id),
      let never = ReadyExpression(expression.value, at: expression.origin)
        .neverTrue(for: .init(applier.object), dependency: .init(other))
    else { return }
    var place = expression.origin
    place.span = never.span
    report.add(
      .neverReady(applier.id, reference.id, never), at: place, about: applier.object,
      field: "spec.dependsOn[\(reference.namespace)/\(reference.name)].readyExpr",
      related: [RelatedLocation("the dependency is \(reference.id)", at: other.manifest.origin.location)])
  }

  /// What goes into a namespace, or is of a custom type, cannot be applied before both are there.
  private static func requirements(_ context: RuleContext) -> [StartOrder.Requirement] {
    let cluster = context.cluster
    let makers = NamespaceMakers(cluster)
    var found: [StartOrder.Requirement] = []
    func add(_ user: Int, _ maker: Int, _ kind: StartOrder.Need.Kind, at place: Location) {
      guard !cluster.reconciliations[maker].kind.isGiven, !cluster.reconciliations[user].kind.isGiven else { return }
      let (user, maker) = (cluster.reconciliations[user].id, cluster.reconciliations[maker].id)
      found.append(StartOrder.Requirement(user, needs: maker, kind, at: place))
    }
    for use in NamespaceUse.all(in: context) {
      let creators = makers.makers(for: use)
      guard let maker = creators.first, creators.count == 1 else { continue }
      add(use.reconciliation, maker, .namespace, at: use.place.location)
    }
    for use in CustomUse.all(in: context) where use.definitions.count == 1 {
      let object = cluster.objects[use.objects[0]].manifest
      add(
        use.reconciliation, cluster.objects[use.definitions[0]].reconciliation, .definition,
        at: (object.node["kind"]?.origin ?? object.origin).location)
    }
    return found
  }
}

extension Message {
  fileprivate static func neverReady(_ id: ObjectID, _ dependency: ObjectID, _ never: ReadyExpression.NeverTrue) -> Self
  {
    let reason = never.failure.map { "it always fails, \($0)" } ?? "it is always false"
    return Message(
      "\(id) can never begin: the readyExpr for \(dependency) cannot be true, \(reason)",
      help: "Let the expression ask for fields that both objects have, or guard them with `has()`.")
  }

  fileprivate static func locked(_ lock: StartOrder.Deadlock) -> Self {
    let way = (lock.names + lock.names.prefix(1)).map(\.description)
    return Message(
      "\(lock.blocked) can never begin, because what it needs waits for it: \(way.joined(separator: " → "))")
  }
}
