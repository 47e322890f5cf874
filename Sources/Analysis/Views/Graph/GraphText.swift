import ClusterModel
import Diagnostics
import Files
import Flux
import Kubernetes
import Rules

/// A cluster's graph as text: what starts when, what waits for what, and what happens when something fails.
struct GraphText {
  /// How many entries of a long list are shown.
  private static let shown = 10
  private let picture: ClusterPicture
  private var table = TextTable()

  static func render(_ picture: ClusterPicture) -> String {
    var text = GraphText(picture: picture)
    text.addHead()
    text.addWaves()
    text.addStuck()
    text.addChain()
    text.addStalls()
    text.addNotifications()
    text.addImages()
    return text.table.text
  }

  private init(picture: ClusterPicture) {
    self.picture = picture
  }

  private var graph: Graph { picture.graph }

  private func name(_ node: Int) -> String { graph.nodes[node].description }

  private func names(_ nodes: [Int]) -> String { StoryText.listed(nodes.map(name)) }

  private mutating func section(_ title: String) {
    table.add()
    table.add(title, indent: 2)
  }

  private mutating func addHead() {
    let entry = picture.cluster.entryPoint
    table.add([("cluster \(picture.cluster.name), found \(entry.words)", entry.place)], indent: 0)
    let flux = picture.nodes.filter { picture.object($0) != nil }
    table.add("Flux \(picture.cluster.version.version): \(picture.counted(flux))", indent: 2)
  }

  // MARK: order

  private mutating func addWaves() {
    let appliers = picture.nodes.filter(picture.isApplier)
    let waves = Dictionary(grouping: appliers.filter { picture.waves[$0] != nil }) { picture.waves[$0] ?? 0 }
    guard !waves.isEmpty else { return }
    section("order of reconciliation, on a fresh cluster")
    for (number, nodes) in waves.sorted(by: { $0.key < $1.key }) {
      table.add("wave \(number): \(picture.counted(nodes))", indent: 4)
      for (maker, made) in Dictionary(grouping: nodes, by: picture.maker).sorted(by: { ($0.key ?? -1) < ($1.key ?? -1) }
      ) {
        let origin = maker.map { "applied by \(name($0))" } ?? "there from the start"
        if made.count == 1 {
          addStart(of: made[0], indent: 6, origin: ", \(origin)")
        } else {
          table.add(origin, indent: 6)
          for node in made.sorted() { addStart(of: node, indent: 8) }
        }
      }
    }
  }

  private mutating func addStart(of node: Int, indent: Int, origin: String = "") {
    table.add(name(node) + remark(on: node) + origin, indent: indent)
    let reasons = picture.reasons(of: node)
    table.add(
      reasons.map { (sentence($0), $0.location) }
        + picture.absences.filter { $0.from == node }.map { (sentence($0), $0.location) }, indent: indent + 2)
    switch picture.reconciliation(of: node)?.outcome {
    case .failed(let problem), .pathMissing(let problem):
      table.add([("fails: \(problem.message)", problem.location)], indent: indent + 2)
    case .done, .gap, nil: break
    }
  }

  private func sentence(_ edge: Graph.Edge) -> String {
    if edge.kind == .source { return "not before \(name(edge.to)) has an artifact" }
    return
      "not before \(name(edge.to)) is \(picture.cluster.isContentWithPresence(edge) ? "there" : "Ready") (dependsOn)"
  }

  private func sentence(_ absence: Graph.Absence) -> String {
    let origin =
      picture.facts.comesWithCluster(absence.to) ? "it comes with the installation" : "nothing that is known brings it"
    return "not before \(absence.to) is there (dependsOn): \(origin)"
  }

  /// What a reader has to know beside the name.
  private func remark(on node: Int) -> String {
    var remarks: [String] = []
    switch picture.object(node) {
    case .kustomization(let value):
      if value.suspend?.value == true { remarks.append("suspended") }
      if value.wait?.value == true { remarks.append("waits for all that it applies") }
    case .helmRelease(let value):
      if value.suspend?.value == true { remarks.append("suspended") }
    default: break
    }
    if let own = picture.reconciliation(of: node) {
      if case .gap = own.outcome { remarks.append(Self.gap(own)) }
    }
    return remarks.isEmpty ? "" : " (\(remarks.joined(separator: ", ")))"
  }

  private static func gap(_ reconciliation: Reconciliation) -> String {
    if reconciliation.kind == .helmRelease { return "not rendered" }
    switch reconciliation.source {
    case .external: return "its source is not at hand"
    case .missing: return "its source is not in the cluster"
    case .none, .local, .composed: return "not analysed"
    }
  }

  // MARK: what goes wrong

  private mutating func addStuck() {
    let stuck = picture.nodes.filter { picture.waves[$0] == nil && picture.isApplier($0) }
    guard !stuck.isEmpty else { return }
    section("can never start")
    let presence = picture.cluster.presenceEdges
    for group in graph.cycles(without: presence) where group.contains(where: picture.isShown) {
      let way = graph.shortestCycle(in: group, without: presence)
      table.add("a circle of dependsOn", indent: 4)
      table.add(way.map { ("\(name($0.from)) depends on \(name($0.to))", $0.location) }, indent: 6)
    }
    for lock in picture.order.deadlocks {
      table.add("\(lock.blocked) needs what waits for it", indent: 4)
      table.add([("it needs it here", lock.place)] + lock.story.map { ($0.message, $0.location) }, indent: 6)
    }
    for block in picture.blocks where graph.node(block.blocked).map(picture.isShown) ?? false {
      let reason =
        switch block.reason {
        case .missing: "is not in the cluster"
        case .suspended: "is suspended"
        }
      table.add(
        [("\(block.blocked) depends on \(block.dependency.id), which \(reason)", block.dependency.origin.location)],
        indent: 4)
    }
    table.add("\(stuck.count) in all: \(names(stuck))", indent: 4)
  }

