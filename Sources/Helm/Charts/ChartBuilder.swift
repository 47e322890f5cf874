import Diagnostics
import GoTemplate
import Sprig
import YAML

/// Makes a chart of its files.
enum ChartBuilder {
  /// Charts nest no deeper.
  static let deepestNesting = 16

  static func build(
    _ files: [Chart.File], _ budget: inout LoadBudget, depth: Int = 0
  ) throws(HelmError) -> Chart {
    guard depth < deepestNesting else {
      throw HelmError(.chart, "charts nest deeper than \(deepestNesting) levels")
    }
    var chart = Chart()
    try readMetadata(files, &chart)
    var subcharts: [String: [Chart.File]] = [:]
    for file in files { try place(file, &chart, &subcharts) }
    guard chart.metadataFile != nil else { throw HelmError(.chart, "Chart.yaml file is missing") }
    do throws(HelmError) {
      try chart.metadata.validate()
    } catch {
      throw HelmError(
        error.code, error.text, message: error.message, at: chart.metadataFile.map { Location(file: $0.source) })
    }
    for name in subcharts.keys.sorted() {
      guard let first = name.first, first != "_", first != "." else { continue }
      do throws(HelmError) {
        chart.subcharts.append(try subchart(name, subcharts[name] ?? [], chart, &budget, depth))
      } catch {
        throw HelmError(
          error.code, "error unpacking subchart \(name) in \(chart.metadata.name): \(error.text)",
          message: error.message, at: error.location, trace: error.trace)
      }
    }
    return chart
  }

  private static func readMetadata(_ files: [Chart.File], _ chart: inout Chart) throws(HelmError) {
    for file in files where file.name == "Chart.yaml" {
      chart.metadataFile = file
      chart.metadata = try decode(file, chart.metadata)
      if chart.metadata.apiVersion.isEmpty { chart.metadata.apiVersion = "v1" }
    }
  }

  private static func decode(_ file: Chart.File, _ metadata: Metadata) throws(HelmError) -> Metadata {
    let location = Location(file: file.source)
    do throws(YAMLValues.Malformed) {
      let value = try YAMLValues.read(GoString(file.source.bytes), keepsIntegers: true)
      do throws(HelmError) {
        return try MetadataReader.read(value, into: metadata)
      } catch {
        throw YAMLValues.Malformed(message: error.text)
      }
    } catch {
      throw HelmError(.chart, "cannot load \(file.name): \(error.message)", at: location)
    }
  }

  private static func place(
    _ file: Chart.File, _ chart: inout Chart, _ subcharts: inout [String: [Chart.File]]
  ) throws(HelmError) {
    switch file.name {
    case "Chart.yaml": break
    case "Chart.lock": try checkLock(file)
    case "values.yaml": chart.values = try readValues(file)
    case "values.schema.json": chart.schema = file
    case "requirements.yaml":
      chart.metadata = try decode(file, chart.metadata)
      if chart.metadata.apiVersion == "v1" { chart.files.append(file) }
    case "requirements.lock":
      try checkLock(file)
      if chart.metadata.apiVersion == "v1" { chart.files.append(file) }
    default:
      if file.name.hasPrefix("templates/") {
        chart.templates.append(file)
      } else if file.name.hasPrefix("charts/"), file.name.hasSuffix(".prov") {
        chart.files.append(file)
      } else if file.name.hasPrefix("charts/") {
        let inner = String(file.name.dropFirst("charts/".count))
        let name = String(inner.prefix { $0 != "/" })
        subcharts[name, default: []].append(Chart.File(name: inner, source: file.source))
      } else {
        chart.files.append(file)
      }
    }
  }

  /// Helm reads lock files, if only to fail where one is no YAML.
  private static func checkLock(_ file: Chart.File) throws(HelmError) {
    do throws(YAMLValues.Malformed) {
      _ = try YAMLValues.read(GoString(file.source.bytes))
    } catch {
      throw HelmError(.chart, "cannot load \(file.name): \(error.message)", at: Location(file: file.source))
    }
  }

  /// Checks that the values can be used; they are kept as trees.
  private static func readValues(_ file: Chart.File) throws(HelmError) -> [Node] {
    do throws(YAMLValues.Malformed) {
      let documents = try ValuesDocuments.read(file.source)
      for document in documents { _ = try ValuesDocuments.dict(document) }
      return documents
    } catch {
      throw HelmError(
        .values, "cannot load values.yaml: cannot unmarshal yaml document: \(error.message)",
        at: Location(file: file.source))
    }
  }

  private static func subchart(
    _ name: String, _ files: [Chart.File], _ parent: Chart, _ budget: inout LoadBudget, _ depth: Int
  ) throws(HelmError) -> Chart {
    if name.hasSuffix(".tgz") {
      guard let file = files.first, file.name == name else {
        throw HelmError(.chart, "error unpacking subchart tar in \(parent.metadata.name): expected \(name)")
      }
      return try build(try ChartArchive.files(in: file.source, &budget), &budget, depth: depth + 1)
    }
    let inner = files.compactMap { file -> Chart.File? in
      guard let slash = file.name.firstIndex(of: "/") else { return nil }
      return Chart.File(name: String(file.name[file.name.index(after: slash)...]), source: file.source)
    }
    return try build(inner, &budget, depth: depth + 1)
  }
}
