import Diagnostics
import JSONSchema
import Testing
import YAML

/// A schema, values it takes, and values it refuses with the report.
struct SchemaCase: CustomTestStringConvertible {
  var name: String
  var draft = "2020-12"
  /// In YAML; `$schema` is added.
  var schema: String
  var valid: [String] = []
  /// The value and what Helm 4 would print about it.
  var invalid: [(value: String, report: String)] = []

  var testDescription: String { "\(name), \(draft)" }

  static let urls = [
    "4": "http://json-schema.org/draft-04/schema#", "6": "http://json-schema.org/draft-06/schema#",
    "7": "http://json-schema.org/draft-07/schema#", "2019-09": "https://json-schema.org/draft/2019-09/schema",
    "2020-12": "https://json-schema.org/draft/2020-12/schema",
  ]

  func check() throws {
    let compiled = try Schema(text: schema, draft: draft)
    for value in valid {
      let report = try compiled.validate(root(value)).report
      #expect(report == "", "\(value)")
    }
    for (value, expected) in invalid {
      let report = try compiled.validate(root(value)).report
      #expect(report == expected, "\(value)")
    }
  }
}

/// The root of a YAML text.
func root(_ text: String, path: String = "values.yaml") throws -> Node {
  try #require(try YAMLReader.read(text: text, path: path).first?.root)
}

extension Schema {
  /// A schema from YAML, of the given draft unless it says so itself.
  init(text: String, draft: String, limits: ValidationLimits = .standard) throws {
    var document = try root(text, path: "values.schema.json")
    let url = try #require(SchemaCase.urls[draft])
    if document["$schema"] == nil {
      _ = document.withMapping { $0.set("$schema", Node(string: url, origin: .synthetic("<test>"))) }
    }
    try self.init(document, limits: limits)
  }
}
