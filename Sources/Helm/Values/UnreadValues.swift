import Diagnostics
import YAML

/// A key of a release's values that its chart never reads.
public struct UnreadKey: Sendable {
  /// The keys that lead to it, with its own.
  public var path: [String]
  /// Where the key stands.
  public var origin: Origin
  /// The keys that the chart knows beside it, sorted.
  public var siblings: [String]
}

extension Chart {
  func unreadKeys(of values: Node, known: ReadPaths) -> [UnreadKey] {
    var found: [UnreadKey] = []
    Self.collect(values, known: known, path: [], into: &found)
    return found
  }

  private static func collect(_ node: Node, known: ReadPaths, path: [String], into found: inout [UnreadKey]) {
    guard !known.isWhole, path.count < ReadPaths.depthLimit, let mapping = node.mapping else { return }
    for entry in mapping.entries {
      let key = entry.key.text
      // What only holds an anchor for others, or takes a default away.
      if key.hasPrefix("x-") || key.hasPrefix("_") || entry.value.scalar?.resolved == .null { continue }
      if let inner = known.children[key] {
        collect(entry.value, known: inner, path: path + [key], into: &found)
      } else {
        found.append(UnreadKey(path: path + [key], origin: entry.keyOrigin, siblings: known.children.keys.sorted()))
      }
    }
  }

  /// What the templates of this chart and of those inside mention, by their texts: where they cannot be parsed.
  var allMentions: ReadPaths {
    var found = withTexts(ReadPaths())
    for file in templates { found.merge(TemplateReads(file.source.bytes).paths) }
    for subchart in subcharts { found.merge(subchart.allMentions) }
    return found
  }

  /// What templates read, with what files and values mention that may be run as templates.
  func withTexts(_ read: ReadPaths) -> ReadPaths {
    var found = read
    for file in files { found.merge(TemplateReads(file.source.bytes).paths) }
    for document in values { document.addMentions(to: &found) }
    for subchart in subcharts { found = subchart.withTexts(found) }
    return found
  }

  /// All that means something to this chart, where templates mention `mentioned`.
  func known(_ mentioned: ReadPaths) -> ReadPaths {
    var known = mentioned
    for document in values { document.addKeys(to: &known, path: []) }
    if let schema, let document = try? YAMLReader.readFirst(schema.source) {
      document.root.addProperties(to: &known, path: [])
    }
    known.insert(["tags"], isWhole: true)
    known.insert(["global"], isWhole: false)
    for dependency in metadata.dependencies {
      if !dependency.imports.isEmpty { known.insert([], isWhole: true) }
      for condition in dependency.condition.split(separator: ",") {
        known.insert(condition.split(separator: ".").map(String.init)[...], isWhole: false)
      }
      let name = dependency.alias.isEmpty ? dependency.name : dependency.alias
      if let subchart = subcharts.first(where: { $0.metadata.name == dependency.name }) {
        known.merge(subchart.known(mentioned), below: name)
      } else {
        known.insert([name], isWhole: true)
      }
    }
    for subchart in subcharts { known.merge(subchart.known(mentioned), below: subchart.metadata.name) }
    return known
  }
}

extension Node {
  func addMentions(to paths: inout ReadPaths) {
    switch value {
    case .scalar(let scalar): paths.merge(TemplateReads(Array(scalar.text.utf8)).paths)
    case .sequence(let items): items.forEach { $0.addMentions(to: &paths) }
    case .mapping(let mapping): mapping.entries.forEach { $0.value.addMentions(to: &paths) }
    }
  }

  /// The keys of default values.
  fileprivate func addKeys(to paths: inout ReadPaths, path: [String]) {
    guard path.count < ReadPaths.depthLimit else { return }
    for entry in mapping?.entries ?? [] {
      let inner = path + [entry.key.text]
      paths.insert(inner[...], isWhole: false)
      entry.value.addKeys(to: &paths, path: inner)
    }
  }

  /// The properties that a JSON Schema names. Where it composes schemas or takes any key on purpose, all are known.
  fileprivate func addProperties(to paths: inout ReadPaths, path: [String]) {
    let composing = ["$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "if", "patternProperties", "not"]
    let takesAny = self["additionalProperties"].map { $0.scalar?.text != "false" } ?? false
    guard path.count < ReadPaths.depthLimit, !takesAny, composing.allSatisfy({ self[$0] == nil }) else {
      return paths.insert(path[...], isWhole: true)
    }
    for entry in self["properties"]?.mapping?.entries ?? [] {
      let inner = path + [entry.key.text]
      paths.insert(inner[...], isWhole: false)
      entry.value.addProperties(to: &paths, path: inner)
    }
  }
}
