import Diagnostics
import GoTemplate
import Sprig
import YAML

/// What Helm would install of a chart.
public struct Release: Sendable {
  /// One document that a template wrote.
  public struct Manifest: Sendable {
    /// The template, such as `podinfo/templates/service.yaml`.
    public var path: String
    /// The kind of the object.
    public var kind: String
    /// The name of the object.
    public var name = ""
    /// The text, and which place of which template wrote which byte of it.
    public var output: Output
    /// The events a hook runs at; none for what is installed.
    public var hookEvents: [String] = []
    /// Hooks of an event run by weight.
    public var hookWeight = 0

    init(path: String, kind: String, output: Output) {
      self.path = path
      self.kind = kind
      self.output = output
    }
  }

  /// A file of `crds/`.
  public struct CRDFile: Sendable {
    /// The path from the top chart.
    public var path: String
    /// The content.
    public var file: SourceFile
  }

  /// A document that a schema refers to and that is not at hand.
  public struct UnresolvedSchema: Sendable, Hashable {
    /// Its URL.
    public var url: String
    /// Where the reference stands.
    public var location: Location
  }

  /// What is installed, in Helm's order of kinds.
  public var manifests: [Manifest]
  /// What runs at events, in Helm's order of kinds.
  public var hooks: [Manifest]
  /// The custom resource definitions of the chart and its subcharts.
  public var crds: [CRDFile]
  /// The text of `NOTES.txt`.
  public var notes: String
  /// Names of functions whose values were made up: random ones, `now`, `lookup`. Where one is used, what is installed
  /// differs from what is rendered.
  public var madeUp: Set<String>
  /// The paths of the values it was rendered with, where output shall be led back to them.
  var paths: ValuePaths?
  /// References of schemas to documents that are not at hand: what they say about the values is not known.
  public var unresolvedSchemas: [UnresolvedSchema] = []
  /// The steps that the templates took, of those that ``ReleaseOptions/limits`` allow for all of them together.
  public var steps = 0
}

/// What to render a chart with.
public struct ReleaseOptions: Sendable {
  /// The release's name.
  public var name: String
  /// The namespace it is installed in.
  public var namespace: String
  /// Whether it is there already.
  public var isUpgrade = false
  /// How often it was installed or upgraded, this time included.
  public var revision = 1
  /// What templates are told about the cluster.
  public var capabilities = Capabilities.standard
  /// Whether `values.schema.json` is left out.
  public var skipsSchema = false
  /// Whether what is rendered can be led back to values (see ``ManifestTrails``).
  public var tracesValues = false
  /// What the templates may take, all together.
  public var limits = Limits.standard

  /// Options for a release's first installation.
  public init(name: String, namespace: String = "default") {
    self.name = name
    self.namespace = namespace
  }
}

extension Chart {
  /// Renders the chart as Helm 4 does, with values that go over the chart's own: a mapping, or null for none.
  ///
  /// Templates recurse: call it on a thread with 64 MB of stack.
  public func render(_ values: Node?, _ options: ReleaseOptions) throws(HelmError) -> Release {
    try render(try Chart.given(values), options)
  }

  /// The values of a release as templates compute with them.
  static func given(_ values: Node?) throws(HelmError) -> Dict {
    do throws(YAMLValues.Malformed) {
      return try values.map { (node) throws(YAMLValues.Malformed) in try ValuesDocuments.dict(node) } ?? Dict()
    } catch {
      throw HelmError(.values, error.message, at: values?.origin.location)
    }
  }

  /// Renders the chart with values as templates compute with them. The map is not changed.
  public func render(_ given: Dict, _ options: ReleaseOptions) throws(HelmError) -> Release {
    try render(given, options, .none)
  }

