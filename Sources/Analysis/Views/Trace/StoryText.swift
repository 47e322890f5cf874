import ClusterModel
import Diagnostics
import Kubernetes

/// A story as text: the way first, from the outside in, then what hangs on the object.
struct StoryText {
  /// How many entries of a long list are shown.
  private static let shown = 12
  private var table = TextTable()

  static func render(_ story: ObjectStory) -> String {
    var text = StoryText()
    text.add(story)
    return text.table.text
  }

  static func render(_ object: UnreachedObject) -> String {
    var table = TextTable()
    table.add("\(object.manifest.id) is in no cluster")
    table.add(
      "written", [RelatedLocation("", at: object.manifest.origin.location)], indent: 2)
    table.add("why", indent: 2)
    table.add("\(object.reason) (\(object.cause.rawValue))", indent: 4)
    table.add(object.related.map { ($0.message, $0.location) }, indent: 4)
    return table.text
  }

  static func render(_ story: DataStory) -> String {
    var text = StoryText()
    text.table.add("\(story.object) in cluster \(story.cluster), in no file")
    if story.makers.isEmpty { text.table.add("nothing in the repository makes it", indent: 2) }
    text.section("who makes it", story.makers)
    text.section("who needs it", story.readers)
    return text.table.text
  }

  private mutating func add(_ story: ObjectStory) {
    table.add("\(story.object) in cluster \(story.cluster)")
    if let last = story.stations.last {
      table.add("written in \(last.place)", indent: 2)
      if let maker = story.stations.dropLast().last {
        table.add("applied by \(maker.object)\(maker.work.map { ", as \($0.account)" } ?? "")", indent: 2)
      }
    }
    table.add()
    table.add([(story.entry.message, story.entryPlace)], indent: 2)
    for (number, station) in story.stations.enumerated() {
      add(station, number: number + 1, isLast: number == story.stations.count - 1)
    }
    section("it needs", story.relations.filter { !$0.isIncoming && $0.isOrder }.map(sentence))
    section(
      "who waits for it", story.relations.filter { $0.isIncoming && $0.isOrder }.map(sentence) + story.healthWaits)
    if !story.stalled.isEmpty {
      table.add()
      let names = Self.listed(story.stalled.map(\.description))
      table.add("as long as it is not Ready, \(story.stalled.count) cannot start: \(names)", indent: 2)
    }
    section(
      "who hears of failures",
      story.alerts.map { RelatedLocation("\($0.alert) on \($0.subject) tells \($0.receiver)", at: $0.place) })
    section("notifications and images", story.relations.filter { !$0.isOrder && !$0.isAlert }.map(sentence))
    section("image updates", story.images)
  }

  private mutating func add(_ station: ObjectStory.Station, number: Int, isLast: Bool) {
    table.add()
    guard !station.isAssumed else {
      addAssumed(station, number: number)
      return
    }
    table.add([("\(number)  \(station.object)", station.place)], indent: 2)
    if !station.making.isEmpty { table.add("made", station.making, indent: 5) }
    if !station.inclusions.isEmpty {
      for (index, entry) in station.inclusions.enumerated() {
        table.add((index == 0 ? "taken in   " : "           ") + entry.location.description, indent: 5)
      }
    }
    // What was changed on the way matters for the object that is asked for.
    if isLast, !station.changes.isEmpty {
      let lines = station.changes.prefix(Self.shown).map { RelatedLocation(Self.described($0), at: $0.place) }
      table.add("changed", lines, indent: 5)
      let rest = station.changes.count - lines.count
      if rest > 0 { table.add("and \(rest) more (--format json lists all)", indent: 16) }
    }
    guard let work = station.work else { return }
    if let source = work.source { table.add("source", [source], indent: 5) }
    if let path = work.path { table.add("path", [path], indent: 5) }
    table.add("identity", [work.identity] + (work.rights.map { [$0] } ?? []), indent: 5)
    for remark in work.remarks { table.add("but", [remark], indent: 5) }
  }

  /// What no file has is told without places: those it stands for are of other objects.
  private mutating func addAssumed(_ station: ObjectStory.Station, number: Int) {
    table.add("\(number)  \(station.object), taken to be there: no file has it", indent: 2)
    guard let work = station.work else { return }
    let lines = [("source", work.source), ("path", work.path), ("identity", work.identity)]
    for (label, line) in lines { if let line { table.add(label, line.message, indent: 5) } }
  }

  private mutating func section(_ title: String, _ rows: [RelatedLocation]) {
    guard !rows.isEmpty else { return }
    table.add()
    table.add(title, indent: 2)
    table.add(rows.prefix(Self.shown).map { ($0.message, $0.location) }, indent: 4)
    if rows.count > Self.shown { table.add("and \(rows.count - Self.shown) more (--format json lists all)", indent: 4) }
  }

  private func sentence(_ relation: ObjectStory.Relation) -> RelatedLocation {
    RelatedLocation(relation.sentence, at: relation.place)
  }

  private static func described(_ change: FieldChange) -> String {
    // Everybody knows where containers are.
    let pod = "spec.template.spec."
    let names = listed(change.fields.map { $0.hasPrefix(pod) ? String($0.dropFirst(pod.count)) : $0 }, most: 2)
    return "\(change.what): \(names)"
  }

  static func listed(_ names: [String], most: Int = 5) -> String {
    let rest = names.count - most
    return names.prefix(most).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }
}

extension ObjectStory.Relation {
  /// Whether it says something about order.
  fileprivate var isOrder: Bool { kind.isOrdering }
  /// Whether an Alert listens to the object: that is told with whom it tells.
  fileprivate var isAlert: Bool { isIncoming && kind == .listensTo }

  /// The field that names what is read.
  private var detail: String { field.map { " (\($0))" } ?? "" }
  /// What is to say of an object that no file makes.
  private var absence: String { isAbsent ? ", which is in no file," : "" }

  /// The relation as a sentence about the object of the story.
  var sentence: String {
    switch (kind, isIncoming) {
    case (.dependsOn, false) where isByPresence: "\(other)\(absence) must be there before it starts (dependsOn)"
    case (.dependsOn, true) where isByPresence: "\(other) starts only when it is there (dependsOn)"
    case (.dependsOn, false): "\(other) must be Ready before it starts (dependsOn)"
    case (.dependsOn, true): "\(other) starts only when it is Ready (dependsOn)"
    case (.source, false): "\(other): its source"
    case (.source, true): "\(other) takes its files from it"
    case (.appliedBy, false): "\(other) applies it"
    case (.appliedBy, true): "\(other) is applied by it"
    case (.reads, false) where isAbsent: "\(other), which is in no file: it reads that\(detail)"
    case (.reads, false): "\(other): it reads that\(detail)"
    case (.reads, true): "\(other) reads it\(detail)"
    case (.waitsFor, false): "\(other) must be healthy before it is Ready"
    case (.waitsFor, true): "\(other) is Ready only when it is"
    case (.sendsTo, false): "it sends to \(other)"
    case (.sendsTo, true): "\(other) sends to it"
    case (.listensTo, false): "it listens to \(other)"
    case (.listensTo, true): "\(other) listens to it"
    case (.triggers, false): "it has \(other) reconciled"
    case (.triggers, true): "\(other) has it reconciled"
    case (.choosesFrom, false): "it chooses among the tags of \(other)"
    case (.choosesFrom, true): "\(other) chooses among its tags"
    case (.writes, false): "it writes what \(other) has chosen"
    case (.writes, true): "\(other) writes what it has chosen"
    }
  }
}
