import Diagnostics

/// JUnit XML: a suite a file, a case for each rule and object in it.
///
/// Names hold no line numbers, so that a reader can tell newly failed cases from fixed ones. `junit` keeps to the
/// schema that Jenkins validates with, which has no `file`; GitLab wants it.
struct JUnitReport {
  private let report: Report
  private let options: RenderOptions
  private let namesFiles: Bool

  init(_ report: Report, _ options: RenderOptions, namesFiles: Bool) {
    self.report = report
    self.options = options
    self.namesFiles = namesFiles
  }

  func bytes() -> [UInt8] {
    var suites = findingSuites
    if !report.gaps.isEmpty { suites.append(gapSuite) }
    if report.summary.clusters == 0 { suites.append(Self.unanalysed) }
    // Jenkins drops a suite without cases, and a report without suites counts as broken.
    if suites.isEmpty { suites = [Self.clean] }
    var xml = XMLWriter()
    let cases = suites.flatMap(\.cases)
    xml.element("testsuites", [("name", "sluice")] + Self.counts(cases, withSkipped: false)) { xml in
      for suite in suites {
        let attributes = [("name", suite.name)] + Self.counts(suite.cases, withSkipped: true) + [("time", "0")]
        xml.element("testsuite", attributes) { xml in
          for testCase in suite.cases { testCase.write(to: &xml) }
        }
      }
    }
    return xml.bytes
  }

  /// `testsuites` may not say how many are skipped.
  private static func counts(_ cases: [JUnitCase], withSkipped: Bool) -> [(String, String?)] {
    [
      ("tests", "\(cases.count)"),
      ("failures", "\(cases.count { $0.outcome == .failed })"),
      ("errors", "0"),
      ("skipped", withSkipped ? "\(cases.count { $0.outcome == .skipped })" : nil),
    ]
  }

  private struct Suite {
    var name: String
    var cases: [JUnitCase]
  }

  private static let unanalysed = Suite(
    name: "sluice",
    cases: [
      JUnitCase(
        className: "sluice", name: "a cluster is found", file: nil, outcome: .failed, type: "not analysed",
        text: "no cluster found: nothing was analysed")
    ])

  private static let clean = Suite(
    name: "sluice",
    cases: [JUnitCase(className: "sluice", name: "no findings", file: nil, outcome: .passed, type: "", text: "")])

  private var findingSuites: [Suite] {
    let byFile = Dictionary(grouping: report.findings) { options.hostPath($0.location.file.path) }
    return byFile.sorted { $0.key < $1.key }.map { path, findings in
      let byCase = Dictionary(grouping: findings) { finding in
        finding.object.map { "\(finding.rule): \($0)" } ?? finding.rule
      }
      let cases = byCase.sorted { $0.key < $1.key }.map { name, findings in
        // What a reader shows as the message is the first: it must be what the case fails for.
        let findings = findings.filter(options.fails) + findings.filter { !options.fails($0) }
        return JUnitCase(
          className: path, name: name, file: namesFiles ? path : nil, outcome: outcome(findings),
          type: findings[0].rule, text: findings.map(text).joined(separator: "\n\n"))
      }
      return Suite(name: path, cases: cases)
    }
  }

  private func outcome(_ findings: [Finding]) -> JUnitCase.Outcome {
    if findings.contains(where: options.fails) { return .failed }
    return findings.contains(where: \.isActive) ? .passed : .skipped
  }

  /// Everything goes into the text: GitLab shows nothing else.
  private func text(_ finding: Finding) -> String {
    var lines = ["\(finding.severity.rawValue): \(finding.message)", "at \(VisibleText.line("\(finding.location)"))"]
    lines += finding.related.map { "  " + VisibleText.line("\($0.location): \($0.message)") }
    if !finding.clusters.isEmpty { lines.append("clusters: \(finding.clusters.joined(separator: ", "))") }
    if !finding.help.isEmpty { lines.append("help: \(finding.help)") }
    if let suppression = finding.suppression { lines.append("suppressed: \(suppression.reason)") }
    if finding.suppression == nil, finding.baseline == .unchanged { lines.append("known before") }
    return lines.joined(separator: "\n")
  }

  private var gapSuite: Suite {
    let byName = Dictionary(grouping: report.gaps) { gap in
      gap.object.map { "\(gap.kind): \($0)" } ?? gap.kind
    }
    let cases = byName.sorted { $0.key < $1.key }.map { name, gaps in
      let text = gaps.map { gap in
        let place = gap.location.map { "\nat " + VisibleText.line("\($0)") } ?? ""
        return "not analysed: \(gap.message)\(place)\(gap.help.isEmpty ? "" : "\nhelp: \(gap.help)")"
      }
      let path = gaps[0].location.map { options.hostPath($0.file.path) }
      return JUnitCase(
        className: "not analysed", name: name, file: namesFiles ? path : nil, outcome: .skipped, type: gaps[0].kind,
        text: text.joined(separator: "\n\n"))
    }
    return Suite(name: "not analysed", cases: cases)
  }
}

/// One `testcase`.
private struct JUnitCase {
  enum Outcome {
    case passed, failed, skipped
  }

  var className: String
  var name: String
  var file: String?
  var outcome: Outcome
  var type: String
  var text: String

  func write(to xml: inout XMLWriter) {
    // Without a class Jenkins would split the name at its last dot.
    let attributes: [(String, String?)] = [("name", name), ("classname", className), ("file", file), ("time", "0")]
    guard outcome != .passed || !text.isEmpty else { return xml.element("testcase", attributes) }
    xml.element("testcase", attributes) { xml in
      switch outcome {
      case .failed:
        let summary = text.split(separator: "\n").first.map(String.init) ?? ""
        xml.element("failure", [("message", summary), ("type", type)], text: text)
      case .skipped:
        xml.element("skipped")
        xml.element("system-out", text: text)
      case .passed:
        xml.element("system-out", text: text)
      }
    }
  }
}
