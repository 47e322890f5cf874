import Diagnostics
import Kubernetes
import YAML

/// Corrects the names in the fields of one object, one field after the other.
struct ReferenceUpdate {
  let referrer: Resource
  /// The field, and the type of the objects that it may name.
  var link: NameReferences.Link
  let reachable: ReferralCandidates.Reach
  let candidates: ReferralCandidates

  private var field: FieldSpec { link.field }
  private var target: GroupVersionKind { link.target }

  private typealias Candidate = ReferralCandidates.Candidate

  /// Corrects the field in `node`, the referrer's own.
  func run(on node: inout Node) throws(KustomizeError) {
    try field.visitAnyType(&node) { (value: inout Node) throws(KustomizeError) in try update(&value) }
  }

  private func update(_ value: inout Node) throws(KustomizeError) {
    switch value.value {
    case .scalar(let scalar):
      if scalar.resolved != .null { try updateName(&value) }
    case .mapping:
      try updateObject(&value)
    case .sequence:
      _ = try value.withSequence { (items: inout [Node]) throws(KustomizeError) in
        for index in items.indices { try updateItem(&items[index]) }
      }
    }
  }

  private func updateItem(_ item: inout Node) throws(KustomizeError) {
    switch item.value {
    case .scalar(let scalar):
      if scalar.resolved != .null { try updateName(&item) }
    case .mapping: try updateObject(&item)
    case .sequence:
      throw KustomizeError(
        .reference, "'\(field.path)' must hold names or mappings with a name", at: item.origin.location)
    }
  }

  /// A field that holds a name.
  private func updateName(_ value: inout Node) throws(KustomizeError) {
    guard let scalar = value.scalar else { return }
    let all = candidates.named(scalar.text).filter { reachable.contains($0.resource.identity) }
    let found = try select(all, at: value.origin) { first, other in first.name == other.name }
    guard let found, found.identity.name != scalar.text else { return }
    value.rename(to: found)
  }

  /// A field that holds a mapping with a name, and perhaps a namespace.
  private func updateObject(_ value: inout Node) throws(KustomizeError) {
    guard let name = value["name"] else {
      throw KustomizeError(
        .reference, "'\(field.path)' is configured as a reference, but the mapping here has no 'name'",
        at: value.origin.location)
    }
    let text = name.scalar?.text ?? ""
    var all = candidates.named(text).filter { reachable.contains($0.resource.identity) }
    if let namespace = value["namespace"]?.scalar?.text { all = inNamespace(namespace, all) }
    let found = try select(all, at: name.origin) { first, other in
      first.name == other.name && first.namespace == other.namespace
    }
    guard let found else { return }
    let namespace = found.identity.namespace
    if found.identity.name == text, namespace.isEmpty { return }
    _ = value.withMapping { (mapping: inout Mapping) in
      _ = mapping.withValue(of: "name") { (name: inout Node) in name.rename(to: found) }
      guard !namespace.isEmpty, mapping["namespace"]?.scalar?.text != namespace else { return }
      let origin = found.node[path: "metadata", "namespace"]?.origin ?? found.node.origin
      mapping.setText("namespace", namespace, origin: origin)
    }
  }

  /// The candidates that were in the namespace first; where no object at all was, those that are there now.
  private func inNamespace(_ namespace: String, _ all: [Candidate]) -> [Candidate] {
    let isOriginal = candidates.hasObject(firstIn: namespace, within: reachable)
    return all.filter { candidate in
      let id = isOriginal ? candidate.resource.originalIdentity : candidate.resource.identity
      return id.effectiveNamespace == namespace
    }
  }

  // MARK: Choosing

  /// The one object that is meant; nil when there is none.
  private func select(
    _ all: [Candidate], at origin: Origin, areTheSame: (ResourceID, ResourceID) -> Bool
  ) throws(KustomizeError) -> Resource? {
    var left = all.filter { candidate in candidate.previous.contains { $0.type.isSelected(by: target) } }
    if let role = roleType { left = left.filter { $0.previous.contains { $0.type.isSelected(by: role) } } }
    left = left.filter { isReferrable($0.resource) }
    if left.count == 1 { return left[0].resource }
    left = left.filter { Affixes.agree($0.resource, referrer, allowingNone: true) }
    if left.count > 1 { left = left.filter { Affixes.agree($0.resource, referrer, allowingNone: false) } }
    guard let first = left.first else { return nil }
    if left.dropFirst().allSatisfy({ areTheSame(first.resource.identity, $0.resource.identity) }) {
      return first.resource
    }
    throw KustomizeError(
      .reference, "'\(field.path)' of \(referrer.identity) may refer to any of \(left.count) objects",
      at: origin.location, trace: left.map { RelatedLocation("one of them is here", at: $0.resource.location) })
  }

  /// The type that `roleRef` names, where the field is the name in one.
  private var roleType: GroupVersionKind? {
    guard field.path.hasSuffix("roleRef/name"),
      let group = referrer.node[path: "roleRef", "apiGroup"]?.scalar,
      let kind = referrer.node[path: "roleRef", "kind"]?.scalar
    else { return nil }
    return GroupVersionKind(group: group.text, version: "", kind: kind.text)
  }

  /// Service accounts may be referred to from other namespaces; other objects from their own only.
  private func isReferrable(_ candidate: Resource) -> Bool {
    let (own, other) = (referrer.identity, candidate.identity)
    return own.isClusterScoped || other.isClusterScoped || other.type.kind == "ServiceAccount"
      || own.effectiveNamespace == other.effectiveNamespace
  }
}

/// Prefixes and suffixes tell which of several objects of one name belongs to the same overlay.
private enum Affixes {
  static func agree(_ left: Resource, _ right: Resource, allowingNone: Bool) -> Bool {
    agree(left.prefixes, right.prefixes, allowingNone) && agree(left.suffixes, right.suffixes, allowingNone)
  }

  /// Whether the shorter list is the end of the longer one.
  private static func agree(_ left: [String], _ right: [String], _ allowingNone: Bool) -> Bool {
    if left.isEmpty || right.isEmpty { return allowingNone || left.isEmpty == right.isEmpty }
    let length = min(left.count, right.count)
    return left.suffix(length) == right.suffix(length)
  }
}

extension Node {
  /// Gives a reference the name of `resource`, in the style of what was there.
  fileprivate mutating func rename(to resource: Resource) {
    let origin = resource.node[path: "metadata", "name"]?.origin ?? self.origin
    let style = scalar?.style ?? .plain
    value = .scalar(Scalar(resource.identity.name, style: style))
    lastStepped(from: origin)
  }

  /// Keeps the place where the reference is written, and adds the steps that renamed what it refers to.
  private mutating func lastStepped(from source: Origin) {
    for step in source.steps.reversed() { origin = origin.adding(step.kind, at: step.location) }
  }
}
