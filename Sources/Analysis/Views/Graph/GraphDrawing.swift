import ClusterModel
import Kubernetes

/// Graphs for programs that draw: Graphviz and Mermaid.
enum GraphDrawing {
  /// What an Alert listens to would cover everything else: it is drawn at the object that was asked for only.
  private static func drawn(_ picture: ClusterPicture) -> [Graph.Edge] {
    picture.edges.filter { edge in
      guard edge.kind == .listensTo else { return true }
      return picture.focus.map { $0.contains(edge.from) || $0.contains(edge.to) } ?? false
    }
  }

  static func dot(_ pictures: [ClusterPicture]) -> String {
    var lines = ["digraph flux {", "  rankdir=LR; node [shape=box, fontname=\"sans-serif\"];"]
    for (number, picture) in pictures.enumerated() {
      lines.append("  subgraph cluster_\(number) {")
      lines.append("    label=\(quoted(picture.cluster.name));")
      for node in picture.nodes {
        let id = picture.graph.nodes[node]
        let style = picture.isApplier(node) ? "" : ", style=rounded"
        let color = picture.waves[node] == nil ? ", color=red" : ""
        lines.append("    n\(number)_\(node) [label=\(quoted(id.description))\(style)\(color)];")
      }
      for edge in drawn(picture) {
        lines.append(
          "    n\(number)_\(edge.from) -> n\(number)_\(edge.to) [label=\(quoted(edge.kind.words))\(edge.kind.style)];")
      }
      for (position, absent) in picture.absent.enumerated() {
        lines.append("    m\(number)_\(position) [label=\(quoted(absent.id.description)), style=dashed];")
        for node in absent.from {
          lines.append(
            "    n\(number)_\(node) -> m\(number)_\(position) [label=\(quoted(absentWords))\(Graph.EdgeKind.dependsOn.style)];"
          )
        }
      }
      lines.append("  }")
    }
    return (lines + ["}"]).joined(separator: "\n") + "\n"
  }

  static func mermaid(_ pictures: [ClusterPicture]) -> String {
    var lines = ["flowchart LR"]
    for (number, picture) in pictures.enumerated() {
      lines.append("  subgraph c\(number)[\"\(entityEscaped(picture.cluster.name))\"]")
      for node in picture.nodes {
        let label = "\"\(entityEscaped(picture.graph.nodes[node].description))\""
        lines.append("    n\(number)_\(node)\(picture.isApplier(node) ? "[\(label)]" : "(\(label))")")
      }
      for edge in drawn(picture) {
        let arrow = edge.kind == .dependsOn || edge.kind == .waitsFor ? "==>" : "-->"
        lines.append("    n\(number)_\(edge.from) \(arrow)|\(edge.kind.words)| n\(number)_\(edge.to)")
      }
      for (position, absent) in picture.absent.enumerated() {
        lines.append("    m\(number)_\(position)[/\"\(entityEscaped(absent.id.description))\"/]")
        for node in absent.from {
          lines.append("    n\(number)_\(node) ==>|\(absentWords)| m\(number)_\(position)")
        }
      }
      lines.append("  end")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static let absentWords = "depends on"

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
    case .reads: "reads"
    case .waitsFor: "waits for"
    case .sendsTo: "sends to"
    case .listensTo: "listens to"
    case .triggers: "triggers"
    case .choosesFrom: "chooses from"
    case .writes: "writes"
    }
  }

  /// How Graphviz draws it: what blocks is bold, what only belongs together is grey.
  fileprivate var style: String {
    switch self {
    case .dependsOn, .waitsFor: ", style=bold"
    case .source, .reads: ", style=dashed"
    case .appliedBy: ", color=gray, fontcolor=gray"
    case .sendsTo, .listensTo, .triggers, .choosesFrom, .writes: ", style=dotted"
    }
  }
}

extension ClusterPicture {
  /// What is not in the cluster, each with the nodes that depend on it.
  fileprivate var absent: [(id: ObjectID, from: [Int])] {
    Dictionary(grouping: absences, by: \.to).sorted { $0.key < $1.key }
      .map { (id: $0.key, from: Set($0.value.map(\.from)).sorted()) }
  }
}
