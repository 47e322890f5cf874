/// The formats a report can be written in; the raw values are those of the command line.
public enum ReportFormat: String, Sendable, Hashable, CaseIterable {
  /// For people at a terminal.
  case text
  /// For programs, with a schema of its own.
  case json
  /// SARIF 2.1.0, for code scanning.
  case sarif
  /// JUnit as its schema allows, for Jenkins and most others.
  case junit
  /// JUnit with the file of each case, as GitLab wants it.
  case junitGitlab = "junit-gitlab"
  /// Code Quality of GitLab.
  case gitlab
  /// Workflow commands of GitHub Actions: annotations on the lines of a pull request.
  case github
  /// For a comment on a pull request or a job summary.
  case markdown

  /// The report as the bytes of one file.
  public func render(_ report: Report, options: RenderOptions = RenderOptions()) -> [UInt8] {
    switch self {
    case .text: TextReport(report, options).bytes()
    case .json: JSONReport(report).bytes()
    case .sarif: SARIFReport(report, options).bytes()
    case .junit: JUnitReport(report, options, namesFiles: false).bytes()
    case .junitGitlab: JUnitReport(report, options, namesFiles: true).bytes()
    case .gitlab: GitLabReport(report, options).bytes()
    case .github: GitHubReport(report, options).bytes()
    case .markdown: MarkdownReport(report, options).bytes()
    }
  }
}
