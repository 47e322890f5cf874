import Diagnostics
import YAML

/// Annotations by which kustomize keeps its notes in the objects themselves. Ours are kept apart (``Resource``), but what
/// somebody writes into a file by hand has its effect, and none of them is ever in the output.
enum BuildAnnotations {
  private static let domain = "internal.config.kubernetes.io/"
  static let needsHash = domain + "needsHashSuffix"
  static let behavior = domain + "generatorBehavior"
  static let fromChart = domain + "helm-generated"

  /// The names that are dropped from the output.
  static let all: Set<String> = Set(
    [
      "previousKinds", "previousNames", "prefixes", "suffixes", "previousNamespaces", "allowNameChange",
      "allowKindChange", "refBy", "generatorBehavior", "needsHashSuffix", "path", "index", "seqindent", "id",
      "annotations-migration-resource-id", "helm-generated",
    ].map { domain + $0 }
  ).union(["config.kubernetes.io/path", "config.kubernetes.io/index", "config.k8s.io/id"])
}

extension Resource {
  /// Acts on the notes that stand in the object as it is read.
  mutating func takeBuildAnnotations() {
    guard let annotations = node[path: "metadata", "annotations"]?.mapping else { return }
    if annotations[BuildAnnotations.needsHash]?.scalar?.text == "enabled" { needsHash = true }
    if annotations[BuildAnnotations.fromChart]?.scalar?.text == "true" { isFromChart = true }
    if let text = annotations[BuildAnnotations.behavior]?.scalar?.text { behavior = GeneratorBehavior(text) }
  }

  /// Drops kustomize's notes; what stays are strings, since kustomize writes all annotations anew in the end.
  mutating func finishAnnotations(_ written: (origin: Bool, transformations: Bool)) {
    guard written.origin || written.transformations || node[path: "metadata", "annotations"] != nil else { return }
    var annotations = node.metadataStrings("annotations").filter { pair in
      !BuildAnnotations.all.contains(pair.key) && pair.key != Provenance.originAnnotation
        && pair.key != Provenance.transformationsAnnotation
    }
    if written.origin, let provenance {
      annotations.append((Provenance.originAnnotation, Node(string: provenance.text, origin: node.origin)))
    }
    if written.transformations, !transformations.isEmpty {
      annotations.append(
        (
          Provenance.transformationsAnnotation,
          Node(string: Provenance.text(of: transformations), origin: node.origin)
        ))
    }
    node.setMetadataStrings("annotations", annotations)
  }
}
