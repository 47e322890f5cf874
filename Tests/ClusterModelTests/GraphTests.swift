import ClusterModel
import Diagnostics
import Kubernetes
import Testing

@Suite struct GraphTests {
  private static let file = SourceFile(path: "clusters/prod/apps.yaml", text: "")

  private func kustomization(_ name: String) -> ObjectID {
    ObjectID(group: "kustomize.toolkit.fluxcd.io", kind: "Kustomization", namespace: "flux-system", name: name)
  }

  private func graph(_ edges: [(String, String)]) -> Graph {
    var builder = Graph.Builder()
    for (line, edge) in edges.enumerated() {
      let position = SourcePosition(line: UInt32(line + 1), column: 1)
      let place = Location(file: Self.file, span: SourceSpan(start: position, end: position))
      builder.add(kustomization(edge.0))
      builder.add(kustomization(edge.1))
      builder.connect(kustomization(edge.0), to: kustomization(edge.1), .dependsOn, at: place)
    }
    return builder.freeze()
  }

  private func names(_ graph: Graph, _ nodes: [Int]) -> [String] {
    nodes.map { graph.nodes[$0].name }
  }

  @Test func anOrderlyGraphHasNoCycle() {
    #expect(graph([("apps", "infra"), ("apps", "config"), ("config", "infra")]).cycles().isEmpty)
  }

  @Test func twoThatNeedEachOtherAreACycle() {
    let graph = graph([("apps", "infra"), ("infra", "apps"), ("web", "apps")])
    #expect(graph.cycles().map { names(graph, $0) } == [["apps", "infra"]])
  }

  @Test func oneThatNeedsItselfIsACycle() {
    let graph = graph([("apps", "apps")])
    #expect(graph.cycles().map { names(graph, $0) } == [["apps"]])
  }

  @Test func aCycleIsShownByItsShortestWayAround() {
    let graph = graph([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("d", "a")])
    let way = graph.shortestCycle(in: graph.cycles()[0])
    #expect(way.map { graph.nodes[$0.from].name } == ["a", "b", "c"])
    #expect(way.map(\.location.span.start.line) == [1, 2, 3])
  }

  @Test func whatWaitsForACycleIsKnown() {
    let graph = graph([("a", "b"), ("b", "a"), ("web", "a"), ("batch", "web"), ("other", "third")])
    let stalled = graph.dependents(of: graph.cycles()[0], [.dependsOn])
    #expect(names(graph, stalled) == ["batch", "web"])
  }

  @Test func whatIsNeededIsKnownAlsoInACycle() throws {
    let graph = graph([("a", "b"), ("b", "a"), ("web", "a"), ("web", "db"), ("batch", "web")])
    func needs(_ name: String) throws -> [String] {
      names(graph, graph.requirements(of: try #require(graph.node(kustomization(name))), [.dependsOn]).sorted())
    }
    #expect(try needs("web") == ["a", "b", "db"])
    #expect(try needs("a") == ["b"])
    #expect(try needs("db").isEmpty)
  }

  @Test func edgesToWhatIsNotThereAreLeftOut() {
    var builder = Graph.Builder()
    builder.add(kustomization("apps"))
    builder.connect(kustomization("apps"), to: kustomization("gone"), .dependsOn, at: Location(file: Self.file))
    #expect(builder.freeze().edges.isEmpty)
  }

  /// Deep chains and large circles: no recursion, and time that grows with the edges only.
  @Test func tenThousandNodesNeedNoRecursion() {
    let chain = (0..<10_000).map { ("n\($0)", "n\($0 + 1)") }
    #expect(graph(chain).cycles().isEmpty)
    let circle = graph(chain + [("n10000", "n0")])
    #expect(circle.cycles().map(\.count) == [10_001])
    #expect(circle.shortestCycle(in: circle.cycles()[0]).count == 10_001)
  }
}
