import Diagnostics

/// SARIF 2.1.0, with all that GitHub code scanning asks for and what other readers make use of.
struct SARIFReport {
  /// What GitHub takes in one run; it shows the gravest 5,000.
  static let maximumResults = 25_000
  /// GitHub keeps a thousand steps; a reader follows far fewer.
  static let maximumRelated = 100

  private let report: Report
  private let options: RenderOptions
  private let rules: SARIFRules
  private let places: SARIFPlaces
  private let maximumResults: Int

  init(_ report: Report, _ options: RenderOptions, maximumResults: Int = SARIFReport.maximumResults) {
    self.report = report
    self.options = options
    rules = SARIFRules(report)
    places = SARIFPlaces(options)
    self.maximumResults = maximumResults
  }

  func bytes() -> [UInt8] {
    JSONValue.object([
      ("$schema", .string("https://json.schemastore.org/sarif-2.1.0.json")),
      ("version", .string("2.1.0")),
      ("runs", .array([run])),
    ]).bytes()
  }

  private var run: JSONValue {
    .object([
      ("tool", .object([("driver", driver)])),
      ("invocations", .array([invocation])),
      ("columnKind", .string("unicodeCodePoints")),
      ("results", .array(results)),
    ])
  }

  private var driver: JSONValue {
    .object([
      ("name", .string("Sluice")),
      ("version", .string(report.toolVersion)),
      ("semanticVersion", .string(report.toolVersion)),
      ("informationUri", .string("https://sluice.dev")),
      ("rules", rules.json),
      ("notifications", .array(Counting.byKind(report.gaps).map { notification($0.kind) })),
    ])
  }

  private func notification(_ kind: String) -> JSONValue {
    .object([("id", .string(kind)), ("shortDescription", message("could not be analysed: \(kind)"))])
  }

  /// Findings are no failure of the run; gaps are told as notifications.
  private var invocation: JSONValue {
    var told: Set<String> = []
    // What lacks in several clusters is told once.
    let gaps = report.gaps.filter { gap in
      told.insert("\(gap.kind) \(gap.message) \(gap.location.map(\.description) ?? "")").inserted
    }
    var notes = gaps.map(note)
    if report.findings.count > maximumResults {
      let text =
        "\(report.findings.count - maximumResults) findings were left out: a run holds \(maximumResults) at most"
      notes.append(.object([("level", .string("warning")), ("message", message(text))]))
    }
    // A viewer that took this for a clean run would close every alert.
    let isAnalysed = report.summary.clusters > 0
    if !isAnalysed {
      let text = "no cluster found: nothing was analysed"
      notes.append(.object([("level", .string("error")), ("message", message(text))]))
    }
    return .object([("executionSuccessful", .bool(isAnalysed)), ("toolExecutionNotifications", .array(notes))])
  }

  private func note(_ gap: Gap) -> JSONValue {
    let text = [gap.message, gap.help].filter { !$0.isEmpty }.joined(separator: ". ")
    return .members([
      ("level", .string("warning")),
      ("descriptor", .object([("id", .string(gap.kind))])),
      ("message", message(text)),
      ("locations", gap.location.map { .array([.object([("physicalLocation", places.physical($0))])]) }),
    ])
  }

