import Diagnostics
import Kubernetes
import Kustomize
import YAML

/// The cases of `filters.json`: one filter, its configuration, objects before and after.
enum FilterCases {
  static func check(_ one: Node) -> KustomizeUnitsSuite.Outcome {
    do {
      let configuration = try document(one, "filter") ?? Node(.mapping(Mapping()), origin: one.origin)
      let objects = try documents(one, "input")
      let filter = Filter(configuration: configuration, patch: try document(one, "patch"))
      guard let actual = try filter.result(one["type"]?.scalar?.text ?? "", objects) else { return .skipped }
      if let error = one["error"]?.scalar?.text { return .failed("no error, expected \(error)") }
      return compare(actual, try documents(one, "output"))
    } catch let error as KustomizeError {
      guard let expected = one["error"]?.scalar?.text else { return .failed(error.report) }
      return expected.contains(error.text) ? .passed : .failed("error '\(error.text)', expected '\(expected)'")
    } catch {
      return .failed("\(error)")
    }
  }

  private static func compare(_ actual: [Node], _ expected: [Node]) -> KustomizeUnitsSuite.Outcome {
    let (got, wanted) = (actual.map(KustomizeUnitsSuite.description), expected.map(KustomizeUnitsSuite.description))
    if got == wanted { return .passed }
    return .failed("expected\n\(wanted.joined(separator: "---\n"))got\n\(got.joined(separator: "---\n"))")
  }

  private static func documents(_ one: Node, _ key: String) throws -> [Node] {
    try YAMLReader.read(text: one[key]?.scalar?.text ?? "").filter { !$0.isEmpty }.map(\.root)
  }

  private static func document(_ one: Node, _ key: String) throws -> Node? {
    try documents(one, key).first
  }
}

/// One filter with its configuration.
private struct Filter {
  let configuration: Node
  let patch: Node?

  private var origin: Origin { .synthetic("<filter>") }

  /// Nil for filters whose table does not hold their whole configuration.
  func result(_ type: String, _ objects: [Node]) throws(KustomizeError) -> [Node]? {
    switch type {
    case "replacement.Filter": return try ObjectFilters.replacing(configuration, in: objects)
    case "valueadd.Filter":
      let position = text("filePathPosition").flatMap { Int($0) } ?? 0
      return try ObjectFilters.adding(text("value") ?? "", at: text("fieldpath") ?? "", position: position, to: objects)
    case "patchstrategicmerge.Filter": return try merged(objects)
    case "patchjson6902.Filter": return try patched(objects)
    case "iampolicygenerator.Filter": return [try ObjectFilters.serviceAccount(configuration)]
    default: break
    }
    guard let change = try change(type) else { return nil }
    var changed = objects
    for index in changed.indices { try change(&changed[index]) }
    return changed
  }

  private typealias Change = (inout Node) throws(KustomizeError) -> Void

  private func change(_ type: String) throws(KustomizeError) -> Change? {
    let single = configuration["fieldSpec"].map(Self.field)
    let entry = origin.location
    switch type {
    case "annotations.Filter", "labels.Filter":
      let pairs = configuration[type == "labels.Filter" ? "labels" : "annotations"]?.mapping?.entries ?? []
      let transformer = LabelTransformer(
        pairs.map { .init($0.key.text, $0.value.scalar?.text ?? "", origin: origin) }, fields: fields("fsslice"))
      return { (node: inout Node) throws(KustomizeError) in try transformer.apply(to: &node) }
    case "imagetag.LegacyFilter":
      let (transformer, origin) = (try image(), origin)
      return { (node: inout Node) throws(KustomizeError) in
        try transformer.applyToContainers(of: &node, origin: origin)
      }
    case "imagetag.Filter":
      let (transformer, fields, origin) = (try image(), fields("fieldSpecs"), origin)
      return { (node: inout Node) throws(KustomizeError) in
        try transformer.applyToFields(fields, of: &node, origin: origin)
      }
    case "namespace.Filter":
      let transformer = NamespaceTransformer(
        text("namespace") ?? "", fields: fields("fieldSpecs"),
        subjects: NamespaceTransformer.Subjects(rawValue: text("setRoleBindingSubjects") ?? "") ?? .defaultOnly,
        onlyUnset: text("unsetOnly") == "true", origin: origin)
      return { (node: inout Node) throws(KustomizeError) in try transformer.apply(to: &node, schema: .kubernetes) }
    case "prefix.Filter", "suffix.Filter":
      let affix = text("prefix").map(NameAffix.prefix) ?? .suffix(text("suffix") ?? "")
      return { (node: inout Node) throws(KustomizeError) in
        if let single { try affix.apply(to: &node, field: single, at: entry) }
      }
    case "replicacount.Filter":
      let count = configuration[path: "replica", "count"]?.scalar.flatMap { Int64($0.text) } ?? 0
      let transformer = ReplicaTransformer(name: "", count: count, origin: origin)
      return { (node: inout Node) throws(KustomizeError) in
        if let single { try transformer.apply(to: &node, field: single) }
      }
    default: return nil
    }
  }

  private func image() throws(KustomizeError) -> ImageTransformer {
    func part(_ key: String) -> String { configuration[path: "imageTag", key]?.scalar?.text ?? "" }
    return try ImageTransformer(
      name: part("name"), newName: part("newName"), newTag: part("newTag"), tagSuffix: part("tagSuffix"),
      digest: part("digest"), origin: origin)
  }

  private func merged(_ objects: [Node]) throws(KustomizeError) -> [Node] {
    guard let patch else { return objects }
    var result: [Node] = []
    for object in objects {
      if let merged = try StrategicMerge().merge(patch: patch, into: object) { result.append(merged) }
    }
    return result
  }

  private func patched(_ objects: [Node]) throws(KustomizeError) -> [Node] {
    guard let root = (try? YAMLReader.read(text: text("patch") ?? ""))?.first?.root else { return objects }
    let patch = try JSONPatch(root)
    var changed = objects
    for index in changed.indices { try patch.apply(to: &changed[index]) }
    return changed
  }

  private func text(_ key: String) -> String? { configuration[key]?.scalar?.text }

  private func fields(_ key: String) -> [FieldSpec] { (configuration[key]?.sequence ?? []).map(Self.field) }

  private static func field(_ node: Node) -> FieldSpec {
    func part(_ key: String) -> String { node[key]?.scalar?.text ?? "" }
    return FieldSpec(
      part("path"), group: part("group"), version: part("version"), kind: part("kind"), create: part("create") == "true"
    )
  }
}
