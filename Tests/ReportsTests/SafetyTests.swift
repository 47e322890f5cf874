import Diagnostics
import Foundation
import FoundationXML
import Testing

@testable import Reports

@Suite struct VisibleTextTests {
  @Test(arguments: [
    ("plain text", "plain text"), ("wéb 🚀 東", "wéb 🚀 東"), ("a\nb\r\tc", "a\\nb\\r c"), ("\u{1B}[31m", "\\u{1b}[31m"),
    ("\u{202E}x\u{2066}", "\\u{202e}x\\u{2066}"), ("a\u{200B}b\u{FEFF}", "a\\u{200b}b\\u{feff}"),
    ("\u{2028}\u{85}\u{0}", "\\u{2028}\\u{85}\\u{0}"), ("\u{E0041}\u{FFFE}", "\\u{e0041}\\u{fffe}"),
    ("👩\u{200D}🚀", "👩\u{200D}🚀"), ("##[error]x ##vso[task]y", "# #[error]x # #vso[task]y"),
    ("###[a", "## #[a"),
  ]) func hidesNothing(_ text: String, _ shown: String) {
    #expect(VisibleText.line(text) == shown)
  }

  /// What holds for every format, whatever the names in a repository.
  @Test(arguments: ReportFormat.allCases) func noFormatLetsAnythingOut(_ format: ReportFormat) {
    let scalars = format.render(SampleReport.full).text.unicodeScalars
    let hidden = scalars.filter { scalar in
      scalar != "\n"
        && [.control, .format, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
    }
    #expect(hidden.isEmpty)
    let lines = format.render(SampleReport.full).text.split(separator: "\n").map { $0.drop { $0 == " " } }
    if format != .junit, format != .junitGitlab, format != .github {
      #expect(!lines.contains { $0.hasPrefix("::") })
    }
    #expect(!format.render(SampleReport.full).text.contains("correct-horse"))
  }

  /// Every kind of character there is, in each place that a repository has a say in.
  @Test(arguments: ReportFormat.allCases) func anyCharacterLeavesAFileThatCanBeRead(_ format: ReportFormat) throws {
    let ranges: [ClosedRange<UInt32>] = [
      0...0x2FF, 0x600...0x61F, 0x2000...0x206F, 0xD7F0...0xE00F, 0xFDD0...0xFDEF, 0xFFF0...0x1000F, 0xE0000...0xE007F,
      0x10FFFE...0x10FFFF,
    ]
    let text = String(String.UnicodeScalarView(ranges.joined().compactMap(Unicode.Scalar.init)))
    var finding = Finding(
      rule: text, severity: .error, message: text, help: text,
      location: Location(file: SourceFile(path: text, text: text), span: SampleReport.span(1, 1, 9)), clusters: [text])
    finding.related = [RelatedLocation(text, at: finding.location)]
    finding.object = ObjectReference(apiVersion: text, kind: text, namespace: text, name: text)
    finding.suppression = .init(kind: .external, reason: text)
    var active = finding
    active.suppression = nil
    let gap = Gap(kind: text, message: text, help: text, location: finding.location, object: finding.object)
    let bytes = format.render(Report(findings: [finding, active], gaps: [gap], toolVersion: "1.0.0"))
    #expect(String(validating: bytes, as: UTF8.self) != nil)
    switch format {
    case .json, .sarif, .gitlab: _ = try JSONSerialization.jsonObject(with: Data(bytes))
    case .junit, .junitGitlab: #expect(XMLParser(data: Data(bytes)).parse())
    case .github: #expect(bytes.text.split(separator: "\n").allSatisfy { $0.hasPrefix("::") })
    case .text, .markdown: break
    }
  }

  @Test(arguments: [ReportFormat.text, .github, .markdown, .junit, .junitGitlab, .gitlab])
  func oldCommandsAreBrokenUp(_ format: ReportFormat) {
    #expect(!format.render(SampleReport.full).text.contains("##["))
  }

  @Test func markdownHoldsNoMarkupFromOutside() {
    let text = ReportFormat.markdown.render(SampleReport.full).text
    for forbidden in ["<script", "@team", " #1", "`", "</code>&", "pwned\n", "**"] {
      #expect(!text.contains(forbidden), "\(forbidden)")
    }
  }
}

@Suite struct SecretMaskTests {
  private func shown(_ text: String, line: UInt32, sensitive: Bool = false, kind: String = "ConfigMap") throws -> String
  {
    let file = SourceFile(path: "x.yaml", text: text)
    let location = Location(
      file: file, span: SourceSpan(start: .init(line: line, column: 1), end: .init(line: line, column: 99)))
    let object = ObjectReference(apiVersion: "v1", kind: kind, namespace: "", name: "x")
    let finding = Finding(
      rule: "r", severity: .error, message: "m", help: "", location: location, object: object, isSensitive: sensitive)
    return try #require(Excerpt(location, of: finding, in: ExcerptSource(file), width: nil)).text
  }

