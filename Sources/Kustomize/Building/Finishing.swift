import Diagnostics
import YAML

extension ResourceList {
  /// Takes out what is marked as meant for local use only, and refuses what has lost its kind or name on the way.
  mutating func removeLocal() throws(KustomizeError) {
    for resource in items {
      do throws(KustomizeError) {
        try ManifestReader.requireIdentity(resource.node)
      } catch {
        var error = error
        error.trace += resource.trace
        throw error
      }
    }
    let kept = items.filter { resource in
      guard let mark = resource.node[path: "metadata", "annotations", "config.kubernetes.io/local-config"] else {
        return true
      }
      return mark.scalar?.text == "false"
    }
    // Renaming by patches and replacements may have made two of one identity, which is found here at last.
    try replaceAll(by: kept)
  }
}

extension BuildSession {
  /// Adds what the kustomization wants to have in every object, and drops kustomize's own notes.
  mutating func finish(_ resources: inout ResourceList, _ file: Kustomization) throws(KustomizeError) {
    let metadata = Set(file.buildMetadata.map(\.value))
    if options.addsManagedByLabel || metadata.contains("managedByLabel") {
      let origin = file.buildMetadata.first { $0.value == "managedByLabel" }?.origin ?? file.origin
      let pair = LabelTransformer.Pair(
        "app.kubernetes.io/managed-by", Self.managedBy, origin: origin.transformed(by: "managedByLabel"))
      let labels = LabelTransformer([pair], fields: [FieldSpec("metadata/labels", create: true)])
      try resources.updateEach { resource throws(KustomizeError) in try labels.apply(to: &resource.node) }
    }
    let written = (
      origin: metadata.contains("originAnnotations"), transformations: metadata.contains("transformerAnnotations")
    )
    try resources.updateEach { resource throws(KustomizeError) in
      if let duplicate = resource.duplicateKey {
        throw KustomizeError(
          .field, duplicate.message, at: duplicate.location, trace: duplicate.trace + resource.trace)
      }
      resource.finishAnnotations(written)
    }
  }

  /// What the label says that kustomize 5.8.1 sets.
  private static let managedBy = "kustomize-v5.8.1"
}
