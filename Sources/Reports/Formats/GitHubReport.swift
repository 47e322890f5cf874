import Diagnostics

/// Workflow commands of GitHub Actions: each becomes an annotation on a line of the pull request.
struct GitHubReport {
  /// What GitHub shows of each kind in one step; it drops the others without a word.
  private static let maximumPerKind = 10

  private let report: Report
  private let options: RenderOptions

  init(_ report: Report, _ options: RenderOptions) {
    self.report = report
    self.options = options
  }

  func bytes() -> [UInt8] {
    let active = report.findings.filter(\.isActive)
    var lines: [String] = []
    var left = 0
    for severity in Severity.allCases.reversed() {
      // What a pull request brings in comes before what was there.
      let mine =
        active.filter { $0.severity == severity && $0.baseline == .new }
        + active.filter { $0.severity == severity && $0.baseline != .new }
      // One notice is kept for what the limit cuts off and for the gaps.
      let room = severity == .info ? Self.maximumPerKind - 1 : Self.maximumPerKind
      lines += mine.prefix(room).map(annotation)
      left += max(0, mine.count - room)
    }
    if let remark = remark(left: left) { lines.append(remark) }
    return Array(lines.map { $0 + "\n" }.joined().utf8)
  }

  private func annotation(_ finding: Finding) -> String {
    let (start, end) = (finding.location.span.start, finding.location.span.end)
    var properties = [
      ("file", VisibleText.line(options.hostPath(finding.location.file.path))), ("line", "\(start.line)"),
      ("endLine", "\(end.line)"),
    ]
    // Columns are taken only where they are in one line.
    if start.line == end.line {
      properties += [("col", "\(start.column)"), ("endColumn", "\(max(end.column, start.column))")]
    }
    properties.append(("title", finding.rule))
    let text = [finding.message, finding.help].filter { !$0.isEmpty } + facts(finding)
    return command(Self.name(finding.severity), properties, text.joined(separator: "\n"))
  }

  private func facts(_ finding: Finding) -> [String] {
    var found = finding.related.map { VisibleText.line("\($0.location): \($0.message)") }
    if let object = finding.object { found.append("object: \(object)") }
    if !finding.clusters.isEmpty { found.append("clusters: \(finding.clusters.joined(separator: ", "))") }
    return found
  }

  private func remark(left: Int) -> String? {
    var parts: [String] = []
    if left > 0 { parts.append("and \(left) more, which GitHub would not show here") }
    if !report.gaps.isEmpty {
      let kinds = Counting.byKind(report.gaps).map { "\($0.kind) (\($0.gaps.count))" }.joined(separator: ", ")
      parts.append("\(Counting.phrase(report.gaps.count, "thing")) could not be analysed: \(kinds)")
    }
    return parts.isEmpty ? nil : command("notice", [("title", "Sluice")], parts.joined(separator: "\n"))
  }

  private static func name(_ severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .info: "notice"
    }
  }

  private func command(_ name: String, _ properties: [(String, String)], _ text: String) -> String {
    let list = properties.map { "\($0)=\(Self.escaped($1, isProperty: true))" }.joined(separator: ",")
    return "::\(name) \(list)::\(Self.escaped(VisibleText.paragraphs(text), isProperty: false))"
  }

  private static func escaped(_ text: String, isProperty: Bool) -> String {
    var found = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": found += "%25"
      case "\r": found += "%0D"
      case "\n": found += "%0A"
      case ":" where isProperty: found += "%3A"
      case "," where isProperty: found += "%2C"
      default: found.unicodeScalars.append(scalar)
      }
    }
    return found
  }
}
