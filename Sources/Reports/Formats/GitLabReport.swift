import Diagnostics

/// Code Quality of GitLab: a list of findings, empty for a clean run.
struct GitLabReport {
  private let report: Report
  private let options: RenderOptions

  init(_ report: Report, _ options: RenderOptions) {
    self.report = report
    self.options = options
  }

  func bytes() -> [UInt8] {
    // GitLab keeps one entry of each fingerprint.
    var seen: [String: Int] = [:]
    let entries = report.findings.filter(\.isActive).map { finding in
      let identity = finding.identity
      let count = seen[identity, default: 0]
      seen[identity] = count + 1
      return entry(finding, Fingerprint.hex(count == 0 ? identity : "\(identity)\n\(count)"))
    }
    return JSONValue.array(entries).bytes()
  }

  private func entry(_ finding: Finding, _ fingerprint: String) -> JSONValue {
    // `check_name` is not displayed, so the rule is named in the description too.
    let text = [finding.message, finding.clusterNames, finding.help].filter { !$0.isEmpty }.joined(separator: ". ")
    let lines: [(String, JSONValue)] = [
      ("begin", .number(Int(finding.location.span.start.line))), ("end", .number(Int(finding.location.span.end.line))),
    ]
    return .object([
      ("description", .string(VisibleText.line("[\(finding.rule)] \(text)"))),
      ("check_name", .string(finding.rule)),
      ("fingerprint", .string(fingerprint)),
      ("severity", .string(Self.severity(finding.severity))),
      (
        "location",
        .object([("path", .string(options.hostPath(finding.location.file.path))), ("lines", .object(lines))])
      ),
    ])
  }

  private static func severity(_ severity: Severity) -> String {
    switch severity {
    case .error: "major"
    case .warning: "minor"
    case .info: "info"
    }
  }
}

extension Finding {
  /// The clusters as a sentence, for formats without a field for them; empty where there is only one.
  var clusterNames: String {
    guard clusters.count > 1 else { return "" }
    let more = clusters.count > 5 ? " and \(clusters.count - 5) more" : ""
    return "Clusters: \(clusters.prefix(5).joined(separator: ", "))\(more)"
  }

  /// What tells this finding apart: its fingerprint, or where a rule gave none, all that does not move with edits.
  var identity: String {
    fingerprint.isEmpty
      ? [rule, location.file.path, object?.description ?? "", message].joined(separator: "\n") : fingerprint
  }
}

/// Short names for long identities. They need not withstand an attacker: who can choose a finding's identity can
/// only hide their own finding behind another of their own.
enum Fingerprint {
  /// 128 bits of FNV-1a, as 32 hexadecimal digits.
  static func hex(_ text: String) -> String {
    var hash: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
    for byte in text.utf8 {
      hash = (hash ^ UInt128(byte)) &* 0x0000_0000_0100_0000_0000_0000_0000_013B
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 32 - digits.count) + digits
  }
}
