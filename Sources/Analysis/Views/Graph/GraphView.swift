import ClusterModel
import Diagnostics
import Kubernetes

/// The graph of clusters for people and for other programs.
public struct GraphView: Sendable {
  /// How it is written.
  public enum Format: String, Sendable, CaseIterable {
    /// Who starts when and why, what stalls what, what is in no cluster.
    case text
    /// Graphviz.
    case dot
    /// Mermaid, which GitHub and GitLab draw in Markdown.
    case mermaid
    /// For programs.
    case json
  }

  private let pictures: [ClusterPicture]
  private let unreached: [UnreachedObject]

  /// The graphs of a model, or the neighbourhood of one object: what it needs and what needs it, over so many steps.
  public init(of model: RepositoryModel, around focus: ObjectQuery? = nil, depth: Int = 2) {
    let markers = model.files.flatMap(ImageMarker.all)
    pictures = model.clusters.compactMap { cluster in
      let part = focus.map { Neighbourhood(of: $0, in: cluster.graph, depth: depth) }
      return part?.nodes.isEmpty == true ? nil : ClusterPicture(cluster, around: part, markers: markers)
    }
    unreached = focus == nil ? model.unreached : []
  }

  /// Whether there is nothing to show: no cluster has what was asked for.
  public var isEmpty: Bool { pictures.isEmpty }

  /// All of it.
  public func render(as format: Format) -> [UInt8] {
    switch format {
    case .text: Array((pictures.map(GraphText.render) + GraphText.render(unreached)).joined(separator: "\n").utf8)
    case .dot: Array(GraphDrawing.dot(pictures).utf8)
    case .mermaid: Array(GraphDrawing.mermaid(pictures).utf8)
    case .json: GraphJSON.render(pictures, unreached)
    }
  }
}

/// A node of a graph with what it needs and what needs it.
struct Neighbourhood {
  /// The nodes.
  private(set) var nodes: Set<Int>
  /// The nodes that are meant.
  let centre: Set<Int>

  /// What `query` means, and what can be reached from there in `depth` steps, always in one direction.
  init(of query: ObjectQuery, in graph: Graph, depth: Int) {
    let start = graph.nodes.indices.filter { query.matches(graph.nodes[$0]) }
    centre = Set(start)
    nodes = centre
    var (above, below) = (start, start)
    for _ in 0..<max(0, depth) {
      above = Set(above.flatMap { graph.needs(of: $0).map(\.to) }).sorted()
      below = Set(below.flatMap { graph.neededBy($0).map(\.from) }).sorted()
      nodes.formUnion(above + below)
    }
  }
}
