import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import Reports

/// Graphs as JSON. Nodes are meant by their positions in `nodes`.
enum GraphJSON {
  static func render(_ pictures: [ClusterPicture], _ unreached: [UnreachedObject]) -> [UInt8] {
    JSONValue.object([
      ("version", .number(1)), ("clusters", .array(pictures.map(value))),
      ("unreached", .array(unreached.map(JSONParts.unreached))),
    ]).bytes()
  }

  private static func value(_ picture: ClusterPicture) -> JSONValue {
    // Where only a part is shown, the nodes that are left are numbered anew.
    let positions = Dictionary(uniqueKeysWithValues: picture.nodes.enumerated().map { ($1, $0) })
    func numbers(_ nodes: [Int]) -> JSONValue { .array(nodes.compactMap { positions[$0] }.map { .number($0) }) }
    func number(_ node: Int) -> JSONValue { positions[node].map { .number($0) } ?? .null }
    let graph = picture.graph
    let cycles = graph.cycles(without: picture.cluster.presenceEdges).filter { $0.allSatisfy(picture.isShown) }
    return .object([
      ("cluster", .string(picture.cluster.name)),
      ("entry", JSONParts.place(picture.cluster.entryPoint.location)),
      ("nodes", .array(picture.nodes.map { node(picture, $0) })),
      (
        "edges",
        .array(
          picture.edges.map { edge in
            .object([
              ("from", number(edge.from)), ("to", number(edge.to)), ("kind", .string(edge.kind.rawValue)),
              ("path", .string(edge.location.file.path)), ("line", .number(Int(edge.location.span.start.line))),
            ])
          })
      ),
      (
        "absent",
        .array(
          picture.absences.map { absence in
            .object([
              ("from", number(absence.from)), ("to", JSONParts.object(absence.to)), ("kind", .string("dependsOn")),
              ("path", .string(absence.location.file.path)), ("line", .number(Int(absence.location.span.start.line))),
            ])
          })
      ),
      ("blocked", .array(picture.blocks.compactMap { block($0, picture) })),
      ("cycles", .array(cycles.map(numbers))),
      ("deadlocks", .array(picture.order.deadlocks.map(deadlock))),
      ("longestChain", numbers(picture.order.longestChain.map(\.node))),
      (
        "stalls",
        .array(
          picture.stalls.map { .object([("node", number($0.node)), ("stalled", numbers($0.stalled))]) })
      ),
      ("imageMarkers", .array(picture.markers.filter { graph.node($0.policy) != nil }.map(marker))),
    ])
  }

  private static func node(_ picture: ClusterPicture, _ node: Int) -> JSONValue {
    let id = picture.graph.nodes[node]
    let place = picture.cluster.object(id)?.manifest.origin.location
    return .object(
      JSONParts.members(id) + [
        ("location", place.map(JSONParts.place) ?? .null), ("wave", picture.waves[node].map { .number($0) } ?? .null),
      ])
  }

  /// A dependency that never comes about; nil for one of what is not shown.
  private static func block(_ block: StartBlock, _ picture: ClusterPicture) -> JSONValue? {
    guard let node = picture.graph.node(block.blocked), picture.isShown(node) else { return nil }
    let reason =
      switch block.reason {
      case .missing: "missing"
      case .suspended: "suspended"
      }
    return .object([
      ("object", JSONParts.object(block.blocked)), ("dependency", JSONParts.object(block.dependency.id)),
      ("reason", .string(reason)), ("location", JSONParts.place(block.dependency.origin.location)),
    ])
  }

  private static func deadlock(_ lock: StartOrder.Deadlock) -> JSONValue {
    .object([
      ("blocked", JSONParts.object(lock.blocked)), ("location", JSONParts.place(lock.place)),
      ("circle", JSONParts.objects(lock.names)), ("story", JSONParts.lines(lock.story)),
    ])
  }

  private static func marker(_ marker: ImageMarker) -> JSONValue {
    .object([("policy", JSONParts.object(marker.policy)), ("location", JSONParts.place(marker.location))])
  }
}
