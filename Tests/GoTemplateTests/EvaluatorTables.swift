import Testing

@testable import GoTemplate

/// What the templates of these tests are about: a team's service.
func service() -> Value {
  [
    "name": "web", "replicas": 3.0, "ports": [["name": "http", "port": 80.0], ["name": "admin", "port": 8080.0]],
    "labels": ["tier": "front", "app": "web"], "empty": [:], "none": .null, "debug": false, "ratio": 0.5,
    "nested": ["list": ["a", "b", "c"]],
  ]
}

func rendered(
  _ template: String, _ data: Value = service(), missingKey: MissingKey = .zero, limits: Limits = .standard
) throws(TemplateError) -> String {
  var set = TemplateSet(name: "set", missingKey: missingKey)
  try set.add(template, name: "t")
  return String(decoding: try set.render("t", with: data, limits: limits).bytes, as: UTF8.self)
}

@Suite struct EvaluatorTables {
  @Test(arguments: [
    ("fields", "{{.name}}-{{.labels.tier}}", "web-front"),
    ("numbers of values files are floats", "{{.replicas}} {{.ratio}}", "3 0.5"),
    ("a map in the order of its keys", "{{.labels}}", "map[app:web tier:front]"),
    ("null prints as nothing there", "{{.none}}", "<no value>"),
    ("null within a list", "{{print .nested.list}}", "[a b c]"),
    ("if", "{{if .debug}}on{{else}}off{{end}}", "off"),
    ("if empty map", "{{if .empty}}some{{else}}none{{end}}", "none"),
    ("else if", "{{if .debug}}1{{else if .name}}2{{end}}", "2"),
    ("with sets the dot", "{{with .labels}}{{.app}}{{end}}", "web"),
    ("with else with", "{{with .none}}a{{else with .name}}{{.}}{{end}}", "web"),
    ("range over a list", "{{range .ports}}{{.name}}:{{.port}} {{end}}", "http:80 admin:8080 "),
    ("range with index", "{{range $i, $p := .ports}}{{$i}}={{$p.name}} {{end}}", "0=http 1=admin "),
    ("range over a map", "{{range $k, $v := .labels}}{{$k}}={{$v}} {{end}}", "app=web tier=front "),
    ("range over a number", "{{range 3}}{{.}}{{end}}", "012"),
    ("range else", "{{range .empty}}x{{else}}none{{end}}", "none"),
    (
      "break and continue", "{{range 9}}{{if eq . 2}}{{continue}}{{end}}{{if eq . 4}}{{break}}{{end}}{{.}}{{end}}",
      "013"
    ),
    ("range assigns", "{{$x := 0}}{{range $x = .nested.list}}{{end}}{{$x}}", "c"),
    ("scope of a variable", "{{$x := 1}}{{if true}}{{$x := 2}}{{end}}{{$x}}", "1"),
    ("assignment reaches out", "{{$x := 1}}{{if true}}{{$x = 2}}{{end}}{{$x}}", "2"),
    ("the root", "{{range .ports}}{{$.name}}{{end}}", "webweb"),
    ("pipeline", "{{.name | printf \"%s-%s\" \"a\"}}", "a-web"),
    ("template", "{{define \"d\"}}<{{.}}>{{end}}{{template \"d\" .name}}", "<web>"),
    ("template without a dot", "{{define \"d\"}}<{{.}}>{{end}}{{template \"d\"}}", "<<no value>>"),
    ("block", "{{block \"b\" .name}}[{{.}}]{{end}}", "[web]"),
    ("and stops early", "{{and .debug (index .ports 99)}}", "false"),
    ("or stops early", "{{or .name (index .ports 99)}}", "web"),
    ("or of nothing", "{{or .none .empty \"\"}}", ""),
    ("comparisons", "{{eq .name \"x\" \"web\"}} {{ne 1 2}} {{lt 1.5 2.5}} {{ge \"b\" \"a\"}}", "true true true true"),
    ("nil equals nil", "{{eq .none nil}} {{eq .name nil}}", "true false"),
    ("index", "{{index .ports 1 \"name\"}} {{index .labels \"nope\"}}|", "admin <no value>|"),
    ("slice of a string", "{{slice .name 1 3}}", "eb"),
    ("len", "{{len .ports}} {{len .name}} {{len .labels}}", "2 3 2"),
    ("escaping", "{{html \"<a>\"}} {{js \"'\"}} {{urlquery \"a b&c\"}}", "&lt;a&gt; \\' a+b%26c"),
    ("constants", "{{0x1F}} {{1_000}} {{'a'}} {{1e3}} {{1.0}} {{1i}}", "31 1000 97 1000 1 (0+1i)"),
    ("fields of a pipeline", "{{(index .ports 0).name}}", "http"),
    ("trim markers", "a {{- 1 -}} b", "a1b"),
  ])
  func renders(_ name: String, _ template: String, _ expected: String) throws {
    #expect(try rendered(template) == expected, "\(name)")
  }

