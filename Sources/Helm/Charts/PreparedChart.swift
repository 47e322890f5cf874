import Diagnostics
import GoTemplate
import JSONSchema
import YAML

/// A chart whose templates are parsed and whose schemas are compiled: what to keep where one chart is rendered for many
/// releases.
public struct PreparedChart: Sendable {
  /// The chart.
  public private(set) var chart: Chart
  private let preparation: ChartPreparation
  /// What the templates read of the values.
  private let read: ReadPaths
  /// What means something to the chart.
  private var known: ReadPaths

  /// Reads all that can be read without values. What is wrong with a template or a schema shows when it is rendered.
  ///
  /// Schemas that refer to documents on the network are taken as if these allowed everything: a release names them in
  /// ``Release/unresolvedSchemas``.
  public init(_ chart: Chart) {
    self.chart = chart
    preparation = ChartPreparation(chart)
    read = preparation.valuesRead.map(chart.withTexts) ?? chart.allMentions
    known = chart.known(read)
  }

  /// The same chart with other values in the place of its own.
  public func replacingValues(by documents: [Node]) -> PreparedChart {
    var result = self
    result.chart.replaceValues(by: documents)
    result.known = result.chart.known(read)
    return result
  }

  /// The keys of `values` that the chart never reads: no template asks for them, neither its defaults nor its schema know
  /// them. Empty where that cannot be told: where a template takes all values at once.
  public func unreadKeys(of values: Node) -> [UnreadKey] {
    var texts = ReadPaths()  // those that `tpl` may run
    values.addMentions(to: &texts)
    guard !texts.isEmpty else { return chart.unreadKeys(of: values, known: known) }
    texts.merge(read)
    return chart.unreadKeys(of: values, known: chart.known(texts))
  }

  /// Renders the chart as ``Chart/render(_:_:)-(Node?,_)`` does.
  public func render(_ values: Node?, _ options: ReleaseOptions) throws(HelmError) -> Release {
    try chart.render(try Chart.given(values), options, preparation)
  }
}

/// What is known about a chart's files before it is rendered. One that knows nothing reads them each time.
struct ChartPreparation: Sendable {
  struct Template: Sendable {
    var source: TemplateSource
    var parsed: Result<ParsedTemplate, TemplateError>
  }

  /// By full paths, under any name that a subchart can go by.
  private(set) var templates: [String: Template] = [:]
  private var schemas: [ObjectIdentifier: Result<Schema, SchemaError>] = [:]

  /// Knows nothing.
  static let none = ChartPreparation()

  private init() {}

  init(_ chart: Chart) {
    prepare(chart, path: chart.metadata.name)
  }

  private mutating func prepare(_ chart: Chart, path: String) {
    for file in chart.templates {
      let full = "\(path)/\(file.name)"
      let source = TemplateSource(name: full, bytes: file.source.bytes, file: file.source)
      templates[full] = Template(
        source: source, parsed: Result { () throws(TemplateError) in try Engine.emptySet.parse(source) })
    }
    if let schema = chart.schema?.source, schemas[ObjectIdentifier(schema)] == nil {
      schemas[ObjectIdentifier(schema)] = Result { () throws(SchemaError) in
        try Schema(json: schema, assumesRemote: true)
      }
    }
    for subchart in chart.subcharts {
      let entries = chart.metadata.dependencies.filter { $0.matches(subchart.metadata) }
      let names = entries.isEmpty ? [subchart.metadata.name] : entries.map { $0.alias.isEmpty ? $0.name : $0.alias }
      for name in names { prepare(subchart, path: "\(path)/charts/\(name)") }
    }
  }

  /// The template at a full path, if it is that of the file.
  func template(_ path: String, of file: SourceFile) -> Template? {
    guard let known = templates[path], known.source.file === file else { return nil }
    return known
  }

  /// The schema of a file.
  func schema(_ file: SourceFile) throws(SchemaError) -> Schema {
    if let known = schemas[ObjectIdentifier(file)] { return try known.get() }
    return try Schema(json: file)
  }
}
