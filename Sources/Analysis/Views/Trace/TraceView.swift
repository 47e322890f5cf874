import ClusterModel
import Diagnostics
import Files
import Kubernetes

/// How objects come into their clusters: source, path, overlays, reconciler, identity, and what hangs on them.
public struct TraceView: Sendable {
  /// How it is written.
  public enum Format: String, Sendable, CaseIterable {
    /// For people.
    case text
    /// For programs.
    case json
  }

  /// The stories of the objects that were found, in the order of the questions.
  public private(set) var stories: [ObjectStory] = []
  /// What no file holds, but something makes or reads.
  public private(set) var data: [DataStory] = []
  /// What was found in files only.
  public private(set) var unreached: [UnreachedObject] = []
  /// The questions without an answer, each with names that are like it.
  public private(set) var missing: [(query: ObjectQuery, suggestions: [String])] = []

  /// Looks for all objects that `queries` mean.
  public init(_ queries: [ObjectQuery], in model: RepositoryModel) {
    let markers = model.files.flatMap(ImageMarker.all)
    var tellers: [Int: StoryTeller] = [:]
    for query in queries {
      var isFound = false
      for (number, cluster) in model.clusters.enumerated() {
        let positions = cluster.objects.indices.filter { query.matches(cluster.objects[$0].id) }
        guard !positions.isEmpty else { continue }
        isFound = true
        let teller = tellers[number] ?? StoryTeller(cluster, markers: markers)
        tellers[number] = teller
        stories += positions.map(teller.story)
      }
      let written = model.unreached.filter { query.matches($0.manifest.id) }
      unreached += written
      let data = isFound ? [] : model.clusters.flatMap { DataStory.all(for: query, in: $0) }
      self.data += data
      if !isFound, written.isEmpty, data.isEmpty { missing.append((query, Suggestions.names(like: query, in: model))) }
    }
  }

  /// Whether nothing was found at all.
  public var isEmpty: Bool { stories.isEmpty && data.isEmpty && unreached.isEmpty }

  /// What was found.
  public func render(as format: Format) -> [UInt8] {
    switch format {
    case .json: StoryJSON.render(stories, data: data, unreached: unreached)
    case .text:
      Array(
        (stories.map { StoryText.render($0) } + data.map { StoryText.render($0) }
          + unreached.map { StoryText.render($0) }).joined(separator: "\n").utf8)
    }
  }
}
