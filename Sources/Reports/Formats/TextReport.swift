import Diagnostics

/// The report for people: what is wrong, the line it is in, how it came about, what to do.
struct TextReport {
  /// As many related places as are shown with a line of source each.
  private static let maximumRelated = 12
  /// As many gaps of a kind as are shown where gaps do not fail the run: many are alike, and push the findings away.
  private static let maximumGaps = 10

  private let report: Report
  private let options: RenderOptions
  private let style: TextStyle
  private var sources: [String: ExcerptSource] = [:]
  private var out: [String] = []

  init(_ report: Report, _ options: RenderOptions) {
    self.report = report
    self.options = options
    style = TextStyle(isOn: options.color)
  }

  consuming func bytes() -> [UInt8] {
    for finding in report.findings where finding.isActive { write(finding) }
    if !report.gaps.isEmpty { writeGaps() }
    let failed = report.findings.contains(where: options.fails)
    out.append(style.verdict(Counting.verdict(report), failed: failed))
    out.append(Counting.analysed(report.summary))
    return Array((out.joined(separator: "\n") + "\n").utf8)
  }

  private mutating func write(_ finding: Finding) {
    let label = "\(finding.severity.rawValue)[\(VisibleText.line(finding.rule))]"
    let message = VisibleText.lines(finding.message)
    out.append(style.severity(label, finding.severity) + style.strong(": \(message[0])"))
    out += message.dropFirst().map { "  | \($0)" }
    let gutter = gutterWidth(finding)
    out.append("\(spaces(gutter))\(style.frame("-->")) \(VisibleText.line("\(finding.location)"))")
    write(excerpt: finding.location, of: finding, gutter: gutter, mark: "^")
    for related in finding.related.prefix(Self.maximumRelated) {
      out.append(note("\(related.location): \(related.message)", gutter))
      write(excerpt: related.location, of: finding, gutter: gutter, mark: "-")
    }
    if finding.related.count > Self.maximumRelated {
      let rest = finding.related.count - Self.maximumRelated
      out.append(note("and \(Counting.phrase(rest, "more place")) not shown", gutter))
    }
    if let object = finding.object { out.append(note("object: \(object)", gutter)) }
    if !finding.clusters.isEmpty {
      let label = finding.clusters.count == 1 ? "cluster" : "clusters"
      out.append(note("\(label): \(finding.clusters.joined(separator: ", "))", gutter))
    }
    if !finding.help.isEmpty {
      let help = VisibleText.lines(finding.help)
      out.append("\(spaces(gutter)) \(style.frame("=")) \(style.help("help:")) \(help[0])")
      out += help.dropFirst().map { "\(spaces(gutter)) | \($0)" }
    }
    out.append("")
  }

  private func note(_ text: String, _ gutter: Int) -> String {
    "\(spaces(gutter)) \(style.frame("=")) \(VisibleText.line(text))"
  }

  private func spaces(_ count: Int) -> String {
    String(repeating: " ", count: count)
  }

  /// Wide enough for the largest line number of a finding.
  private func gutterWidth(_ finding: Finding) -> Int {
    let places = [finding.location] + finding.related.prefix(Self.maximumRelated).map(\.location)
    return places.map { "\($0.span.start.line)".utf8.count }.max() ?? 1
  }

  private mutating func write(excerpt location: Location, of finding: Finding, gutter: Int, mark: Character) {
    let known = sources[location.file.path] ?? ExcerptSource(location.file)
    sources[location.file.path] = known
    guard let excerpt = Excerpt(location, of: finding, in: known, width: options.width) else { return }
    let number = "\(location.span.start.line)"
    let padding = spaces(gutter - number.utf8.count)
    let bar = style.frame("|")
    out.append("\(spaces(gutter)) \(bar)")
    out.append("\(style.frame(padding + number)) \(bar) \(excerpt.text)")
    let underline = String(repeating: mark, count: excerpt.length)
    let painted = mark == "^" ? style.severity(underline, finding.severity) : style.frame(underline)
    out.append("\(spaces(gutter)) \(bar) \(spaces(excerpt.leading))\(painted)")
  }

  private mutating func writeGaps() {
    out.append(style.strong("not analysed:"))
    for (kind, gaps) in Counting.byKind(report.gaps) {
      out.append("  \(VisibleText.line(kind)) (\(gaps.count))")
      let shown = gaps.prefix(options.isStrict ? gaps.count : Self.maximumGaps)
      for gap in shown {
        let place = gap.location.map { "\($0): " } ?? ""
        out.append("    \(VisibleText.line(place + gap.message))")
      }
      if gaps.count > shown.count {
        out.append("    and \(gaps.count - shown.count) more, which `--strict` and the other formats list")
      }
      var helps: Set<String> = []
      for gap in shown where !gap.help.isEmpty && helps.insert(gap.help).inserted {
        out.append("    \(style.help("help:")) \(VisibleText.line(gap.help))")
      }
    }
    out.append("")
  }
}

/// The colours of the text format; none at all when off.
struct TextStyle {
  let isOn: Bool

  private func paint(_ text: String, _ code: String) -> String {
    isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }

  func severity(_ text: String, _ severity: Severity) -> String {
    switch severity {
    case .error: paint(text, "1;31")
    case .warning: paint(text, "1;33")
    case .info: paint(text, "1;36")
    }
  }

  func strong(_ text: String) -> String { paint(text, "1") }
  func frame(_ text: String) -> String { paint(text, "34") }
  func help(_ text: String) -> String { paint(text, "1;32") }
  func verdict(_ text: String, failed: Bool) -> String { paint(text, failed ? "1;31" : "1;32") }
}
