import Diagnostics
import Testing

@testable import GoTemplate

/// Every byte of the output knows the place in the template that wrote it.
@Suite struct OutputTests {
  private let text =
    "kind: Service\nname: {{ .name }}\nports:\n{{- range .ports }}\n- {{ .port }}\n{{- end }}\nlast: x\n"

  private func output() throws(TemplateError) -> Output {
    var set = TemplateSet(name: "set")
    let file = SourceFile(path: "chart/templates/service.yaml", text: text)
    try set.add(TemplateSource(name: "service.yaml", bytes: file.bytes, file: file))
    return try set.render("service.yaml", with: service())
  }

  @Test(arguments: [("kind", 1, 1), ("web", 2, 10), ("ports", 3, 1), ("80", 5, 6), ("8080", 5, 6), ("last", 7, 1)])
  func placesOfBytes(_ needle: String, _ line: UInt32, _ column: UInt32) throws {
    let output = try output()
    let written = String(decoding: output.bytes, as: UTF8.self)
    let range = try #require(written.firstRange(of: needle))
    let offset = written.utf8.distance(from: written.startIndex, to: range.lowerBound)
    let location = try #require(output.place(of: offset)?.location)
    #expect(location.file.path == "chart/templates/service.yaml")
    #expect(location.span.start == SourcePosition(line: line, column: column))
  }

  @Test func placesSurviveCutting() throws {
    let output = try output()
    let written = String(decoding: output.bytes, as: UTF8.self)
    let range = try #require(written.firstRange(of: "last"))
    let start = written.utf8.distance(from: written.startIndex, to: range.lowerBound)
    let slice = output.slice(start..<output.bytes.count)
    #expect(slice.place(of: 0)?.line == 7)
    #expect(output.removing("web").place(of: start - 3)?.line == 7)
  }

  @Test func errorsPointIntoTheFile() throws {
    var set = TemplateSet(name: "set")
    let file = SourceFile(path: "a.yaml", text: "é: {{ .name.x }}")
    try set.add(TemplateSource(name: "a.yaml", bytes: file.bytes, file: file))
    let error = #expect(throws: TemplateError.self) { try set.render("a.yaml", with: service()) }
    #expect(error?.location?.span.start == SourcePosition(line: 1, column: 12))
    #expect(error?.message == "can't evaluate field x in type interface {}")
  }
}
