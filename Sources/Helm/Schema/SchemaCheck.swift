import Diagnostics
import GoTemplate
import JSONSchema
import Sprig

/// Checks the values of a chart and its subcharts against their schemas.
enum SchemaCheck {
  static func check(_ chart: ChartInstance, _ values: Dict) throws(HelmError) {
    var found: [HelmError.SchemaViolation] = []
    let text = complaints(chart, values, path: [], into: &found)
    guard !text.isEmpty else { return }
    throw HelmError(
      .values, "values don't meet the specifications of the schema(s) in the following chart(s):\n\(text)",
      at: chart.chart.schema.map { Location(file: $0.source) }, violations: found)
  }

  private static func complaints(
    _ chart: ChartInstance, _ values: Dict, path: [String], into found: inout [HelmError.SchemaViolation]
  ) -> String {
    var text = ""
    if let schema = chart.chart.schema, let complaint = complaint(schema, values, path: path, into: &found) {
      text += "\(chart.metadata.name):\n\(complaint)"
    }
    for subchart in chart.subcharts {
      let name = subchart.metadata.name
      guard let raw = values[GoString(name)], !raw.isNil else { continue }
      guard case .dict(let inner) = raw else {
        text += "\(name):\ninvalid type for values: expected object (map), got \(raw.type)\n"
        continue
      }
      text += complaints(subchart, inner, path: path + [name], into: &found)
    }
    return text
  }

  private static func complaint(
    _ file: Chart.File, _ values: Dict, path: [String], into found: inout [HelmError.SchemaViolation]
  ) -> String? {
    let schema: Schema
    do throws(SchemaError) {
      schema = try Schema(json: file.source)
    } catch {
      return error.text
    }
    do throws(YAMLValues.Malformed) {
      let violations = schema.validate(try YAMLValues.tree(.dict(values)))
      found += violations.flatMap(\.leaves).map { violation in
        HelmError.SchemaViolation(
          path: path + keys(of: violation.instancePath), message: violation.message,
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
