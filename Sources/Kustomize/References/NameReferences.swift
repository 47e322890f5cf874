import Diagnostics
import Kubernetes
import YAML

/// Corrects the names by which objects refer to each other, once the names are final.
struct NameReferences {
  /// A field of some type that may hold the name of an object of `target`.
  struct Link {
    let target: GroupVersionKind
    let field: FieldSpec
    /// The place of its entry in the tables.
    let order: Int
  }

  /// The links by the kind of the object that refers; those for any kind under "".
  private var links: [String: [Link]] = [:]

  /// The references of kustomize's own tables, which is all that most builds need.
  static let builtIn = NameReferences(Accumulator.builtInFields.nameReferences)

  init(_ references: [NameReference]) {
    var order = 0
    for reference in references {
      for field in reference.referrers {
        links[field.type.kind, default: []].append(Link(target: reference.target, field: field, order: order))
        order += 1
      }
    }
  }

  /// Corrects all references.
  func fix(_ resources: inout ResourceList) throws(KustomizeError) {
    let candidates = ReferralCandidates(resources.items)
    var known: [GroupVersionKind: [Link]] = [:]
    var shapes: [GroupVersionKind: ReferenceShape] = [:]
    for position in resources.items.indices {
      let referrer = resources.items[position]
      let type = referrer.originalIdentity.type
      // Where nothing was renamed, only what is wrong in itself remains to be found.
      if candidates.isEmpty, !referrer.identity.type.kind.hasSuffix("RoleBinding") {
        let shape = shapes[type] ?? ReferenceShape(fields(of: type).map(\.field))
        shapes[type] = shape
        try shape.check(referrer.node)
        continue
      }
      let found = known[type] ?? fields(of: type)
      known[type] = found
      guard let first = found.first else { continue }
      var update = ReferenceUpdate(
        referrer: referrer, link: first, reachable: try candidates.reachable(from: referrer), candidates: candidates)
      var changed = referrer.node
      for link in found {
        update.link = link
        try update.run(on: &changed)
      }
      resources.update(at: position) { $0.node = changed }
    }
  }

  /// The links of a type, in the order of the tables.
  private func fields(of type: GroupVersionKind) -> [Link] {
    let own = (links[type.kind] ?? []) + (type.kind.isEmpty ? [] : links[""] ?? [])
    return own.filter { type.isSelected(by: $0.field.type) }.sorted { $0.order < $1.order }
  }
}

/// The objects whose names have changed, which are the only ones that references can be wrong about.
struct ReferralCandidates {
  /// An object that may be referred to.
  struct Candidate {
    let resource: Resource
    let previous: [ResourceID]
  }

  private let candidates: [Candidate]
  /// The positions of the candidates by each name they ever had.
  private let byName: [String: [Int]]
  private let all: [Resource]

  init(_ resources: [Resource]) {
    candidates = resources.compactMap { resource in
      let previous = resource.previousIdentities
      return previous.isEmpty ? nil : Candidate(resource: resource, previous: previous)
    }
    var byName: [String: [Int]] = [:]
    for (index, candidate) in candidates.enumerated() {
      for name in Set(candidate.previous.map(\.name)) { byName[name, default: []].append(index) }
    }
    self.byName = byName
    all = resources
  }

  /// Whether any object within `reach` was in `namespace` first.
  func hasObject(firstIn namespace: String, within reach: Reach) -> Bool {
    all.contains { $0.originalIdentity.effectiveNamespace == namespace && reach.contains($0.identity) }
  }

  var isEmpty: Bool { candidates.isEmpty }

  /// The candidates that once had `name`.
  func named(_ name: String) -> [Candidate] {
    (byName[name] ?? []).map { candidates[$0] }
  }

  /// Which objects a referrer can reach: those of the cluster scope, of its own namespace, and for a RoleBinding those in the
  /// namespaces of its service accounts.
  func reachable(from referrer: Resource) throws(KustomizeError) -> Reach {
    let id = referrer.identity
    if id.isClusterScoped { return Reach(isEverything: true) }
    let accounts = id.type.kind == "RoleBinding" ? try referrer.serviceAccountNamespaces() : []
    return Reach(isEverything: false, namespace: id.effectiveNamespace, accountNamespaces: accounts)
  }

  /// Which objects a referrer can reach.
  struct Reach {
    var isEverything: Bool
    var namespace = ""
    var accountNamespaces: Set<String> = []

    func contains(_ id: ResourceID) -> Bool {
      isEverything || id.isClusterScoped || id.effectiveNamespace == namespace
        || accountNamespaces.contains(id.namespace)
    }
  }
}

extension Resource {
  /// The namespaces of the service accounts among the subjects of a RoleBinding.
  fileprivate func serviceAccountNamespaces() throws(KustomizeError) -> Set<String> {
    var found: Set<String> = []
    for subject in node["subjects"]?.sequence ?? [] {
      guard let namespace = subject["namespace"], subject["kind"]?.scalar?.text == "ServiceAccount" else { continue }
      guard case .string(let text)? = namespace.scalar?.resolved else {
        throw KustomizeError(
          .field, "the namespace of a subject of \(identity) must be a string", at: namespace.origin.location)
      }
      found.insert(text)
    }
    return found
  }
}
