import Diagnostics
import Kubernetes
import YAML

/// One entry of `patches`, or one `PatchTransformer`, ready to be applied.
struct PatchApplication {
  var content: PatchContent
  var target: Selector?
  /// The entry that asks for it.
  var entry: Location

  /// Applies the patch to what it is for.
  func apply(to resources: inout ResourceList, in session: inout BuildSession) throws(KustomizeError) {
    if case .merge = content { session.noteMerge() }
    switch content {
    case .merge(let patches) where target == nil:
      for patch in patches { try Self.merge(patch, entry: entry, into: &resources, in: &session) }
    case .merge(let patches):
      guard let patch = patches.first else { return }
      guard patches.count == 1 else {
        throw KustomizeError(
          .patch, "a patch with a target may hold one object only; this one holds \(patches.count)", at: entry)
      }
      try merge(patch, into: &resources, in: &session)
    case .operations(let patch):
      try apply(patch, to: &resources, in: &session)
    }
  }

  /// Merges a patch into the one object that it names.
  private static func merge(
    _ patch: MergePatch, entry: Location, into resources: inout ResourceList, in session: inout BuildSession
  ) throws(KustomizeError) {
    let position = try resources.position(of: patch, schema: session.schema, entry: entry)
    try session.charge(patch: patch.node.valueCount, of: resources.items[position].node, at: entry)
    let schema = session.schema
    try resources.update(at: position) { resource throws(KustomizeError) in
      try resource.merge(patch, schema: schema, entry: entry)
    }
  }

  /// Merges a patch into everything that the target selects.
  private func merge(
    _ patch: MergePatch, into resources: inout ResourceList, in session: inout BuildSession
  ) throws(KustomizeError) {
    let selected = try select(in: resources, session: &session)
    let schema = session.schema
    let size = selected.isEmpty ? 0 : patch.node.valueCount
    for position in selected {
      try session.charge(patch: size, of: resources.items[position].node, at: entry)
      try resources.update(at: position) { resource throws(KustomizeError) in
        try resource.merge(patch.adapted(to: resource.node), schema: schema, entry: entry)
      }
    }
    try resources.settle()
  }

  private func apply(
    _ patch: JSONPatch, to resources: inout ResourceList, in session: inout BuildSession
  ) throws(KustomizeError) {
    guard target != nil else {
      throw KustomizeError(.patch, "a JSON patch needs a target", at: entry)
    }
    for position in try select(in: resources, session: &session) {
      try session.charge(patch: patch.operations.count, at: entry)
      try resources.update(at: position) { resource throws(KustomizeError) in
        resource.rememberIdentity()
        try resource.apply(patch, entry: entry)
      }
    }
  }

  /// The positions of what the target selects. A target that selects nothing is no error for kustomize, but worth to know.
  private func select(
    in resources: ResourceList, session: inout BuildSession
  ) throws(KustomizeError) -> [Int] {
    guard let target else { return [] }
    let matcher = try SelectorMatcher(target)
    let selected = try resources.positions(selectedBy: matcher)
    if selected.isEmpty { session.note(unmatched: matcher, in: resources) }
    return selected
  }
}

extension ResourceList {
  /// The position of the only object that a patch names.
  func position(of patch: MergePatch, schema: Schema, entry: Location) throws(KustomizeError) -> Int {
    let wanted = patch.identity(schema)
    let matches = positions { $0 == wanted }
    let trace = [RelatedLocation("patched here", at: entry)]
    let place = (patch.node[path: "metadata", "name"]?.origin ?? patch.node.origin).location
    guard let match = matches.first else {
      throw KustomizeError(
        .patch, "no object with the id '\(wanted)' to patch\(hint(for: wanted))", at: place, trace: trace)
    }
    guard matches.count == 1 else {
      throw KustomizeError(
        .patch, "\(matches.count) objects have had the id '\(wanted)' that the patch names", at: place,
        trace: trace + matches.map { RelatedLocation("one of them is here", at: items[$0].location) })
    }
    return match
  }

  /// What is there under the same kind and name, when only the namespace or the version is another one.
  private func hint(for wanted: ResourceID) -> String {
    let near = items.first { item in
      item.hasIdentity { $0.name == wanted.name && $0.type.kind == wanted.type.kind }
    }
    return near.map { "; there is '\($0.identity)'" } ?? ""
  }
}

extension Resource {
  /// Applies operations to the object.
  mutating func apply(_ patch: JSONPatch, entry: Location) throws(KustomizeError) {
    let operations = Node(.sequence(patch.operations.map(\.node)), origin: node.origin)
    earlier.append(EarlierVersion(node: node, patch: operations, entry: entry))
    // kustomize keeps its notes in the annotations, so that there are some for a path to lead through.
    if hasNotes { node.makeAnnotations() }
    try patch.apply(to: &node, entry: entry)
    if patch.replacesAnnotations { forgetProvenance() }
    // kustomize writes all annotations anew behind a JSON patch, which makes strings of them.
    node.setMetadataStrings("annotations", node.metadataStrings("annotations"))
  }
}

extension JSONPatch {
  /// Whether an operation is about all annotations at once.
  fileprivate var replacesAnnotations: Bool {
    operations.contains { ["", "/metadata", "/metadata/annotations"].contains($0.node["path"]?.scalar?.text) }
  }
}