  private let secret = """
    apiVersion: v1
    kind: Secret
    metadata:
      name: web
      annotations:
        note: hunter2
    stringData:
      kind: hunter2
      name: |
        hunter2
        metadata: hunter2
      list:
      - name: hunter2
    """

  @Test(
    arguments: [
      (1, "apiVersion: v1"), (2, "kind: Secret"), (3, "metadata:"), (4, "  name: web"), (6, "    note: •••"),
      (8, "  kind: •••"), (9, "  name: •••"), (10, "    •••"), (11, "    metadata: •••"), (13, "  - name: •••"),
    ] as [(UInt32, String)]) func dataOfASecretIsHidden(_ line: UInt32, _ want: String) throws
  {
    #expect(try shown(secret, line: line, kind: "Secret") == want)
    #expect(try shown(secret, line: line, kind: "Kustomization") == want, "the file speaks for itself")
  }

  @Test(arguments: [
    #"{"kind": "Secret", "data": {"a": "hunter2"}}"#, "kind: 'Secret'\ndata: {a: hunter2}",
    "kind: SecretList\nitems:\n- data:\n    a: hunter2", "secretGenerator:\n- name: web\n  literals:\n  - a=hunter2",
    "stringData:\n  a: hunter2", "- data: {a: hunter2}\n  kind: Secret",
    "kind: Secret\nstringData:\n  a: \"b\n    hunter2\"",
    "a: hunter2\nkind: Secret # comment",
  ]) func whateverTheFormOfTheFile(_ text: String) throws {
    for line in 1...UInt32(text.split(separator: "\n").count) {
      #expect(try !shown(text, line: line).contains("hunter2"))
    }
  }

  @Test func otherFilesAreShown() throws {
    let references = ["valuesFrom:\n- {kind: Secret, name: x", "substituteFrom:\n  name: x\n  kind: Secret"]
    for text in ["kind: ConfigMap\ndata: x", "kind: SecretStore\nspec: x", "kind: SealedSecret\nspec: x"] + references {
      #expect(try shown(text, line: 2).hasSuffix("x"))
    }
    #expect(try shown("kind: Secret\n---\nkind: ConfigMap\ndata: x", line: 4) == "data: x")
    #expect(try shown("spec: x\n---\nkind: Secret", line: 1) == "spec: x")
    let reference = "metadata:\n  name: apps\nspec:\n  substituteFrom:\n  - kind: Secret\n    name: cluster-vars"
    #expect(try shown(reference, line: 6) == "    name: cluster-vars")
    let patch = "kind: Secret\n    path: /data/token\n    value: hunter2"
    #expect(try shown("patches:\n- target:\n    \(patch)", line: 5) == "    value: •••")
  }

  @Test func aSensitiveFindingHidesEveryValue() throws {
    #expect(try shown("spec:\n  values:\n    password: hunter2", line: 3, sensitive: true) == "    password: •••")
    #expect(try shown("kind: HelmRelease", line: 1, sensitive: true) == "kind: •••")
  }
}

@Suite struct ExcerptTests {
  private func excerpt(_ text: String, _ start: UInt32, _ end: UInt32, width: Int? = nil) -> Excerpt? {
    let file = SourceFile(path: "x.yaml", text: text)
    let location = Location(file: file, span: SampleReport.span(1, start, end))
    let finding = Finding(rule: "r", severity: .error, message: "m", help: "", location: location)
    return Excerpt(location, of: finding, in: ExcerptSource(file), width: width)
  }

  @Test func theMarkStandsBelowItsText() {
    for (text, start, end, leading, length) in [
      ("a: bcd", 4, 7, 3, 3), ("東: bcd", 4, 7, 4, 3), ("e\u{301}: b", 5, 6, 3, 1), ("\ta: b", 2, 3, 1, 1),
      ("a: b", 1, 1, 0, 1), ("a: b", 9, 12, 4, 1), ("\u{7}: b", 4, 5, 7, 1),
    ] as [(String, UInt32, UInt32, Int, Int)] {
      let excerpt = excerpt(text, start, end)
      #expect(excerpt?.leading == leading, "\(text)")
      #expect(excerpt?.length == length, "\(text)")
    }
    #expect(excerpt("", 1, 1) == nil)
  }

  @Test func aLongLineIsCutAroundItsMark() throws {
    let line = String(repeating: "x", count: 500) + "HERE" + String(repeating: "y", count: 500)
    let found = try #require(excerpt(line, 501, 505, width: 40))
    #expect(found.text.count <= 41)
    let start = found.text.index(found.text.startIndex, offsetBy: found.leading)
    #expect(found.text[start...].hasPrefix("HERE"))
    #expect(found.length == 4)
  }

  @Test func linesBreakWhereYAMLBreaksThem() {
    let lines = SourceLines(SourceFile(path: "x", text: "a\nb\r\nc\rd\u{85}e\u{2028}f\u{2029}g"))
    #expect((1...8).map { lines.text($0) } == ["a", "b", "c", "d", "e", "f", "g", nil])
  }
}
