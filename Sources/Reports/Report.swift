import Diagnostics

/// Everything that a run has to say, ready to be written in any format.
public struct Report: Sendable {
  /// The findings in the order in which they are to be read, suppressed and known ones included.
  public var findings: [Finding]
  /// What could not be analysed.
  public var gaps: [Gap]
  /// What was looked at.
  public var summary: Summary
  /// Every rule that ran.
  public var rules: [RuleDescription]
  /// The version of Sluice, such as `1.2.0`.
  public var toolVersion: String

  /// A report of one run.
  public init(
    findings: [Finding] = [], gaps: [Gap] = [], summary: Summary = Summary(), rules: [RuleDescription] = [],
    toolVersion: String
  ) {
    self.findings = findings
    self.gaps = gaps
    self.summary = summary
    self.rules = rules
    self.toolVersion = toolVersion
  }
}

/// What a format may need to know beside the report.
public struct RenderOptions: Sendable, Hashable {
  /// Whether text may hold colours.
  public var color: Bool
  /// How wide a line of source may be before it is cut; nil for a width that fits most lines.
  public var width: Int?
  /// From which severity on a finding makes the run fail; nil for never.
  public var failOn: Severity?
  /// Whether gaps make the run fail.
  public var isStrict: Bool
  /// Where the report's paths count from, as seen from the root of the repository: code hosts know files by their
  /// path from there. Empty for the root itself.
  public var sourceRoot: String

  /// Options; the defaults suit a file.
  public init(
    color: Bool = false, width: Int? = nil, failOn: Severity? = .error, isStrict: Bool = false, sourceRoot: String = ""
  ) {
    self.color = color
    self.width = width
    self.failOn = failOn
    self.isStrict = isStrict
    self.sourceRoot = sourceRoot
  }

  /// A path of the report as the code host knows it.
  func hostPath(_ path: String) -> String {
    let root = sourceRoot.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    return root.isEmpty ? path : "\(root)/\(path)"
  }

  /// Whether `finding` makes the run fail.
  func fails(_ finding: Finding) -> Bool {
    guard let failOn else { return false }
    return finding.isActive && finding.severity >= failOn
  }
}
