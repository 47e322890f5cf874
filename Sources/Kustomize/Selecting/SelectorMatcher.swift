import Diagnostics
import Kubernetes
import Pattern
import YAML

/// A selector that has been understood.
struct SelectorMatcher: Sendable {
  let selector: Selector
  private var group: TextMatcher
  private var version: TextMatcher
  private var kind: TextMatcher
  private var name: TextMatcher
  private var namespace: TextMatcher
  /// What is wrong with these shows only when an object comes that far.
  private var labels: Result<LabelSelector, KustomizeError>
  private var annotations: Result<LabelSelector, KustomizeError>

  init(_ selector: Selector) throws(KustomizeError) {
    self.selector = selector
    let place = selector.origin.location
    group = try TextMatcher(selector.type.group, at: place)
    version = try TextMatcher(selector.type.version, at: place)
    kind = try TextMatcher(selector.type.kind, at: place)
    name = try TextMatcher(selector.name, at: place)
    namespace = try TextMatcher(selector.namespace, at: place)
    labels = Self.labels(selector.labelSelector, at: place)
    annotations = Self.labels(selector.annotationSelector, at: place)
  }

  private static func labels(_ text: String, at place: Location) -> Result<LabelSelector, KustomizeError> {
    do throws(LabelSelectorError) {
      return .success(try LabelSelector(text))
    } catch {
      return .failure(KustomizeError(.selector, error.message, at: place))
    }
  }

  /// The same without what the selector says in `field`.
  func without(_ field: Selector.Field) -> SelectorMatcher {
    var matcher = self
    switch field {
    case .name: matcher.name = .anything
    case .namespace: matcher.namespace = .anything
    case .labelSelector: matcher.labels = .success(.everything)
    case .annotationSelector: matcher.annotations = .success(.everything)
    case .kind: matcher.kind = .anything
    case .group: matcher.group = .anything
    case .version: matcher.version = .anything
    }
    return matcher
  }

  private func matches(_ wanted: TextMatcher, _ text: String) throws(KustomizeError) -> Bool {
    do throws(PatternError) {
      return try wanted.matches(text)
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
    let labels = try labels.get()
    guard labels.requirements.isEmpty || labels.matches(object.metadataTexts("labels")) else { return false }
    let annotations = try annotations.get()
    return annotations.requirements.isEmpty || annotations.matches(object.metadataTexts("annotations"))
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
  /// The positions of the objects that a selector selects: by their names and namespaces of today or as first read.
  func positions(selectedBy matcher: SelectorMatcher) throws(KustomizeError) -> [Int] {
    var found: [Int] = []
    for position in items.indices {
      let (now, first) = (items[position].identity, items[position].originalIdentity)
      if try !matcher.matches(namespace: first.effectiveNamespace),
        try !matcher.matches(namespace: now.effectiveNamespace)
      {
        continue
      }
      if try !matcher.matches(name: first.name), try !matcher.matches(name: now.name) { continue }
      guard try matcher.matches(type: now.type), try matcher.matchesMetadata(of: items[position].node) else { continue }
      found.append(position)
    }
    return found
  }
}
