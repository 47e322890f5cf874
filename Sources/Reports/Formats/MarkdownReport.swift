import Diagnostics

/// The report as a comment on a pull request, or as the summary of a job.
struct MarkdownReport {
  /// By this a bot finds its earlier comment, to replace it.
  private static let marker = "<!-- sluice-report -->"
  /// GitHub takes comments of 65,536 characters; the rest is for the end of the report.
  private static let maximumBytes = 60_000

  private let report: Report
  private let options: RenderOptions

  init(_ report: Report, _ options: RenderOptions) {
    self.report = report
    self.options = options
  }

  func bytes() -> [UInt8] {
    var out = "\(Self.marker)\n## Sluice: \(Counting.verdict(report))\n\n"
    let documentation = Dictionary(
      report.rules.compactMap { rule in rule.documentation.map { (rule.id, $0) } },
      uniquingKeysWith: { first, _ in first })
    for severity in Severity.allCases.reversed() {
      let mine = report.findings.filter { $0.isActive && $0.severity == severity }
      guard !mine.isEmpty else { continue }
      let rows = mine.map { row($0, documentation[$0.rule]) }
      let title = Counting.phrase(mine.count, severity)
      out += section(title, "| Rule | Where | What |\n|---|---|---|\n", rows, isOpen: severity == .error, after: out)
    }
    if !report.gaps.isEmpty {
      let title = "\(Counting.phrase(report.gaps.count, "thing")) not analysed"
      out += section(title, "| Kind | Where | What |\n|---|---|---|\n", report.gaps.map(row), isOpen: false, after: out)
    }
    out += "\(Markdown.text(Counting.analysed(report.summary)))\n"
    return Array(out.utf8)
  }

  /// A part that folds, cut where the whole would become too long.
  private func section(_ title: String, _ head: String, _ rows: [String], isOpen: Bool, after text: String) -> String {
    var room = Self.maximumBytes - text.utf8.count
    let shown = rows.prefix { row in
      room -= row.utf8.count
      return room > 0
    }
    let rest = rows.count - shown.count
    let note = rest == 0 ? "" : "\n… and \(rest) more, which do not fit here.\n"
    let attribute = isOpen ? " open" : ""
    return "<details\(attribute)><summary>\(title)</summary>\n\n\(head)\(shown.joined())\(note)\n</details>\n\n"
  }

  private func row(_ finding: Finding, _ documentation: String?) -> String {
    let rule = Markdown.code(finding.rule)
    let linked = documentation.map { "[\(rule)](<\(Markdown.address($0))>)" } ?? rule
    var parts = [Markdown.text(finding.message)]
    parts += finding.related.prefix(10).map { "↳ \(code($0.location)): \(Markdown.text($0.message))" }
    if let object = finding.object { parts.append(Markdown.code("\(object)")) }
    if !finding.clusters.isEmpty {
      parts.append("clusters: " + finding.clusters.map(Markdown.code).joined(separator: ", "))
    }
    if !finding.help.isEmpty { parts.append("<b>Help:</b> \(Markdown.text(finding.help))") }
    return "| \(linked) | \(code(finding.location)) | \(parts.joined(separator: "<br>")) |\n"
  }

  private func row(_ gap: Gap) -> String {
    let help = gap.help.isEmpty ? "" : "<br><b>Help:</b> \(Markdown.text(gap.help))"
    let place = gap.location.map(code) ?? ""
    return "| \(Markdown.code(gap.kind)) | \(place) | \(Markdown.text(gap.message))\(help) |\n"
  }

  private func code(_ location: Location) -> String {
    let start = location.span.start
    return Markdown.code("\(options.hostPath(location.file.path)):\(start.line):\(start.column)")
  }
}

/// Text from a repository as Markdown that means nothing but itself.
enum Markdown {
  /// Running text. Characters that mean something become references; after `@` and `#` stands an empty comment, for
  /// code hosts look for people and issues once the references are resolved.
  static func text(_ text: String) -> String {
    var found = ""
    for scalar in VisibleText.lines(text).joined(separator: "\n").unicodeScalars {
      switch scalar {
      case "\n": found += "<br>"
      case "@", "#": found += "&#\(scalar.value);<!-- -->"
      case "a"..."z", "A"..."Z", "0"..."9", " ", ".", ",", "-", "/", "(", ")", "'", "=", "?", "%", "+":
        found.unicodeScalars.append(scalar)
      case _ where scalar.isASCII: found += "&#\(scalar.value);"
      default: found.unicodeScalars.append(scalar)
      }
    }
    return found
  }

  /// Names and paths. As an element, since backticks could not hold a backtick or, in a table, a bar.
  static func code(_ text: String) -> String {
    "<code>\(Self.text(VisibleText.line(text)))</code>"
  }

  /// The address of a link.
  static func address(_ url: String) -> String {
    String(
      url.unicodeScalars.filter { $0.isASCII && $0.value > 0x20 && !"<>|\\\"`".unicodeScalars.contains($0) }.map(
        Character.init))
  }
}
