import Testing

@testable import GoTemplate

/// Go names the operand that it looked at last before it found a value wrong.
@Suite struct ErrorPlaceTests {
  @Test(arguments: [
    ("{{if not (printf .replicas)}}{{end}}", "t:1:17: executing \"t\" at <.replicas>: "),
    ("{{printf (len .ports)}}", "t:1:14: executing \"t\" at <.ports>: "),
    ("{{printf (or .replicas .name)}}", "t:1:13: executing \"t\" at <.replicas>: "),
    ("{{printf (and .replicas .ratio)}}", "t:1:24: executing \"t\" at <.ratio>: "),
    ("{{len .ports | printf}}", "t:1:15: executing \"t\" at <printf>: "),
    ("{{(index .ports 0).name.first}}", "t:1:16: executing \"t\" at <0>: "),
    ("{{range $i, $p := .name}}{{end}}", "t:1:18: executing \"t\" at <.name>: "),
  ])
  func places(_ template: String, _ expected: String) {
    do throws(TemplateError) {
      Issue.record("no error but \(try rendered(template))")
    } catch {
      #expect(error.text.contains(expected), "\(error.text)")
    }
  }
}
