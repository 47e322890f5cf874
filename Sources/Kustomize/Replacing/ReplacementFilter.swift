import Diagnostics
import Kubernetes
import YAML

extension ResourceList {
  /// Makes the replacements, first to last.
  mutating func apply(_ replacements: [Replacement]) throws(KustomizeError) {
    var budget = GrowthBudget()
    for replacement in replacements {
      let value = try replacement.value(in: self)
      for target in replacement.targets ?? [] { try apply(value, to: target, &budget) }
    }
  }

  private mutating func apply(
    _ value: Node, to target: Replacement.Target, _ budget: inout GrowthBudget
  ) throws(KustomizeError) {
    guard let select = target.select else {
      throw KustomizeError(.replacement, "target must specify resources to select", at: target.origin.location)
    }
    let selected = try SelectorMatcher(select)
    var rejected: [SelectorMatcher] = []
    for selector in target.reject { rejected.append(try SelectorMatcher(selector)) }
    for position in items.indices where try items[position].isSelected(by: selected, rejecting: rejected) {
      try update(at: position) { resource throws(KustomizeError) in
        do throws(KustomizeError) {
          for path in target.fieldPaths { try resource.node.replace(path, by: value, target.options, &budget) }
        } catch {
          var error = error
          error.trace.append(RelatedLocation("the object is here", at: resource.location))
          throw error
        }
      }
    }
  }
}

extension Resource {
  /// All identities, today's first.
  private var identities: [ResourceID] { [identity] + previousIdentities }

  fileprivate func isSelected(
    by selected: SelectorMatcher, rejecting rejected: [SelectorMatcher]
  ) throws(KustomizeError) -> Bool {
    guard try selected.matchesMetadata(of: node) else { return false }
    for matcher in rejected {
      // Of what a `reject` says, labels and annotations reject on their own, and so do type and name.
      let hasLabels = !matcher.selector.annotationSelector.isEmpty || !matcher.selector.labelSelector.isEmpty
      if hasLabels, try matcher.matchesMetadata(of: node) { return false }
      guard !matcher.selector.namesNothing else { continue }
      for id in identities where try matcher.matches(id) { return false }
    }
    for id in identities where try selected.matches(id) { return true }
    return false
  }

  fileprivate func isSource(_ wanted: ResourceID) -> Bool {
    func effective(_ namespace: String) -> String { namespace.isEmpty ? "default" : namespace }
    return identities.contains { id in
      (wanted.name.isEmpty || wanted.name == id.name)
        && (wanted.namespace.isEmpty || effective(wanted.namespace) == effective(id.namespace))
        && id.type.isSelected(by: wanted.type)
    }
  }
}

extension Replacement {
  /// The value to write.
  fileprivate func value(in resources: ResourceList) throws(KustomizeError) -> Node {
    guard source != nil || value != nil, targets != nil else {
      throw KustomizeError(
        .replacement, "replacements must specify a source and at least one target", at: origin.location)
    }
    guard let source else { return Node(scalar: Scalar(value?.value ?? ""), origin: value?.origin ?? origin) }
    guard value == nil else {
      throw KustomizeError(.replacement, "value and resource selectors are mutually exclusive", at: origin.location)
    }
    return try source.value(in: resources)
  }
}

extension Replacement.Source {
  fileprivate func value(in resources: ResourceList) throws(KustomizeError) -> Node {
    let matches = resources.items.filter { $0.isSource(id) }
    guard let match = matches.first else {
      throw KustomizeError(.replacement, "nothing selected by \(description)", at: origin.location)
    }
    guard matches.count == 1 else {
      throw KustomizeError(
        .replacement, "multiple matches for selector \(description)", at: origin.location,
        trace: matches.map { RelatedLocation("one of them is here", at: $0.location) })
    }
    let found: Node?
    do throws(KustomizeError) {
      found = try match.node.lookup(FieldPath.splitBracketed(fieldPath.value))
    } catch {
      throw KustomizeError(
        .replacement, "error looking up replacement source: \(error.text)", at: fieldPath.origin.location,
        trace: [RelatedLocation("in this value", at: match.location)])
    }
    guard let found, !found.isNull, !found.isEmptyMapping, found.sequence?.isEmpty != true else {
      throw KustomizeError(
        .replacement, "fieldPath `\(fieldPath.value)` is missing for replacement source \(id)",
        at: fieldPath.origin.location, trace: [RelatedLocation("the object is here", at: match.location)])
    }
    return try refined(found)
  }

  /// The part of the value that the options ask for.
  private func refined(_ found: Node) throws(KustomizeError) -> Node {
    guard let options, !options.delimiter.isEmpty else { return found }
    guard var scalar = found.scalar else {
      throw KustomizeError(.replacement, "delimiter option can only be used with scalar nodes", at: origin.location)
    }
    let parts = scalar.text.parts(separatedBy: options.delimiter)
    guard parts.indices.contains(options.index) else {
      throw KustomizeError(
        .replacement, "options.index \(options.index) is out of bounds for value \(scalar.text)", at: origin.location)
    }
    scalar.tag = scalar.pinnedTag
    scalar.text = parts[options.index]
    return Node(scalar: scalar, origin: found.origin)
  }
}

extension String {
  /// The parts between the occurrences of `separator`.
  func parts(separatedBy separator: String) -> [String] {
    let (bytes, mark) = (Array(utf8), Array(separator.utf8))
    guard !mark.isEmpty else { return [self] }
    var (parts, start, index) = ([String](), 0, 0)
    while index + mark.count <= bytes.count {
      if bytes[index] == mark[0], bytes[index..<(index + mark.count)].elementsEqual(mark) {
        parts.append(String(decoding: bytes[start..<index], as: UTF8.self))
        index += mark.count
        start = index
      } else {
        index += 1
      }
    }
    return parts + [String(decoding: bytes[start...], as: UTF8.self)]
  }
}

extension Scalar {
  /// The tag that go-yaml gives a scalar when it reads it: it stays when the text changes.
  var pinnedTag: Tag {
    guard tag == .none else { return tag }
    return switch resolved {
    case .null: .null
    case .bool: .bool
    case .int, .uint: .int
    case .float: .float
    case .timestamp: .timestamp
    case .string, .mismatch: .string
    }
  }
}
