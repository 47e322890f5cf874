import Diagnostics
import Kubernetes
import Pattern
import YAML

/// A selector that has been understood.
struct SelectorMatcher: Sendable {
  let selector: Selector
  private let group: Pattern?
  private let version: Pattern?
  private let kind: Pattern?
  private let name: Pattern?
  private let namespace: Pattern?
  /// What is wrong with these shows only when an object comes that far.
  private let labels: Result<LabelSelector, KustomizeError>
  private let annotations: Result<LabelSelector, KustomizeError>

  init(_ selector: Selector) throws(KustomizeError) {
    self.selector = selector
    let place = selector.origin.location
    group = try Self.pattern(selector.type.group, at: place)
    version = try Self.pattern(selector.type.version, at: place)
    kind = try Self.pattern(selector.type.kind, at: place)
    name = try Self.pattern(selector.name, at: place)
    namespace = try Self.pattern(selector.namespace, at: place)
    labels = Self.labels(selector.labelSelector, at: place)
    annotations = Self.labels(selector.annotationSelector, at: place)
  }

  private static func pattern(_ text: String, at place: Location) throws(KustomizeError) -> Pattern? {
    guard !text.isEmpty else { return nil }
    do throws(PatternError) {
      return try Pattern("^(?:\(text))$")
    } catch {
      throw KustomizeError(.selector, error.message, at: place)
    }
  }

  private static func labels(_ text: String, at place: Location) -> Result<LabelSelector, KustomizeError> {
    do throws(LabelSelectorError) {
      return .success(try LabelSelector(text))
    } catch {
      return .failure(KustomizeError(.selector, error.message, at: place))
    }
  }

  private func matches(_ pattern: Pattern?, _ text: String) throws(KustomizeError) -> Bool {
    guard let pattern else { return true }
    do throws(PatternError) {
      return try pattern.matches(text)
    } catch {
      throw KustomizeError(.limit, error.message, at: selector.origin.location)
    }
  }

  /// Whether group, version and kind match.
  func matches(type: GroupVersionKind) throws(KustomizeError) -> Bool {
    guard try matches(group, type.group), try matches(version, type.version) else { return false }
    return try matches(kind, type.kind)
  }

  /// Whether the name matches.
  func matches(name text: String) throws(KustomizeError) -> Bool { try matches(name, text) }

  /// Whether the namespace matches.
  func matches(namespace text: String) throws(KustomizeError) -> Bool { try matches(namespace, text) }

  /// Whether type, name and namespace match, the last as written.
  func matches(_ id: ResourceID) throws(KustomizeError) -> Bool {
    guard try matches(type: id.type), try matches(name: id.name) else { return false }
    return try matches(namespace: id.namespace)
  }

  /// Whether labels and annotations match.
  func matchesMetadata(of object: Node) throws(KustomizeError) -> Bool {
    guard try labels.get().matches(object.metadataTexts("labels")) else { return false }
    return try annotations.get().matches(object.metadataTexts("annotations"))
  }
}

extension Node {
  /// Labels or annotations, whatever their type, as texts.
  fileprivate func metadataTexts(_ field: String) -> [String: String] {
    var texts: [String: String] = [:]
    for entry in self[path: "metadata", field]?.mapping?.entries ?? [] {
      texts[entry.key.text] = entry.value.comparableText
    }
    return texts
  }
}

extension ResourceList {
  /// The positions of the objects that `selector` selects: by their names and namespaces of today or as first read.
  func positions(selectedBy selector: Selector) throws(KustomizeError) -> [Int] {
    let matcher = try SelectorMatcher(selector)
    var found: [Int] = []
    for position in items.indices {
      let resource = items[position]
      let (now, first) = (resource.identity, resource.originalIdentity)
      if try !matcher.matches(namespace: first.effectiveNamespace),
        try !matcher.matches(namespace: now.effectiveNamespace)
      {
        continue
      }
      if try !matcher.matches(name: first.name), try !matcher.matches(name: now.name) { continue }
      guard try matcher.matches(type: now.type), try matcher.matchesMetadata(of: resource.node) else { continue }
      found.append(position)
    }
    return found
  }
}
