import Diagnostics
import GoTemplate

/// Gathers the templates of a chart and its subcharts, each with the values it sees.
struct TemplateGathering {
  private var tasks: [String: Engine.Task] = [:]
  private let prepared: ChartPreparation

  /// Runs all templates of a chart.
  static func render(
    _ chart: ChartInstance, _ top: Dict, _ prepared: ChartPreparation, limits: Limits, tracesValues: Bool
  ) throws(HelmError) -> Engine.Run {
    var gathering = TemplateGathering(prepared: prepared)
    _ = gathering.gather(chart, parent: top, path: chart.metadata.name, isRoot: true)
    do throws(Engine.Failure) {
      return try Engine(gathering.tasks, limits: limits, keepsReads: tracesValues).run()
    } catch {
      throw TemplateComplaint.error(error)
    }
  }

  /// Maps are shared along the way: what one template sets in `.Values` the next one sees.
  private mutating func gather(_ chart: ChartInstance, parent: Dict, path: String, isRoot: Bool) -> Value {
    let subcharts = Dict()
    let scope = Dict([
      "Chart": chart.metadata.templateValue(isRoot: isRoot), "Files": .object(ChartFiles(chart.chart.files)),
      "Release": parent["Release"] ?? .null, "Capabilities": parent["Capabilities"] ?? .null,
      "Values": .dict(Dict(typeName: "common.Values")), "Subcharts": .dict(subcharts),
    ])
    if isRoot {
      scope["Values"] = parent["Values"]
    } else if let values = parent.table("Values." + chart.metadata.name) {
      scope["Values"] = .dict(values)
    }
    for subchart in chart.subcharts {
      let name = subchart.metadata.name
      subcharts[GoString(name)] = gather(subchart, parent: scope, path: "\(path)/charts/\(name)", isRoot: false)
    }
    for file in chart.chart.templates where !chart.metadata.isLibrary || Engine.isPartial(file.name) {
      let full = "\(path)/\(file.name)"
      let known = prepared.template(full, of: file.source)
      tasks[full] = Engine.Task(
        source: known?.source ?? TemplateSource(name: full, bytes: file.source.bytes, file: file.source), scope: scope,
        basePath: path + "/templates")
      tasks[full]?.parsed = known?.parsed
    }
    return .dict(scope)
  }
}