  func render(
    _ given: Dict, _ options: ReleaseOptions, _ prepared: ChartPreparation
  ) throws(HelmError) -> Release {
    var instance = ChartInstance(self)
    try wrapping("chart dependencies processing failed: ") { () throws(HelmError) in
      try instance.processDependencies(given)
      try instance.importValues()
    }
    let values = try Coalescing.values(instance, given)
    let unresolved = options.skipsSchema ? [] : try SchemaCheck.check(instance, values, prepared)
    try checkKubeVersion(options.capabilities)
    let top = top(values, options)
    let paths = options.tracesValues ? top.table("Values").map { ValuePaths(marking: $0) } : nil
    let run = try TemplateGathering.render(
      instance, top, prepared, limits: options.limits, tracesValues: paths != nil)
    var release = try release(of: instance, run.rendered, run.madeUp)
    release.steps = run.steps
    release.unresolvedSchemas = unresolved
    release.paths = paths
    return release
  }

  private func wrapping(_ prefix: String, _ body: () throws(HelmError) -> Void) throws(HelmError) {
    do throws(HelmError) {
      try body()
    } catch {
      throw HelmError(error.code, prefix + error.text, message: error.message, at: error.location, trace: error.trace)
    }
  }

  private func checkKubeVersion(_ capabilities: Capabilities) throws(HelmError) {
    let wanted = metadata.kubeVersion
    guard !wanted.isEmpty, !Metadata.isCompatible(wanted, with: capabilities.plainVersion) else { return }
    throw HelmError(
      .kubeVersion,
      "chart requires kubeVersion: \(wanted) which is incompatible with Kubernetes \(capabilities.kubeVersion)",
      at: metadataFile.map { placeOfKubeVersion(in: $0.source) })
  }

  private func placeOfKubeVersion(in file: SourceFile) -> Location {
    let root = try? YAMLReader.readFirst(file)?.root
    let key = root?.mapping?.entries.first { $0.key.text.lowercased() == "kubeversion" }
    return key?.value.origin.location ?? Location(file: file)
  }

  private func top(_ values: Dict, _ options: ReleaseOptions) -> Dict {
    Dict([
      "Values": .dict(Dict(values.entries, typeName: "common.Values")),
      "Capabilities": options.capabilities.templateValue,
      "Release": .anyDict([
        "Name": .text(options.name), "Namespace": .text(options.namespace), "IsUpgrade": .bool(options.isUpgrade),
        "IsInstall": .bool(!options.isUpgrade), "Revision": .int(options.revision), "Service": "Helm",
      ]),
    ])
  }

  private func release(
    of instance: ChartInstance, _ rendered: [Engine.Rendered], _ madeUp: Set<String>
  ) throws(HelmError) -> Release {
    var (manifests, hooks, notes) = ([Release.Manifest](), [Release.Manifest](), "")
    for template in rendered.sorted(by: { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }) {
      if template.path.hasSuffix("NOTES.txt") {
        if template.path == "\(metadata.name)/templates/NOTES.txt" {
          notes = String(decoding: template.output.bytes, as: UTF8.self)
        }
        continue
      }
      for document in Manifests.split(template.output) {
        guard let manifest = try Manifests.manifest(document, path: template.path) else { continue }
        if manifest.hookEvents.isEmpty { manifests.append(manifest) } else { hooks.append(manifest) }
      }
    }
    return Release(
      manifests: Manifests.sorted(manifests), hooks: Manifests.sorted(hooks),
      crds: Chart.crds(of: instance, path: metadata.name), notes: notes, madeUp: madeUp)
  }

  private static func crds(of instance: ChartInstance, path: String) -> [Release.CRDFile] {
    let own = instance.chart.files.filter { file in
      let name = file.name.lowercased()
      return file.name.hasPrefix("crds/") && [".yaml", ".yml", ".json"].contains { name.hasSuffix($0) }
    }
    return own.map { Release.CRDFile(path: "\(path)/\($0.name)", file: $0.source) }
      + instance.subcharts.flatMap { crds(of: $0, path: "\(path)/charts/\($0.metadata.name)") }
  }
}
