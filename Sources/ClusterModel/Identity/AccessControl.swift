import Diagnostics
import Kubernetes
import YAML

/// Who may do what in a cluster, by the Roles, ClusterRoles and bindings that the repository puts there.
public struct AccessControl: Sendable {
  /// What a binding gives.
  public struct Grant: Sendable {
    /// The RoleBinding or ClusterRoleBinding.
    public var binding: ObjectID
    /// Where the binding names its role.
    public var place: Location
    /// The subject of the binding that is meant, as it is written.
    public var subject: String
    /// The role that it gives.
    public var role: ObjectID
    /// Where the role stands; nil for one that no file holds.
    public var rolePlace: Location?
    /// The only namespace it holds for; nil for all, and for what has none.
    public var namespace: String?
    /// What the role allows; nil where that is not known.
    public var rules: [AccessRule]?

    /// Whether it gives everything where it holds.
    public var givesEverything: Bool { rules?.contains(where: \.allowsEverything) ?? false }
  }

  /// An account of a namespace.
  public struct Account: Sendable, Hashable, CustomStringConvertible {
    /// The namespace.
    public var namespace: String
    /// The name.
    public var name: String

    /// The account of that name.
    public init(namespace: String, name: String) {
      self.namespace = namespace
      self.name = name
    }

    /// The object.
    public var id: ObjectID { ObjectID(group: "", kind: "ServiceAccount", namespace: namespace, name: name) }
    /// `ServiceAccount/namespace/name`.
    public var description: String { id.description }
  }

  fileprivate struct Binding: Sendable {
    var id: ObjectID
    var role: ObjectID
    var place: Location
    var subjects: [Node]
  }

  private let bindings: [Binding]
  private let roles: [ObjectID: Role]
  private let resources: ResourceNames

  private struct Role: Sendable {
    var place: Location?
    var rules: [AccessRule]
  }

  /// The access control of a cluster as reconciled. What goes to other clusters does not count.
  public init(_ cluster: Cluster) {
    let own = cluster.objects.filter { object in
      object.id.group == Self.group && cluster.index[object.id]?.isEmpty == false
    }
    bindings = own.compactMap(Binding.init)
    roles = Self.roles(in: own)
    resources = ResourceNames(cluster)
  }

  static let group = "rbac.authorization.k8s.io"

  /// All that is given to an account, in the order of reconciliation: by its name, as a user, and by its groups.
  public func grants(to account: Account) -> [Grant] {
    bindings.compactMap { binding in
      guard let subject = binding.subject(covering: account) else { return nil }
      let role = roles[binding.role]
      return Grant(
        binding: binding.id, place: binding.place, subject: subject, role: binding.role, rolePlace: role?.place,
        namespace: binding.id.kind == "RoleBinding" ? binding.id.namespace : nil, rules: role?.rules)
    }
  }

  private static func roles(in objects: [AppliedObject]) -> [ObjectID: Role] {
    var roles: [ObjectID: Role] = [:]
    let definitions = objects.filter { ["Role", "ClusterRole"].contains($0.id.kind) }
    for object in definitions {
      let rules = object.manifest.node["rules"]?.sequence?.map(AccessRule.init) ?? []
      roles[object.id] = Role(place: object.manifest.origin.location, rules: rules)
    }
    let clusterRoles = definitions.filter { $0.id.kind == "ClusterRole" }
    for object in clusterRoles {
      let selectors = object.manifest.node[path: "aggregationRule", "clusterRoleSelectors"]?.sequence ?? []
      guard !selectors.isEmpty else { continue }
      let chosen = clusterRoles.filter { role in role.id != object.id && selectors.contains { $0.selects(role) } }
      let added = chosen.flatMap { roles[$0.id]?.rules ?? [] }
      roles[object.id]?.rules += added
    }
    for name in ["cluster-admin", "admin", "edit", "view"] {
      let id = ObjectID(group: group, kind: "ClusterRole", namespace: "", name: name)
      guard roles[id] == nil, var rules = StandardRoles.rules(of: name) else { continue }
      // `admin` takes in what is aggregated to `edit`, and that what is aggregated to `view`.
      let names = ["admin": ["admin", "edit", "view"], "edit": ["edit", "view"]][name] ?? [name]
      for label in names.compactMap(StandardRoles.aggregationLabel) {
        rules += clusterRoles.filter { $0.manifest.label(label) == "true" }.flatMap { roles[$0.id]?.rules ?? [] }
      }
      roles[id] = Role(place: nil, rules: rules)
    }
    return roles
  }
}

