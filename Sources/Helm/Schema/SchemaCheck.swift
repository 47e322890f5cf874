import Diagnostics
import GoTemplate
import JSONSchema
import Sprig

/// Checks the values of a chart and its subcharts against their schemas.
struct SchemaCheck {
  private let prepared: ChartPreparation
  private var found: [HelmError.SchemaViolation] = []
  private var unresolved: [Release.UnresolvedSchema] = []

  /// Gives the references that no schema stands behind.
  static func check(
    _ chart: ChartInstance, _ values: Dict, _ prepared: ChartPreparation
  ) throws(HelmError) -> [Release.UnresolvedSchema] {
    var check = SchemaCheck(prepared: prepared)
    let text = check.complaints(chart, values, path: [])
    guard !text.isEmpty else { return check.unresolved }
    throw HelmError(
      .values, "values don't meet the specifications of the schema(s) in the following chart(s):\n\(text)",
      at: chart.chart.schema.map { Location(file: $0.source) }, violations: check.found)
  }

  private mutating func complaints(_ chart: ChartInstance, _ values: Dict, path: [String]) -> String {
    var text = ""
    if let schema = chart.chart.schema, let complaint = complaint(schema, values, path: path) {
      text += "\(chart.metadata.name):\n\(complaint)"
    }
    for subchart in chart.subcharts {
      let name = subchart.metadata.name
      guard let raw = values[GoString(name)], !raw.isNil else { continue }
      guard case .dict(let inner) = raw else {
        text += "\(name):\ninvalid type for values: expected object (map), got \(raw.type)\n"
        continue
      }
      text += complaints(subchart, inner, path: path + [name])
    }
    return text
  }

  private mutating func complaint(_ file: Chart.File, _ values: Dict, path: [String]) -> String? {
    let schema: Schema
    do throws(SchemaError) {
      schema = try prepared.schema(file.source)
    } catch {
      return error.text
    }
    for reference in schema.unresolvedReferences {
      let found = Release.UnresolvedSchema(url: reference.url, location: reference.location)
      if !unresolved.contains(found) { unresolved.append(found) }
    }
    do throws(YAMLValues.Malformed) {
      let violations = schema.validate(try YAMLValues.tree(.dict(values)))
      found += violations.flatMap(\.leaves).map { violation in
        HelmError.SchemaViolation(
          path: path + SchemaCheck.keys(of: violation.instancePath), message: violation.message,
          isMissing: violation.keyword == "required", surplus: violation.surplus.first)
      }
      return violations.isEmpty ? nil : violations.report + "\n"
    } catch {
      return error.message
    }
  }

  /// The keys of a JSON pointer.
  private static func keys(of pointer: String) -> [String] {
    pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map { part in
      part.split(separator: "~1", omittingEmptySubsequences: false).joined(separator: "/")
        .split(separator: "~0", omittingEmptySubsequences: false).joined(separator: "~")
    }
  }
}
