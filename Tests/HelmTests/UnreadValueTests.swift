import Testing
import YAML

@testable import Helm

/// Which keys of a release's values its chart never asks for.
@Suite struct UnreadValueTests {
  /// What a template does with `service`, the values, what is unread of them.
  @Test(arguments: [
    ("port: {{ .Values.service.port }}", "service: {prot: 1}", ["service.prot"]),
    ("{{ with .Values.service }}{{ .port }}{{ end }}", "service: {prot: 1}", ["service.prot"]),
    ("{{ $s := .Values.service }}{{ $s.port }}", "service: {prot: 1, port: 2}", ["service.prot"]),
    ("{{ index .Values \"service\" \"port\" }}", "service: {prot: 1, port: 2}", ["service.prot"]),
    ("{{ dig \"service\" \"port\" 80 .Values }}", "service: {prot: 1, port: 2}", ["service.prot"]),
    ("{{ get .Values.service \"port\" }}", "service: {prot: 1, port: 2}", ["service.prot"]),
    ("{{ include \"port\" (dict \"of\" .Values.service) }}", "service: {prot: 1, port: 2}", ["service.prot"]),
    ("{{ template \"port\" (dict \"of\" .Values.service) }}", "service: {prot: 1, port: 2}", ["service.prot"]),
    ("{{ include \"port\" (dict \"of\" (merge (dict) .Values.a .Values.b)) }}", "a: {port: 1, x: 2}", ["a.x"]),
    ("{{ $c := dict }}{{ $_ := set $c \"of\" .Values.a }}{{ include \"port\" $c }}", "a: {x: 2}", ["a.x"]),
    ("{{ $c := dict }}{{ $_ := merge $c (dict \"of\" .Values.a) }}{{ include \"port\" $c }}", "a: {x: 2}", ["a.x"]),
    ("{{ if and .Values.service.port (eq .Values.mode \"x\") }}{{ end }}", "mode: y\nservce: {}", ["servce"]),
    ("{{ (.Values.service | default dict).port }}", "service: {prot: 1}", ["service.prot"]),
    ("{{ include (print $.Template.BasePath \"/b.yaml\") . }}", "service: {prot: 1}", ["service"]),
    // Where a value goes where nobody follows it, all of it counts as read.
    ("{{ toYaml .Values.service }}", "service: {prot: 1}", []),
    ("{{ with .Values.service }}{{ toYaml . }}{{ end }}", "service: {prot: 1}", []),
    ("{{ range $k, $v := .Values.service }}{{ $k }}{{ end }}", "service: {prot: 1}", []),
    ("{{ index .Values.service .Values.key }}", "service: {prot: 1}", []),
    ("{{ include \"all\" . }}", "service: {prot: 1}", []),
    ("{{ include (printf \"%s\" \"all\") . }}", "service: {prot: 1}", []),
    ("{{ tpl (printf \"{{ .Values.%s }}\" \"service.prot\") . }}", "service: {prot: 1}", []),
    ("{{ include \"render\" (list .Values.service $) }}", "service: {prot: 1}", []),
    ("{{ range tuple .Values.service }}{{ .port }}{{ end }}", "service: {port: 1}", []),
    ("{{ tpl .Values.text . }}", "text: '{{ .Values.other }}'\nother: 1", []),
  ]) func unread(_ template: String, _ given: String, _ wanted: [String]) throws {
    let chart = try chart([
      "Chart.yaml": "apiVersion: v2\nname: app\nversion: 1.0.0\n", "templates/a.yaml": "\(template)\n",
      "templates/b.yaml": "{{ .Values.port }}\n",
      "templates/_h.tpl": """
      {{ define "port" }}{{ .of.port }}{{ end }}
      {{ define "all" }}{{ toYaml .Values.service }}{{ end }}
      {{ define "render" }}{{ toYaml (index . 0) }}{{ end }}
      """,
    ])
    let values = try #require(try YAMLReader.read(text: given).first?.root)
    let found = PreparedChart(chart).unreadKeys(of: values).map { $0.path.joined(separator: ".") }
    #expect(found == wanted)
  }

  @Test func templatesThatNeverEndAreGivenUp() throws {
    let deep = (0..<200).map { "{{ define \"t\($0)\" }}{{ include \"t\($0 + 1)\" (dict \"d\" .) }}{{ end }}" }
    let chart = try chart([
      "Chart.yaml": "apiVersion: v2\nname: app\nversion: 1.0.0\n",
      "templates/a.yaml": "{{ include \"t0\" . }}{{ include \"loop\" . }}\n",
      "templates/_h.tpl": deep.joined() + "{{ define \"loop\" }}{{ include \"loop\" (dict \"d\" .) }}{{ end }}",
    ])
    let values = try #require(try YAMLReader.read(text: "any: 1").first?.root)
    #expect(PreparedChart(chart).unreadKeys(of: values).isEmpty)
  }

  /// Each template calls every other one with one more thing in its map: what can be told apart doubles with each call.
  @Test func templatesThatCallEachOtherWithEverLargerMapsAreGivenUp() throws {
    let names = (0..<12).map { "t\($0)" }
    let helpers = names.map { name in
      let calls = names.map { "{{ include \"\($0)\" (set . \"\(name)\" (dict \"v\" .Values.\(name) \"up\" .)) }}" }
      return "{{ define \"\(name)\" }}\(calls.joined()){{ end }}"
    }
    let chart = try chart([
      "Chart.yaml": "apiVersion: v2\nname: app\nversion: 1.0.0\n",
      "templates/a.yaml": "{{ include \"t0\" (dict \"Values\" .Values) }}\n", "templates/_h.tpl": helpers.joined(),
    ])
    let values = try #require(try YAMLReader.read(text: "t3: 1").first?.root)
    let start = ContinuousClock.now
    #expect(PreparedChart(chart).unreadKeys(of: values).isEmpty)
    #expect(ContinuousClock.now - start < .seconds(20))
  }
}