// MARK: Judging

extension AccessControl {
  /// Whether an account may apply an object.
  public enum Verdict: Sendable, Hashable {
    /// These bindings give it all that it takes.
    case allowed(by: [ObjectID])
    /// Nothing in the repository gives it these verbs.
    case denied(missing: [String])
    /// A binding gives it a role that is not in the repository.
    case unknown(role: ObjectID)
  }

  /// Whether what the bindings give to `account` is enough to apply `object`: what server-side apply needs of the API, and
  /// `delete` where objects that vanish from the files are deleted.
  public func verdict(on account: Account, applying object: ObjectID, prunes: Bool) -> Verdict {
    let target = AccessTarget(
      group: object.group, resource: resources.plural(of: object), namespace: object.namespace, name: object.name)
    // A RoleBinding gives nothing outside of its namespace, and nothing of what has no namespace.
    let grants = grants(to: account).filter { $0.namespace == nil || $0.namespace == object.namespace }
    var missing: [String] = []
    var used: [ObjectID] = []
    for verb in ["get", "create", "patch"] + (prunes ? ["delete"] : []) {
      if let grant = grants.first(where: { $0.rules?.contains { $0.allows(verb, target) } ?? false }) {
        if !used.contains(grant.binding) { used.append(grant.binding) }
      } else {
        missing.append(verb)
      }
    }
    guard !missing.isEmpty else { return .allowed(by: used) }
    if let grant = grants.first(where: { $0.rules == nil }) { return .unknown(role: grant.role) }
    return .denied(missing: missing)
  }
}

extension AccessControl.Binding {
  fileprivate init?(_ object: AppliedObject) {
    guard ["RoleBinding", "ClusterRoleBinding"].contains(object.id.kind),
      let name = object.manifest.node[path: "roleRef", "name"], let role = name.scalar?.text
    else { return nil }
    let kind = object.manifest.node[path: "roleRef", "kind"]?.scalar?.text ?? "ClusterRole"
    self.init(
      id: object.id,
      role: ObjectID(
        group: AccessControl.group, kind: kind, namespace: kind == "Role" ? object.id.namespace : "", name: role),
      place: name.origin.location, subjects: object.manifest.node["subjects"]?.sequence ?? [])
  }

  /// The subject through which an account is meant: itself, itself as a user, or one of the groups it is in.
  fileprivate func subject(covering account: AccessControl.Account) -> String? {
    for subject in subjects {
      guard let kind = subject["kind"]?.scalar?.text, let name = subject["name"]?.scalar?.text else { continue }
      switch kind {
      case "ServiceAccount":
        // Without a namespace, kubectl and Flux refuse it; a RoleBinding's own is what is meant.
        let namespace = subject["namespace"]?.scalar?.text ?? id.namespace
        if name == account.name, namespace == account.namespace { return "ServiceAccount \(namespace)/\(name)" }
      case "User":
        if name == "system:serviceaccount:\(account.namespace):\(account.name)" { return "User \(name)" }
      case "Group":
        let groups = [
          "system:serviceaccounts", "system:serviceaccounts:\(account.namespace)", "system:authenticated",
        ]
        if groups.contains(name) { return "Group \(name)" }
      default: continue
      }
    }
    return nil
  }
}

extension Node {
  /// Whether a label selector means an object.
  fileprivate func selects(_ object: AppliedObject) -> Bool {
    let labels = self["matchLabels"]?.mapping?.entries ?? []
    let conditions = self["matchExpressions"]?.sequence ?? []
    return labels.allSatisfy { object.manifest.label($0.key.text) == $0.value.scalar?.text }
      && conditions.allSatisfy { condition in
        guard let key = condition["key"]?.scalar?.text else { return false }
        let values = condition["values"]?.sequence?.compactMap { $0.scalar?.text } ?? []
        let value = object.manifest.label(key)
        switch condition["operator"]?.scalar?.text {
        case "In": return value.map(values.contains) ?? false
        case "NotIn": return value.map { !values.contains($0) } ?? true
        case "Exists": return value != nil
        case "DoesNotExist": return value == nil
        default: return false
        }
      }
  }
}
