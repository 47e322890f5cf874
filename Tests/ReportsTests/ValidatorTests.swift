import Foundation
import Reports
import Testing

/// Other people's programs read what we write. They are found in `.venv` (`pip install check-jsonschema sarif-tools
/// junitparser`) and in the system (`xmllint`); a test whose program is missing is skipped.
enum Validator {
  static func path(_ name: String) -> String? {
    let places = [repositoryRoot.appendingPathComponent(".venv/bin").path, "/usr/bin", "/usr/local/bin"]
    return places.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// Runs it and gives what it said; nil when it was content.
  static func complaint(of name: String, _ arguments: [String]) throws -> String? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(path(name)))
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let said = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? nil : String(decoding: said, as: UTF8.self)
  }

  static func schema(_ path: String) -> String {
    repositoryRoot.appendingPathComponent(path).path
  }

  /// Runs `body` with the path of a file that holds `report` in `format`.
  static func withFile(_ report: Report, _ format: ReportFormat, _ body: (String) throws -> Void) throws {
    let path = "\(NSTemporaryDirectory())/sluice-report-\(UUID().uuidString)"
    try Data(format.render(report)).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }
}

@Suite struct ValidatorTests {
  private static let reports = [SampleReport.full, SampleReport.clean]

  @Test(
    .enabled(if: Validator.path("check-jsonschema") != nil, "no check-jsonschema"),
    arguments: [
      (ReportFormat.json, "docs/schemas/report-v1.json"), (.sarif, "testdata/schemas/sarif-2.1.0-written.json"),
      (.gitlab, "testdata/schemas/gitlab-code-quality.json"),
    ]) func fitsItsSchema(_ format: ReportFormat, _ schema: String) throws
  {
    for report in Self.reports {
      try Validator.withFile(report, format) { file throws in
        let arguments = ["--schemafile", Validator.schema(schema), file]
        #expect(try Validator.complaint(of: "check-jsonschema", arguments) == nil)
      }
    }
  }

  @Test(
    .enabled(if: Validator.path("check-jsonschema") != nil, "no check-jsonschema"),
    arguments: ["docs/schemas/report-v1.json", "testdata/schemas/sarif-2.1.0-written.json"])
  func aSchemaIsOne(_ schema: String) throws {
    #expect(try Validator.complaint(of: "check-jsonschema", ["--check-metaschema", Validator.schema(schema)]) == nil)
  }

  @Test(.enabled(if: Validator.path("sarif") != nil, "no sarif-tools")) func isReadBySarifTools() throws {
    for report in Self.reports {
      try Validator.withFile(report, .sarif) { file throws in
        #expect(try Validator.complaint(of: "sarif", ["summary", file]) == nil)
      }
    }
  }

  @Test(.enabled(if: Validator.path("xmllint") != nil, "no xmllint")) func fitsTheSchemaOfJUnit() throws {
    for report in Self.reports {
      try Validator.withFile(report, .junit) { file throws in
        let arguments = ["--noout", "--nonet", "--schema", Validator.schema("testdata/schemas/junit.xsd"), file]
        #expect(try Validator.complaint(of: "xmllint", arguments) == nil)
      }
      try Validator.withFile(report, .junitGitlab) { file throws in
        #expect(try Validator.complaint(of: "xmllint", ["--noout", "--nonet", file]) == nil)
      }
    }
  }

  @Test(
    .enabled(if: Validator.path("junitparser") != nil, "no junitparser"), arguments: [ReportFormat.junit, .junitGitlab])
  func isReadByJunitparser(_ format: ReportFormat) throws {
    try Validator.withFile(SampleReport.clean, format) { file throws in
      // Its `verify` fails where a case failed: so a clean run must pass, and a full one must not.
      #expect(try Validator.complaint(of: "junitparser", ["verify", file]) == nil)
    }
    try Validator.withFile(SampleReport.full, format) { file throws in
      #expect(try Validator.complaint(of: "junitparser", ["verify", file]) != nil)
    }
  }
}
