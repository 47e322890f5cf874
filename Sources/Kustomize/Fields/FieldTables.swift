import Diagnostics
import Kubernetes

/// The fields in which objects that refer to a type hold its objects' names.
package struct NameReference: Sendable, Hashable {
  /// The type that is referred to; an empty part stands for anything.
  package var target: GroupVersionKind
  /// The fields.
  package var referrers: [FieldSpec]

  /// Fields that hold names of objects of a type.
  package init(target: GroupVersionKind, referrers: [FieldSpec]) {
    self.target = target
    self.referrers = referrers
  }
}

/// The fields that the transformers work on: the built-in ones, and what `configurations` and `crds` add.
package struct FieldTables: Sendable {
  /// A table by its name in a configuration file.
  package enum Table: String, Sendable, Hashable, CaseIterable {
    case namePrefix
    case nameSuffix
    case namespace
    case commonLabels
    case labels
    case templateLabels
    case commonAnnotations
    case varReference
    case images
    case replicas

    /// What kustomize calls it when it does not merge.
    fileprivate var goName: String {
      switch self {
      case .namespace: "NameSpace"
      default: rawValue.prefix(1).uppercased() + rawValue.dropFirst()
      }
    }
  }

  var tables: [Table: [FieldSpec]] = [:]
  /// The fields that hold names.
  package internal(set) var nameReferences: [NameReference] = []

  /// No fields at all.
  package init() {}

  /// The fields of a table, those of kinds that others need first.
  package subscript(table: Table) -> [FieldSpec] { tables[table] ?? [] }

  /// Adds a field, unless it is known.
  /// - Throws: when it is known with another `create`.
  package mutating func add(_ table: Table, _ field: FieldSpec, at place: Location? = nil) throws(KustomizeError) {
    try Self.add(field, to: &tables[table, default: []], table.goName, place)
  }

  /// Adds fields that hold names of a type.
  package mutating func add(_ reference: NameReference, at place: Location? = nil) throws(KustomizeError) {
    var isKnown = false
    for index in nameReferences.indices where nameReferences[index].target == reference.target {
      isKnown = true
      for field in reference.referrers {
        try Self.add(field, to: &nameReferences[index].referrers, "NameReference", place)
      }
    }
    if !isKnown { nameReferences.append(reference) }
  }

  /// Adds all of `other`.
  package mutating func merge(_ other: FieldTables, at place: Location? = nil) throws(KustomizeError) {
    for table in Table.allCases {
      for field in other[table] { try add(table, field, at: place) }
    }
    for reference in other.nameReferences { try add(reference, at: place) }
    sort()
  }

  private static func add(
    _ field: FieldSpec, to fields: inout [FieldSpec], _ name: String, _ place: Location?
  ) throws(KustomizeError) {
    guard let known = fields.first(where: { $0.covers(field) }) else {
      fields.append(field)
      return
    }
    guard known.create == field.create else {
      throw KustomizeError(
        .conflict, "failed to merge \(name) fieldSpec: conflicting fieldspecs for '\(field.path)'", at: place)
    }
  }

  /// Puts the fields in kustomize's order, in which references are corrected.
  package mutating func sort() {
    for table in Table.allCases {
      tables[table]?.sort { $0.type.isOrdered(before: $1.type) }
    }
    nameReferences.sort { $0.target.isOrdered(before: $1.target) }
  }
}

extension GroupVersionKind {
  /// The kinds that others need, first to last.
  private static let firstKinds = [
    "Namespace", "ResourceQuota", "StorageClass", "CustomResourceDefinition", "ServiceAccount", "PodSecurityPolicy",
    "Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding", "ConfigMap", "Secret", "Endpoints", "Service",
    "LimitRange", "PriorityClass", "PersistentVolume", "PersistentVolumeClaim", "Deployment", "StatefulSet", "CronJob",
    "PodDisruptionBudget",
  ]
  private static let lastKinds = ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"]

  private var rank: Int {
    if let index = Self.firstKinds.firstIndex(of: kind) { return index - Self.firstKinds.count }
    return Self.lastKinds.firstIndex(of: kind).map { $0 + 1 } ?? 0
  }

  /// Whether objects of this type come before those of `other` in kustomize's order.
  func isOrdered(before other: GroupVersionKind) -> Bool {
    let (one, two) = (rank, other.rank)
    return one == two ? sortText < other.sortText : one < two
  }

  private var sortText: String {
    [group.isEmpty ? "~G" : group, version.isEmpty ? "~V" : version, kind.isEmpty ? "~K" : kind]
      .joined(separator: "_")
  }
}
