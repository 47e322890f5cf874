import Diagnostics
import GoTemplate
import Sprig

/// Gathers the templates of a chart and its subcharts, each with the values it sees, and runs them.
struct Engine {
  /// A template with what it sees.
  private struct Task {
    var file: Chart.File
    var scope: Dict
    var basePath: String
  }

  /// What one template wrote.
  struct Rendered {
    var path: String
    var output: Output
  }

  private var tasks: [String: Task] = [:]
  let isStrict: Bool
  let limits: Limits

  /// The output of every template but the partials, by path; and the functions that made values up.
  static func render(
    _ chart: ChartInstance, _ top: Dict, isStrict: Bool = false, limits: Limits
  ) throws(HelmError) -> (rendered: [Rendered], madeUp: Set<String>) {
    var engine = Engine(isStrict: isStrict, limits: limits)
    _ = engine.gather(chart, parent: top, path: chart.metadata.name, isRoot: true)
    return try engine.run()
  }

  private init(isStrict: Bool, limits: Limits) {
    self.isStrict = isStrict
    self.limits = limits
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
      tasks["\(path)/\(file.name)"] = Task(file: file, scope: scope, basePath: path + "/templates")
    }
    return .dict(scope)
  }

  static func isPartial(_ path: String) -> Bool {
    path.split(separator: "/").last?.hasPrefix("_") ?? false
  }

  /// Deeper paths come first, so that what a parent defines replaces what its subcharts define.
  private var order: [String] {
    tasks.keys.map { path in (path, path.utf8.lazy.filter { $0 == UInt8(ascii: "/") }.count) }
      .sorted { left, right in
        left.1 == right.1 ? right.0.utf8.lexicographicallyPrecedes(left.0.utf8) : left.1 > right.1
      }
      .map(\.0)
  }

  private func run() throws(HelmError) -> (rendered: [Rendered], madeUp: Set<String>) {
    var templates = TemplateSet(name: "gotpl", functions: Sprig.helm, missingKey: isStrict ? .error : .zero)
    let order = order
    for path in order {
      guard let task = tasks[path] else { continue }
      let source = TemplateSource(name: path, bytes: task.file.source.bytes, file: task.file.source)
      do throws(TemplateError) {
        try templates.add(source)
      } catch {
        throw TemplateComplaint.parsing(error, path)
      }
    }
    var rendered: [Rendered] = []
    var madeUp: Set<String> = []
    for path in order where !Engine.isPartial(path) {
      guard let task = tasks[path] else { continue }
      task.scope["Template"] = .dict(
        Dict(["Name": .text(path), "BasePath": .text(task.basePath)], typeName: "common.Values"))
      do throws(TemplateError) {
        let result = try templates.evaluate(path, with: .dict(task.scope), limits: limits)
        rendered.append(Rendered(path: path, output: result.output.removing(Evaluator.noValue)))
        madeUp.formUnion(result.madeUp)
      } catch {
        throw TemplateComplaint.executing(error)
      }
    }
    return (rendered, madeUp)
  }
}