  private mutating func addChain() {
    let chain = picture.order.longestChain
    guard picture.nodes.count == graph.nodes.count, chain.count > 2 else { return }
    section("longest chain: \(chain.count) objects, one after the other")
    table.add(
      chain.map { link in
        (link.reason.map { "\(name(link.node)) \(Self.words($0))" } ?? name(link.node), link.reason?.place)
      }, indent: 4)
  }

  /// What a step of the chain has to do with the one before it.
  private static func words(_ need: StartOrder.Need) -> String {
    switch need.kind {
    case .dependsOn where need.isByPresence: "starts when the one above is there (dependsOn)"
    case .dependsOn: "starts when the one above is Ready (dependsOn)"
    case .source: "starts when the one above has an artifact"
    case .made: "is applied by the one above"
    case .own: "is Ready then"
    case .waits: "is Ready when the one above is"
    case .data: "reads the one above"
    case .namespace, .definition: "is Ready after the one above is applied"
    }
  }

  private mutating func addStalls() {
    let stalls = picture.stalls.filter { picture.isApplier($0.node) }
    guard !stalls.isEmpty else { return }
    section("what cannot start as long as something is not Ready")
    let most = stalls.prefix(Self.shown)
    table.add(
      most.map { ("\(name($0.node)) stalls \(picture.counted($0.stalled))", nil) }, indent: 4)
    if stalls.count > most.count {
      table.add("and \(stalls.count - most.count) more that stall fewer (--format json lists all)", indent: 4)
    }
  }

  // MARK: notifications and images

  private mutating func addNotifications() {
    var lines: [String] = []
    for node in picture.nodes {
      switch picture.object(node) {
      case .alert:
        let heard = picture.targets(of: node, .listensTo)
        let to = picture.targets(of: node, .sendsTo)
        lines.append(
          "\(name(node)) tells \(to.isEmpty ? "nobody" : names(to)): listens to "
            + (heard.isEmpty ? "nothing in this cluster" : picture.counted(heard)))
      case .receiver:
        let targets = picture.targets(of: node, .triggers)
        lines.append("\(name(node)) has \(targets.isEmpty ? "nothing" : names(targets)) reconciled")
      case .provider where !graph.neededBy(node).contains { $0.kind == .sendsTo }:
        lines.append("\(name(node)): nothing sends to it")
      default: continue
      }
    }
    guard !lines.isEmpty else { return }
    section("notifications")
    for line in lines { table.add(line, indent: 4) }
  }

  private mutating func addImages() {
    let automations = ImageAutomation.all(in: picture.cluster)
    var lines: [String] = []
    for node in picture.nodes {
      switch picture.object(node) {
      case .imagePolicy:
        let markers = picture.markers.count { $0.policy == graph.nodes[node] }
        let repositories = picture.targets(of: node, .choosesFrom)
        lines.append(
          "\(name(node)) chooses among the tags of \(repositories.isEmpty ? "nothing" : names(repositories)); "
            + "\(markers) marker\(markers == 1 ? "" : "s")")
      case .imageUpdateAutomation:
        guard let own = automations.first(where: { $0.object.id == graph.nodes[node] }) else { continue }
        let branch = own.branch.map { "branch \($0)" } ?? "a branch that is not known"
        lines.append(
          "\(name(node)) updates ./\(own.path.string) of \(own.source), \(branch)\(own.isSuspended ? " (suspended)" : "")"
        )
      default: continue
      }
    }
    guard !lines.isEmpty else { return }
    section("images")
    for line in lines { table.add(line, indent: 4) }
  }

  // MARK: what is in no cluster

  /// The objects that no cluster has, by reason.
  static func render(_ unreached: [UnreachedObject]) -> [String] {
    guard !unreached.isEmpty else { return [] }
    var table = TextTable()
    let noun = unreached.count == 1 ? "Flux object is" : "Flux objects are"
    table.add("in no cluster: \(unreached.count) \(noun) in files that Flux does not apply")
    for cause in UnreachedObject.Cause.allCases {
      let own = unreached.filter { $0.cause == cause }
      guard !own.isEmpty else { continue }
      table.add("\(cause.rawValue): \(own.count)", indent: 2)
      var groups: [(reason: String, objects: [UnreachedObject])] = []
      for object in own {
        if let position = groups.firstIndex(where: { $0.reason == object.reason }) {
          groups[position].objects.append(object)
        } else {
          groups.append((object.reason, [object]))
        }
      }
      for group in groups {
        table.add(group.reason, indent: 4)
        table.add(
          group.objects.map { ($0.manifest.id.description, $0.manifest.origin.location) }, indent: 6)
      }
    }
    return [table.text]
  }
}
