import Diagnostics
import Documents
import YAML

extension BuildSession {
  /// Runs the generators of a kustomization: its ConfigMaps, Secrets and charts, then those that have files of their own.
  mutating func runGenerators(of target: Target, into gathered: inout Accumulator) throws(KustomizeError) {
    for arguments in target.file.configMapGenerator {
      try sparing(&gathered, at: nil, of: target) { session, gathered throws(KustomizeError) in
        let made = try session.generate(.configMap, arguments, target.file.generatorOptions, of: target)
        try session.absorb([made], from: target.provenance(of: .configMapGenerator), into: &gathered)
      }
    }
    for arguments in target.file.secretGenerator {
      try sparing(&gathered, at: nil, of: target) { session, gathered throws(KustomizeError) in
        let made = try session.generate(.secret, arguments, target.file.generatorOptions, of: target)
        try session.absorb([made], from: target.provenance(of: .secretGenerator), into: &gathered)
      }
    }
    for var chart in target.file.helmCharts {
      if chart.namespace.isEmpty { chart.namespace = target.file.namespace?.value ?? "" }
      if chart.namespace.isEmpty { chart.namespace = target.chartNamespace }
      let made = try inflate(chart, target.file.helmGlobals, of: target)
      try absorb(made, from: target.provenance(of: .helmChartInflationGenerator), into: &gathered)
    }
    for plugin in try plugins(target.file.generators, of: target, what: "generator") {
      let made = try generate(plugin, of: target)
      try absorb(made, from: plugin.provenance, into: &gathered)
    }
  }

  private mutating func absorb(
    _ resources: [Resource], from provenance: Provenance?, into gathered: inout Accumulator
  ) throws(KustomizeError) {
    for var resource in resources {
      resource.provenance = resource.provenance ?? provenance
      try gathered.resources.absorb(resource)
    }
  }

  /// A ConfigMap or Secret from its arguments.
  private mutating func generate(
    _ kind: ObjectGenerator.Kind, _ arguments: GeneratorArguments, _ global: GeneratorOptions?, of target: Target
  ) throws(KustomizeError) -> Resource {
    let options = (arguments.options ?? GeneratorOptions()).merging(global: global)
    let arguments = try withoutRemoteFiles(arguments)
    let generator = ObjectGenerator(kind: kind, arguments: arguments, options: options)
    var reader = KeyValueReader(loader: target.loader)
    let pairs = try reader.read(arguments, kind: kind.rawValue)
    for path in reader.filesRead { note(read: path) }
    var resource = made(try generator.make(from: pairs), at: arguments.origin, by: target)
    resource.needsHash = !options.disablesNameSuffixHash
    resource.behavior = arguments.behavior
    return resource
  }

  /// The arguments without files that would have to be fetched, where the options say to go on without them.
  private mutating func withoutRemoteFiles(
    _ arguments: GeneratorArguments
  ) throws(KustomizeError) -> GeneratorArguments {
    var local = arguments
    local.envs = []
    local.files = []
    for env in arguments.envs where try !isLeftOut(env, bringsObjects: false) { local.envs.append(env) }
    for file in arguments.files {
      let path = file.value.split(separator: "=", maxSplits: 1).last.map(String.init) ?? file.value
      if try !isLeftOut(Placed(path, at: file.origin), bringsObjects: false) { local.files.append(file) }
    }
    return local
  }

  private func made(_ node: Node, at origin: Origin, by target: Target) -> Resource {
    Resource(
      node: node, schema: schema,
      trace: [RelatedLocation("generated here", at: origin.location)] + target.inclusions,
      layers: target.loader.visited.count)
  }

  /// The objects of a chart.
  private mutating func inflate(
    _ chart: HelmChart, _ globals: HelmGlobals, of target: Target
  ) throws(KustomizeError) -> [Resource] {
    guard let inflator = options.chartInflator else {
      throw KustomizeError(
        .generator, "the chart '\(chart.name)' is not rendered: charts are not enabled for this build",
        at: chart.origin.location)
    }
    guard !chart.name.isEmpty else {
      throw KustomizeError(.generator, "an entry of helmCharts needs the name of a chart", at: chart.origin.location)
    }
    var chart = chart
    if chart.chartHome.isEmpty { chart.chartHome = globals.chartHome?.value ?? "" }
    if chart.chartHome.isEmpty { chart.chartHome = "charts" }
    let inflated = try inflator.inflate(chart, in: target.loader.root, of: tree)
    for path in inflated.filesRead { note(read: path) }
    return try ManifestReader.manifests(in: inflated.documents).map { manifest in
      var resource = made(manifest.node, at: chart.origin, by: target)
      resource.duplicateKey = manifest.duplicateKey
      resource.takeBuildAnnotations()
      resource.isFromChart = true
      return resource
    }
  }

  /// The objects that a generator file asks for.
  private mutating func generate(_ plugin: Plugin, of target: Target) throws(KustomizeError) -> [Resource] {
    let reader = plugin.reader
    switch plugin.kind {
    case .configMapGenerator:
      return [try generate(.configMap, try GeneratorArguments(reader, isSecret: false), nil, of: target)]
    case .secretGenerator:
      return [try generate(.secret, try GeneratorArguments(reader, isSecret: true), nil, of: target)]
    case .helmChartInflationGenerator:
      return try inflate(try HelmChart(reader), HelmGlobals(), of: target)
    case .iamPolicyGenerator:
      return [made(try IAMPolicyGenerator(reader).serviceAccount(), at: reader.origin, by: target)]
    default:
      throw KustomizeError(
        .generator, "\(plugin.kind.rawValue) changes objects: list it under 'transformers'", at: reader.origin.location)
    }
  }
}
