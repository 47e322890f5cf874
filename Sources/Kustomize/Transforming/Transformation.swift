import Diagnostics
import Kubernetes
import YAML

/// One change of the gathered objects, ready to be made.
enum Transformation {
  /// Patches that name their objects; all of `patchesStrategicMerge` together.
  case mergePatches([MergePatch], entries: [Location])
  /// An entry of `patches`.
  case patch(PatchApplication)
  /// An entry of `patchesJson6902`.
  case operations(JSONPatch, target: Selector, entry: Location)
  /// `namespace`.
  case namespace(NamespaceTransformer)
  /// `namePrefix` or `nameSuffix`.
  case affix(NameAffix, fields: [FieldSpec], entry: Location)
  /// `labels`, `commonLabels` or `commonAnnotations`.
  case pairs(LabelTransformer)
  /// An entry of `replicas`.
  case replicas(ReplicaTransformer, fields: [FieldSpec])
  /// An entry of `images`.
  case image(ImageTransformer, fields: [FieldSpec], origin: Origin)
  /// `replacements`.
  case replacements([Replacement])
  /// A value at a path of selected objects.
  case value(ValueAddition)
  /// Hashes behind the names of generated objects.
  case hashes

  /// Makes the change.
  func apply(to resources: inout ResourceList, in session: inout BuildSession) throws(KustomizeError) {
    switch self {
    case .mergePatches(let patches, let entries):
      session.noteMerge()
      for (patch, entry) in zip(patches, entries) { try resources.merge(patch, in: &session, entry: entry) }
    case .patch(let patch): try patch.apply(to: &resources, in: &session)
    case .operations(let patch, let target, let entry):
      let matcher = try SelectorMatcher(target)
      let selected = try resources.positions(selectedBy: matcher)
      if selected.isEmpty { session.note(unmatched: matcher, in: resources) }
      for position in selected {
        try session.charge(patch: patch.operations.count, at: entry)
        try resources.update(at: position) { resource throws(KustomizeError) in
          try resource.apply(patch, entry: entry)
        }
      }
    case .namespace(let transformer): try resources.apply(transformer, schema: session.schema)
    case .affix(let affix, let fields, let entry): try resources.add(affix, fields: fields, entry: entry)
    case .pairs(let transformer): try resources.apply(transformer)
    case .replicas(let transformer, let fields): try resources.apply(transformer, fields: fields)
    case .image(let transformer, let fields, let origin):
      try resources.updateEach { resource throws(KustomizeError) in
        try transformer.apply(to: &resource.node, fields: fields, origin: origin)
      }
    case .replacements(let replacements): try resources.apply(replacements)
    case .value(let addition): try addition.apply(to: &resources, schema: session.schema)
    case .hashes: try resources.addHashes()
    }
  }
}

extension ResourceList {
  /// Merges a patch into the one object that it names; an object of which nothing is left goes.
  fileprivate mutating func merge(
    _ patch: MergePatch, in session: inout BuildSession, entry: Location
  ) throws(KustomizeError) {
    let schema = session.schema
    let position = try position(of: patch, schema: schema, entry: entry)
    try session.charge(patch: patch.node.valueCount, of: items[position].node, at: entry)
    try update(at: position) { resource throws(KustomizeError) in
      try resource.merge(patch.adapted(to: resource.node), schema: schema, entry: entry)
    }
    try replaceAll(by: items.filter { !$0.isEmpty })
  }

  /// Adds labels or annotations. There are many fields, most of which do not concern a type.
  fileprivate mutating func apply(_ transformer: LabelTransformer) throws(KustomizeError) {
    var narrowed: [GroupVersionKind: LabelTransformer] = [:]
    try updateEach { resource throws(KustomizeError) in
      let type = resource.identity.type
      var own = narrowed[type] ?? transformer
      if narrowed[type] == nil {
        own.fields = transformer.fields.filter { type.isSelected(by: $0.type) }
        narrowed[type] = own
      }
      try own.apply(to: &resource.node)
    }
  }

  fileprivate mutating func apply(_ transformer: NamespaceTransformer, schema: Schema) throws(KustomizeError) {
    guard !transformer.namespace.isEmpty else { return }
    try updateEach { resource throws(KustomizeError) in
      guard !resource.isEmpty, !resource.isFromChart else { return }
      resource.rememberIdentity()
      try transformer.apply(to: &resource.node, schema: schema)
    }
    var seen: [ResourceID: Int] = [:]
    for (position, resource) in items.enumerated() {
      guard let first = seen.updateValue(position, forKey: resource.identity) else { continue }
      throw KustomizeError(
        .conflict, "the namespace '\(transformer.namespace)' gives two objects the id '\(resource.identity)'",
        at: transformer.origin.location,
        trace: [
          RelatedLocation("the first one is here", at: items[first].location),
          RelatedLocation("the second one is here", at: resource.location),
        ])
    }
  }

  fileprivate mutating func add(_ affix: NameAffix, fields: [FieldSpec], entry: Location) throws(KustomizeError) {
    try updateEach { resource throws(KustomizeError) in
      let original = resource.originalIdentity.type
      guard !NameAffix.leavesAlone(original) else { return }
      for field in fields where original.isSelected(by: field.type) {
        if field.path == "metadata/name" { resource.note(affix) }
        try affix.apply(to: &resource.node, field: field, at: entry)
      }
    }
  }

  fileprivate mutating func apply(_ transformer: ReplicaTransformer, fields: [FieldSpec]) throws(KustomizeError) {
    var isFound = false
    for field in fields {
      for position in positions(withIdentity: { $0.name == transformer.name && $0.type.isSelected(by: field.type) }) {
        isFound = true
        try update(at: position) { resource throws(KustomizeError) in
          try transformer.apply(to: &resource.node, field: field)
        }
      }
    }
    guard isFound else {
      let kinds = fields.map(\.type.kustomizeName).joined(separator: " ")
      throw KustomizeError(
        .reference, "no object '\(transformer.name)' of a kind that has replicas (\(kinds))",
        at: transformer.origin.location)
    }
  }

  /// Puts the hash of its content behind the name of each object that wants one.
  mutating func addHashes() throws(KustomizeError) {
    for position in items.indices where items[position].needsHash {
      let suffix = try ContentHash.suffix(of: items[position])
      update(at: position) { resource in
        resource.rememberIdentity()
        let origin = resource.node[path: "metadata", "name"]?.origin ?? resource.node.origin
        resource.node.setMetadataText("name", "\(resource.identity.name)-\(suffix)", origin: origin)
      }
    }
  }
}

extension Resource {
  /// Remembers an affix, and the name that it is added to.
  fileprivate mutating func note(_ affix: NameAffix) {
    let text: String
    switch affix {
    case .prefix(let prefix):
      text = prefix
      if !prefix.isEmpty { prefixes.append(prefix) }
    case .suffix(let suffix):
      text = suffix
      if !suffix.isEmpty { suffixes.append(suffix) }
    }
    if !text.isEmpty { rememberIdentity() }
  }
}
