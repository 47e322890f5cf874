import Testing

@testable import GoTemplate

@Suite struct ParserTables {
  private func printed(_ template: String) throws(TemplateError) -> String {
    var set = TemplateSet(name: "set")
    try set.add(template, name: "t")
    return set.printed("t") ?? "no tree"
  }

  /// What is printed when it is not the template itself.
  @Test(arguments: [
    ("field", "{{.X}}", "{{.X}}"),
    ("spaces", "{{  .X.Y  }}", "{{.X.Y}}"),
    ("pipeline", "{{.X|printf  \"%d\"}}", "{{.X | printf \"%d\"}}"),
    ("declaration", "{{$x := 1}}{{$x}}", "{{$x := 1}}{{$x}}"),
    ("assignment", "{{$x := 1}}{{$x = 2}}", "{{$x := 1}}{{$x = 2}}"),
    ("parentheses", "{{(len .X).Y}}", "{{(len .X).Y}}"),
    ("if", "{{if .X}}a{{else}}b{{end}}", "{{if .X}}a{{else}}b{{end}}"),
    ("else if", "{{if .X}}a{{else if .Y}}b{{end}}", "{{if .X}}a{{else}}{{if .Y}}b{{end}}{{end}}"),
    ("else with", "{{with .X}}a{{else with .Y}}b{{end}}", "{{with .X}}a{{else}}{{with .Y}}b{{end}}{{end}}"),
    ("range", "{{range $i, $x := .L}}{{$x}}{{break}}{{end}}", "{{range $i, $x := .L}}{{$x}}{{break}}{{end}}"),
    ("template", "{{template `a` .}}", "{{template \"a\" .}}"),
    ("block", "{{block \"b\" .}}x{{end}}", "{{template \"b\" .}}"),
    ("definition", "{{define \"d\"}}x{{end}}y", "y"),
    ("literals", "{{print 1 'a' \"s\" true nil}}", "{{print 1 'a' \"s\" true nil}}"),
  ])
  func prints(_ name: String, _ template: String, _ expected: String) throws {
    #expect(try printed(template) == expected, "\(name)")
  }

  @Test(arguments: [
    ("{{if .X}}", "template: t:1: unexpected EOF"),
    ("{{end}}", "template: t:1: unexpected {{end}}"),
    ("{{if .X}}{{else}}{{else}}{{end}}", "template: t:1: expected end; found {{else}}"),
    ("\n{{nothing}}", "template: t:2: function \"nothing\" not defined"),
    ("{{$x}}", "template: t:1: undefined variable \"$x\""),
    ("{{if}}{{end}}", "template: t:1: missing value for if"),
    ("{{.X | 1}}", "template: t:1: non executable command in pipeline stage 2"),
    ("{{1.X}}", "template: t:1: bad number syntax: \"1.X\""),
    ("{{break}}", "template: t:1: {{break}} outside {{range}}"),
    ("{{range $x, $y, $z := .}}{{end}}", "template: t:1: too many declarations in range"),
    (
      "{{define \"a\"}}1{{end}}{{define \"a\"}}2{{end}}",
      "template: t:1: template: multiple definition of template \"a\""
    ),
    ("{{ .a\n.b ) }}", "template: t:2: unexpected right paren in action started at t:1"),
    ("{{template 1}}", "template: t:1: unexpected \"1\" in template clause"),
    ("{{len 99999999999999999999}}", "template: t:1: integer overflow: \"99999999999999999999\""),
  ])
  func complains(_ template: String, _ expected: String) {
    let error = #expect(throws: TemplateError.self) { try printed(template) }
    #expect(error?.text == expected)
    #expect(error?.code == .syntax)
  }

  /// An empty definition does not replace one with content; a later one with content does.
  @Test func definitionsReplace() throws {
    var set = TemplateSet(name: "set")
    try set.add("{{define \"a\"}}first{{end}}", name: "one")
    try set.add("{{define \"a\"}} {{end}}", name: "two")
    #expect(set.printed("a") == "first")
    try set.add("{{define \"a\"}}second{{end}}", name: "three")
    #expect(set.printed("a") == "second")
  }

  @Test(arguments: [
    String(repeating: "(", count: 100_000), String(repeating: "{{if 1}}", count: 100_000),
    "{{if 1}}" + String(repeating: "{{else if 1}}", count: 100_000),
  ])
  func deepNestingIsAnError(_ text: String) {
    let template = text.hasPrefix("(") ? "{{" + text : text
    let error = #expect(throws: TemplateError.self) { try printed(template) }
    #expect(error?.code == .limit)
  }
}
