import Diagnostics
import Documents
import Kubernetes
import YAML

extension BuildSession {
  /// Makes the changes that a kustomization asks for, its own first, then those that have files of their own.
  mutating func runTransformers(of target: Target, on gathered: inout Accumulator) throws(KustomizeError) {
    for (kind, transformation) in try transformations(of: target, fields: gathered.fields) {
      try make(transformation, from: target.provenance(of: kind), on: &gathered.resources)
    }
    for plugin in try plugins(target.file.transformers, of: target, what: "transformer") {
      for transformation in try transformations(of: plugin, target) {
        try make(transformation, from: nil, on: &gathered.resources)
      }
      gathered.resources.note(plugin.provenance)
    }
  }

  /// Runs the checks of a kustomization, which are transformers that may not change anything but one label.
  mutating func runValidators(of target: Target, on gathered: inout Accumulator) throws(KustomizeError) {
    for plugin in try plugins(target.file.validators, of: target, what: "validator") {
      let before = gathered.resources.items
      for transformation in try transformations(of: plugin, target) {
        try make(transformation, from: nil, on: &gathered.resources)
      }
      let after = gathered.resources.items
      guard before.count == after.count, zip(before, after).allSatisfy({ $0.isUnchanged(in: $1) }) else {
        throw KustomizeError(
          .field, "the validator \(plugin.kind.rawValue) changes the objects, which a validator may not",
          at: plugin.reader.origin.location)
      }
    }
  }

  private mutating func make(
    _ transformation: Transformation, from provenance: Provenance?, on resources: inout ResourceList
  ) throws(KustomizeError) {
    do {
      try transformation.apply(to: &resources, in: &self)
    } catch {
      guard isConsequence(error) else { throw error }
    }
    resources.note(provenance)
    resources.dropEmpty()
  }

  /// What a kustomization file changes, in kustomize's order.
  private mutating func transformations(
    of target: Target, fields: FieldTables
  ) throws(KustomizeError) -> [(kind: BuiltInKind, Transformation)] {
    let file = target.file
    var found: [(kind: BuiltInKind, Transformation)] = []
    if !file.patchesStrategicMerge.isEmpty {
      found.append((.patchStrategicMergeTransformer, try mergePatches(file.patchesStrategicMerge, of: target)))
    }
    for patch in file.patches { found.append((.patchTransformer, .patch(try load(patch, of: target)))) }
    if let namespace = file.namespace, !namespace.value.isEmpty {
      let origin = namespace.origin.transformed(by: "namespace")
      found.append(
        (
          .namespaceTransformer,
          .namespace(NamespaceTransformer(namespace.value, fields: fields[.namespace], origin: origin))
        ))
    }
    if let prefix = file.namePrefix, !prefix.value.isEmpty {
      let affix = Transformation.affix(
        .prefix(prefix.value), fields: fields[.namePrefix], entry: prefix.origin.location)
      found.append((.prefixTransformer, affix))
    }
    if let suffix = file.nameSuffix, !suffix.value.isEmpty {
      let affix = Transformation.affix(
        .suffix(suffix.value), fields: fields[.nameSuffix], entry: suffix.origin.location)
      found.append((.suffixTransformer, affix))
    }
    found += try pairTransformations(of: file, fields)
    for patch in file.patchesJSON6902 {
      found.append((.patchJSON6902Transformer, try operations(patch, of: target)))
    }
    for replica in file.replicas {
      found.append((.replicaCountTransformer, .replicas(replica, fields: fields[.replicas])))
    }
    for image in file.images {
      let origin = image.origin.transformed(by: "images")
      found.append(
        (.imageTagTransformer, .image(try image.transformer(), fields: fields[.images], origin: origin)))
    }
    if !file.replacements.isEmpty {
      found.append((.replacementTransformer, .replacements(try load(file.replacements, of: target))))
    }
    return found
  }

  /// Labels and annotations.
  private func pairTransformations(
    of file: Kustomization, _ fields: FieldTables
  ) throws(KustomizeError) -> [(kind: BuiltInKind, Transformation)] {
    var found: [(kind: BuiltInKind, Transformation)] = []
    for entry in file.labels {
      var own = FieldTables()
      var added = entry.fields + fields[.labels]
      if entry.includesSelectors {
        added += fields[.commonLabels]
      } else {
        if entry.includesTemplates { added += fields[.templateLabels] }
        added.append(FieldSpec("metadata/labels", create: true))
      }
      for field in added { try own.add(.labels, field, at: entry.origin.location) }
      let pairs = entry.pairs.map { $0.set(by: "labels") }
      found.append((.labelTransformer, .pairs(LabelTransformer(pairs, fields: own[.labels]))))
    }
    if !file.labels.isEmpty || !file.commonLabels.isEmpty {
      let pairs = file.commonLabels.map { $0.set(by: "commonLabels") }
      found.append((.labelTransformer, .pairs(LabelTransformer(pairs, fields: fields[.commonLabels]))))
    }
    if !file.commonAnnotations.isEmpty {
      let pairs = file.commonAnnotations.map { $0.set(by: "commonAnnotations") }
      found.append((.annotationsTransformer, .pairs(LabelTransformer(pairs, fields: fields[.commonAnnotations]))))
    }
    return found
  }
}

extension ResourceList {
  /// Notes at each object what changed it. An object of which nobody knows where it comes from was made by the transformer.
  fileprivate mutating func note(_ provenance: Provenance?) {
    guard let provenance else { return }
    updateEach { resource in
      if resource.provenance == nil {
        resource.provenance = provenance
      } else {
        resource.transformations.append(provenance)
      }
    }
  }
}

extension Resource {
  /// Whether a validator left the object as it was; the label by which it shows that it ran does not count.
  fileprivate func isUnchanged(in other: Resource) -> Bool {
    var checked = other.node
    let labels = checked.metadataStrings("labels")
    if labels.contains(where: { $0.key == "validated-by" }) {
      checked.setMetadataStrings("labels", labels.filter { $0.key != "validated-by" })
    }
    return checked.hasContent(of: node)
  }
}

extension Node {
  /// Whether both print the same.
  fileprivate func hasContent(of other: Node) -> Bool {
    (try? YAMLEmitter.emit(self)) == (try? YAMLEmitter.emit(other))
  }
}
