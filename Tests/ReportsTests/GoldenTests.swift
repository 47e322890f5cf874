import Reports
import Testing

extension ReportFormat {
  fileprivate var fileExtension: String {
    switch self {
    case .text, .github: "txt"
    case .json, .gitlab: "json"
    case .sarif: "sarif"
    case .junit, .junitGitlab: "xml"
    case .markdown: "md"
    }
  }
}

@Suite struct GoldenTests {
  @Test(arguments: ReportFormat.allCases) func aFullReport(_ format: ReportFormat) throws {
    try expectGolden(format.render(SampleReport.full), "reports/full.\(format.rawValue).\(format.fileExtension)")
  }

  @Test(arguments: ReportFormat.allCases) func aCleanReport(_ format: ReportFormat) throws {
    try expectGolden(format.render(SampleReport.clean), "reports/clean.\(format.rawValue).\(format.fileExtension)")
  }

  @Test func inColour() throws {
    let bytes = ReportFormat.text.render(SampleReport.full, options: RenderOptions(color: true, width: 60))
    try expectGolden(bytes, "reports/full.text.ansi")
  }
}
