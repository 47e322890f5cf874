import ClusterModel
import Diagnostics
import Files
import Kubernetes
import YAML

/// The graph of clusters as text for people and for other programs.
public enum GraphView {
  /// How it is written.
  public enum Format: String, Sendable, CaseIterable {
    /// An indented list: who needs what, and what is in a cycle.
    case text
    /// Graphviz.
    case dot
    /// Mermaid, which GitHub and GitLab draw in Markdown.
    case mermaid
    /// For programs.
    case json
  }

  /// The graphs of `clusters`, one after another.
  public static func render(_ clusters: [Cluster], as format: Format) -> String {
    switch format {
    case .text: clusters.map(text).joined(separator: "\n")
    case .dot: dot(clusters)
    case .mermaid: mermaid(clusters)
    case .json: json(clusters)
    }
  }

  private static func text(_ cluster: Cluster) -> String {
    let graph = cluster.graph
    var lines = ["cluster \(cluster.name) (\(cluster.entryPoint.path))"]
    for node in graph.nodes.indices {
      lines.append("  \(graph.nodes[node])")
      for edge in graph.needs(of: node) {
        lines.append("    \(edge.kind.words) \(graph.nodes[edge.to])  \(edge.location)")
      }
    }
    for group in graph.cycles() {
      let names = graph.shortestCycle(in: group).map { "\(graph.nodes[$0.from])" }
      let stalled = graph.dependents(of: group, [.dependsOn])
      lines.append("  cycle: \((names + names.prefix(1)).joined(separator: " -> "))")
      if !stalled.isEmpty { lines.append("    stalls \(stalled.map { "\(graph.nodes[$0])" }.joined(separator: ", "))") }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func dot(_ clusters: [Cluster]) -> String {
    var lines = ["digraph flux {", "  rankdir=LR; node [shape=box];"]
    for (number, cluster) in clusters.enumerated() {
      lines.append("  subgraph cluster_\(number) {")
      lines.append("    label=\(quoted(cluster.name));")
      for (node, id) in cluster.graph.nodes.enumerated() {
        lines.append("    n\(number)_\(node) [label=\(quoted(id.description))];")
      }
      for edge in cluster.graph.edges {
        lines.append("    n\(number)_\(edge.from) -> n\(number)_\(edge.to) [label=\(quoted(edge.kind.words))];")
      }
      lines.append("  }")
    }
    return (lines + ["}"]).joined(separator: "\n") + "\n"
  }

  private static func mermaid(_ clusters: [Cluster]) -> String {
    var lines = ["flowchart LR"]
    for (number, cluster) in clusters.enumerated() {
      lines.append("  subgraph c\(number)[\"\(entityEscaped(cluster.name))\"]")
      for (node, id) in cluster.graph.nodes.enumerated() {
        lines.append("    n\(number)_\(node)[\"\(entityEscaped(id.description))\"]")
      }
      for edge in cluster.graph.edges {
        lines.append("    n\(number)_\(edge.from) -->|\(edge.kind.words)| n\(number)_\(edge.to)")
      }
      lines.append("  end")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func json(_ clusters: [Cluster]) -> String {
    let all = clusters.map { cluster -> String in
      let graph = cluster.graph
      let nodes = graph.nodes.map { id in
        "        {\"group\": \(jsonText(id.group)), \"kind\": \(jsonText(id.kind)), \"namespace\": "
          + "\(jsonText(id.namespace)), \"name\": \(jsonText(id.name))}"
      }
      let edges = graph.edges.map { edge in
        "        {\"from\": \(edge.from), \"to\": \(edge.to), \"kind\": \(jsonText(edge.kind.rawValue)), \"path\": "
          + "\(jsonText(edge.location.file.path)), \"line\": \(edge.location.span.start.line)}"
      }
      let cycles = graph.cycles().map { "        [\($0.map(String.init).joined(separator: ", "))]" }
      return """
            {
              "cluster": \(jsonText(cluster.name)),
              "nodes": [\(lines(nodes))],
              "edges": [\(lines(edges))],
              "cycles": [\(lines(cycles))]
            }
        """
    }
    return "{\n  \"version\": 1,\n  \"clusters\": [\n\(all.joined(separator: ",\n"))\n  ]\n}\n"
  }

  private static func lines(_ items: [String]) -> String {
    items.isEmpty ? "" : "\n\(items.joined(separator: ",\n"))\n      "
  }

  private static func jsonText(_ text: String) -> String {
    var bytes: [UInt8] = []
    JSONString.append(text, to: &bytes, escapesHTML: false)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A string in Graphviz's quotes.
  private static func quoted(_ text: String) -> String {
    var bytes = [UInt8(ascii: "\"")]
    for byte in text.utf8 where byte >= 0x20 {
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { bytes.append(UInt8(ascii: "\\")) }
      bytes.append(byte)
    }
    return String(decoding: bytes + [UInt8(ascii: "\"")], as: UTF8.self)
  }

  /// Text in a Mermaid label: characters that mean something there, as numeric entities.
  private static func entityEscaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      let isPlain =
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        || "/-_. ".unicodeScalars.contains(scalar)
      return isPlain ? String(scalar) : "#\(scalar.value);"
    }.joined()
  }
}

extension Graph.EdgeKind {
  /// The edge as the verb between its ends.
  fileprivate var words: String {
    switch self {
    case .dependsOn: "depends on"
    case .source: "reads source"
    case .appliedBy: "is applied by"
    case .reads: "reads values of"
    }
  }
}