  @Test(arguments: [
    (
      "{{.name.first}}",
      "template: t:1:7: executing \"t\" at <.name.first>: can't evaluate field first in type interface {}"
    ),
    ("{{.none.x}}", "template: t:1:7: executing \"t\" at <.none.x>: nil pointer evaluating interface {}.x"),
    (
      "{{index .ports 9}}",
      "template: t:1:2: executing \"t\" at <index .ports 9>: error calling index: index out of range: 9"
    ),
    ("{{len 3}}", "template: t:1:2: executing \"t\" at <len 3>: error calling len: len of type int"),
    (
      "{{eq 1 1.0}}",
      "template: t:1:2: executing \"t\" at <eq 1 1.0>: error calling eq: incompatible types for comparison: int and float64"
    ),
    (
      "{{lt .labels 1}}",
      "template: t:1:2: executing \"t\" at <lt .labels 1>: error calling lt: invalid type for comparison"
    ),
    ("{{range .name}}{{end}}", "template: t:1:8: executing \"t\" at <.name>: range can't iterate over web"),
    (
      "{{template \"gone\"}}",
      "template: t:1:11: executing \"t\" at <{{template \"gone\"}}>: template \"gone\" not defined"
    ),
    ("{{.name 1}}", "template: t:1:2: executing \"t\" at <.name>: name is not a method but has arguments"),
    ("{{1 2}}", "template: t:1:2: executing \"t\" at <1>: can't give argument to non-function 1"),
    ("{{nil}}", "template: t:1:2: executing \"t\" at <nil>: nil is not a command"),
    ("{{not}}", "template: t:1:2: executing \"t\" at <not>: wrong number of args for not: want 1 got 0"),
    ("{{printf 1}}", "template: t:1:9: executing \"t\" at <1>: expected string; found 1"),
    (
      "{{true | printf}}",
      "template: t:1:9: executing \"t\" at <printf>: wrong type for value; expected string; got bool"
    ),
    (
      "a\nb {{.labels.app.x}}",
      "template: t:2:11: executing \"t\" at <.labels.app.x>: can't evaluate field x in type interface {}"
    ),
  ])
  func complains(_ template: String, _ expected: String) {
    let error = #expect(throws: TemplateError.self) { try rendered(template) }
    #expect(error?.text == expected)
    #expect(error?.code == .execution)
  }

  @Test func missingKeys() throws {
    #expect(try rendered("{{.gone}}", missingKey: .none) == "<no value>")
    #expect(try rendered("{{.gone.x}}", missingKey: .none) == "<no value>")
    let error = #expect(throws: TemplateError.self) { try rendered("{{.gone}}", missingKey: .error) }
    #expect(error?.message == "map has no entry for key \"gone\"")
  }

  @Test func delimitersOfResourceSets() throws {
    var set = TemplateSet(name: "set", delimiters: Delimiters(left: "<<", right: ">>"))
    try set.add("name: << inputs.name >>".replacing("inputs.name", with: ".name"), name: "t")
    #expect(String(decoding: try set.render("t", with: service()).bytes, as: UTF8.self) == "name: web")
  }
}
