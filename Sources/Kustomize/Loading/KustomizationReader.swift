import Diagnostics
import Files
import YAML

/// Reads a kustomization file into its typed form.
struct KustomizationReader {
  private let reader: FieldReader
  private var found: Kustomization
  /// What the file should no longer use.
  private(set) var warnings: [BuildWarning] = []

  /// Every field of a kustomization file, old ones included.
  static let fields = [
    "apiVersion", "kind", "metadata", "openapi", "namePrefix", "nameSuffix", "namespace", "commonLabels", "labels",
    "commonAnnotations", "patchesStrategicMerge", "patchesJson6902", "patches", "images", "imageTags", "replacements",
    "replicas", "vars", "sortOptions", "resources", "components", "crds", "bases", "configMapGenerator",
    "secretGenerator", "helmGlobals", "helmCharts", "helmChartInflationGenerator", "generatorOptions",
    "configurations", "generators", "transformers", "validators", "buildMetadata",
  ]

  /// What old fields are written with today, in the order in which kustomize warns of them.
  private static let successors = [
    ("bases", "resources"), ("commonLabels", "labels"), ("imageTags", "images"), ("patchesJson6902", "patches"),
    ("patchesStrategicMerge", "patches"), ("vars", "replacements"),
  ]

  /// The kustomization that `node`, the content of the file at `path`, says.
  static func read(
    _ node: Node, at path: RepoPath
  ) throws(KustomizeError) -> (kustomization: Kustomization, warnings: [BuildWarning]) {
    var reader = try KustomizationReader(node, path: path)
    try reader.reader.allow(Self.fields)
    try reader.readType()
    try reader.readOperands()
    try reader.readGenerators()
    try reader.readPatches()
    try reader.readTransformers()
    try reader.readOutput()
    reader.collectWarnings()
    try reader.refuseEmpty()
    return (reader.found, reader.warnings)
  }

  private init(_ node: Node, path: RepoPath) throws(KustomizeError) {
    reader = try FieldReader(node, name: "", mode: .kustomization)
    found = Kustomization(path: path, origin: node.origin)
  }

  private mutating func readType() throws(KustomizeError) {
    let kind = try reader.string("kind")
    if let kind, !kind.value.isEmpty {
      guard let known = Kustomization.Kind(rawValue: kind.value) else {
        throw KustomizeError(
          .field, "kind must be Kustomization or Component, not '\(kind.value)'", at: kind.origin.location)
      }
      found.kind = known
    }
    if let version = try reader.string("apiVersion"), !version.value.isEmpty {
      let wanted = "kustomize.config.k8s.io/" + (found.kind == .component ? "v1alpha1" : "v1beta1")
      guard version.value == wanted else {
        throw KustomizeError(
          .field, "apiVersion of a \(found.kind.rawValue) must be \(wanted), not '\(version.value)'",
          at: version.origin.location)
      }
    }
    if let metadata = try reader.reader("metadata") {
      try metadata.allow(["name", "namespace", "labels", "annotations"])
      for field in ["name", "namespace"] { _ = try metadata.string(field) }
      for field in ["labels", "annotations"] { _ = try metadata.pairs(field) }
    }
  }

  private mutating func readOperands() throws(KustomizeError) {
    found.resources = try reader.strings("resources") + reader.strings("bases")
    found.components = try reader.strings("components")
    found.crds = try reader.strings("crds")
    found.configurations = try reader.strings("configurations")
    if let openAPI = try reader.reader("openapi") {
      found.openAPI = OpenAPIField(version: try openAPI.string("version"), path: try openAPI.string("path"))
    }
  }

  private mutating func readGenerators() throws(KustomizeError) {
    for entry in try reader.readers("configMapGenerator") {
      found.configMapGenerator.append(try GeneratorArguments(entry, isSecret: false))
    }
    for entry in try reader.readers("secretGenerator") {
      found.secretGenerator.append(try GeneratorArguments(entry, isSecret: true))
    }
    if let options = try reader.reader("generatorOptions") { found.generatorOptions = try GeneratorOptions(options) }
    found.generators = try reader.texts("generators")
    if let globals = try reader.reader("helmGlobals") { found.helmGlobals = try HelmGlobals(globals) }
    for entry in try reader.readers("helmCharts") { found.helmCharts.append(try HelmChart(entry)) }
    let hasGlobals = reader.node("helmGlobals") != nil
    for entry in try reader.readers("helmChartInflationGenerator") {
      let (chart, globals) = try HelmChart.reading(oldForm: entry)
      found.helmCharts.append(chart)
      if !hasGlobals { found.helmGlobals.merge(globals) }
    }
  }

  private mutating func readPatches() throws(KustomizeError) {
    found.patchesStrategicMerge = try reader.texts("patchesStrategicMerge")
    for entry in try reader.readers("patchesJson6902") { found.patchesJSON6902.append(try PatchArguments(entry)) }
    for entry in try reader.readers("patches") { found.patches.append(try PatchArguments(entry)) }
  }

  private mutating func readTransformers() throws(KustomizeError) {
    found.namespace = try reader.string("namespace")
    found.namePrefix = try reader.string("namePrefix")
    found.nameSuffix = try reader.string("nameSuffix")
    found.commonLabels = try reader.pairs("commonLabels") ?? []
    found.commonAnnotations = try reader.pairs("commonAnnotations") ?? []
    for entry in try reader.readers("labels") { found.labels.append(try LabelArguments(entry)) }
    for entry in try reader.readers("images") + reader.readers("imageTags") {
      found.images.append(try ImageArguments(entry))
    }
    for entry in try reader.readers("replicas") { found.replicas.append(try ReplicaTransformer(entry)) }
    for entry in try reader.readers("replacements") { found.replacements.append(try ReplacementArguments(entry)) }
    for entry in try reader.readers("vars") { found.variables.append(try VariableArguments(entry)) }
    found.transformers = try reader.texts("transformers")
    found.validators = try reader.texts("validators")
  }

  private mutating func readOutput() throws(KustomizeError) {
    found.buildMetadata = try reader.strings("buildMetadata")
    if let options = try reader.reader("sortOptions") { found.sortOptions = try SortOptions(options) }
  }

  private mutating func collectWarnings() {
    for (old, new) in Self.successors where reader.node(old) != nil {
      guard let entry = reader.entry(old) else { continue }
      warnings.append(
        BuildWarning(
          message: "'\(old)' is deprecated: use '\(new)' instead", location: entry.keyOrigin.location))
    }
  }

  /// A file that says nothing is refused, since it is most likely a mistake; an empty list of resources says something.
  private func refuseEmpty() throws(KustomizeError) {
    for field in Self.fields.dropFirst(2) {
      guard let node = reader.node(field) else { continue }
      if let scalar = node.scalar, scalar.text.isEmpty { continue }
      let isMovedElsewhere = ["bases", "imageTags", "helmChartInflationGenerator"].contains(field)
      if isMovedElsewhere, node.sequence?.isEmpty == true { continue }
      return
    }
    throw KustomizeError(.field, "the kustomization file is empty", at: found.origin.location)
  }
}