  /// The gravest ones where there are too many, in the order of the report.
  private var results: [JSONValue] {
    var hashes: [String: LineHashes] = [:]
    var shown = report.findings
    if shown.count > maximumResults {
      let gravest = shown.enumerated().sorted { ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset) }
      let kept = gravest.prefix(maximumResults).map(\.offset).sorted()
      shown = kept.map { report.findings[$0] }
    }
    return shown.map { finding in
      let file = finding.location.file
      let known = hashes[file.path] ?? LineHashes(file.bytes)
      hashes[file.path] = known
      return result(finding, lineHash: known.hash(ofLine: Int(finding.location.span.start.line)))
    }
  }

  private func result(_ finding: Finding, lineHash: String?) -> JSONValue {
    let related = Array(finding.related.prefix(Self.maximumRelated))
    return .members([
      ("ruleId", .string(finding.rule)),
      ("ruleIndex", rules.index(of: finding.rule).map { .number($0) }),
      ("level", .string(SARIFRules.level(finding.severity))),
      ("message", message(text(finding))),
      ("locations", .array([location(finding)])),
      ("relatedLocations", related.isEmpty ? nil : .array(related.enumerated().map { self.related($1, id: $0 + 1) })),
      ("codeFlows", related.isEmpty ? nil : .array([codeFlow(finding, related)])),
      (
        "partialFingerprints",
        .members([
          ("primaryLocationLineHash", lineHash.map { .string($0) }), ("sluice/v1", .string(finding.identity)),
        ])
      ),
      ("suppressions", finding.suppression.map { .array([suppression($0)]) } ?? .array([])),
      ("baselineState", finding.baseline.map { .string($0.rawValue) }),
      ("properties", properties(finding)),
    ])
  }

  /// The first sentence is GitHub's title of the alert. Related places are shown only where the message links them.
  private func text(_ finding: Finding) -> String {
    let sentences = [finding.message, finding.clusterNames, finding.help].filter { !$0.isEmpty }
      .map(SARIFPlaces.plain)
    let links = finding.related.prefix(10).enumerated().map { index, related in
      "\n- [\(SARIFPlaces.linkText("\(related.location)"))](\(index + 1)): \(SARIFPlaces.plain(related.message))"
    }
    return sentences.joined(separator: ". ") + links.joined()
  }

  private func message(_ text: String) -> JSONValue {
    .object([("text", .string(text.isEmpty ? "-" : VisibleText.paragraphs(text)))])
  }

  private func location(_ finding: Finding) -> JSONValue {
    let logical = finding.object.map { object -> JSONValue in
      .array([
        .object([
          ("name", .string(object.name)), ("fullyQualifiedName", .string(object.description)),
          ("kind", .string("resource")),
        ])
      ])
    }
    return .members([("physicalLocation", places.physical(finding.location)), ("logicalLocations", logical)])
  }

  private func related(_ related: RelatedLocation, id: Int) -> JSONValue {
    .object([
      ("id", .number(id)), ("physicalLocation", places.physical(related.location)),
      ("message", message(SARIFPlaces.plain(related.message))),
    ])
  }

  /// From what somebody typed, step by step, to what is wrong with it.
  private func codeFlow(_ finding: Finding, _ related: [RelatedLocation]) -> JSONValue {
    let steps = [RelatedLocation(finding.message, at: finding.location)] + related
    let locations = steps.map { step -> JSONValue in
      .object([
        (
          "location",
          .object([
            ("physicalLocation", places.physical(step.location)), ("message", message(SARIFPlaces.plain(step.message))),
          ])
        )
      ])
    }
    return .object([("threadFlows", .array([.object([("locations", .array(locations))])]))])
  }

  private func suppression(_ suppression: Finding.Suppression) -> JSONValue {
    .members([
      ("kind", .string(suppression.kind.rawValue)), ("status", .string("accepted")),
      ("justification", .string(VisibleText.paragraphs(suppression.reason))),
      ("location", suppression.location.map { .object([("physicalLocation", places.physical($0))]) }),
    ])
  }

  private func properties(_ finding: Finding) -> JSONValue? {
    var members: [(String, JSONValue?)] = [("clusters", finding.clusters.isEmpty ? nil : .strings(finding.clusters))]
    if let object = finding.object {
      members.append(("apiVersion", .string(object.apiVersion)))
      members.append(("object", .string(object.description)))
    }
    members.append(("help", finding.help.isEmpty ? nil : .string(VisibleText.paragraphs(finding.help))))
    return .members(members)
  }
}

/// Places and texts as SARIF writes them.
struct SARIFPlaces {
  private let options: RenderOptions

  init(_ options: RenderOptions) {
    self.options = options
  }

  func physical(_ location: Location) -> JSONValue {
    let (start, end) = (location.span.start, location.span.end)
    // An empty region is widened by one: some readers take it for none.
    let endColumn = start == end ? end.column + 1 : end.column
    let region: [(String, JSONValue)] = [
      ("startLine", .number(Int(max(start.line, 1)))), ("startColumn", .number(Int(max(start.column, 1)))),
      ("endLine", .number(Int(max(end.line, start.line, 1)))), ("endColumn", .number(Int(max(endColumn, 1)))),
    ]
    let artifact: [(String, JSONValue)] = [
      ("uri", .string(PercentEncoding.path(options.hostPath(location.file.path)))),
      ("uriBaseId", .string("%SRCROOT%")),
    ]
    return .object([("artifactLocation", .object(artifact)), ("region", .object(region))])
  }

  /// `[text](target)` would become a link: text from a repository may not make any.
  static func plain(_ text: String) -> String {
    text.replacing("](", with: "] (")
  }

  /// Text between the brackets of a link of ours.
  static func linkText(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("[", with: "\\[").replacing("]", with: "\\]")
  }
}
