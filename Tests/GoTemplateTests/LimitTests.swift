import Testing
import Workers

@testable import GoTemplate

/// Templates come from strangers; none may take the program down.
@Suite struct LimitTests {
  private func failure(_ template: String, _ limits: Limits) -> TemplateError.Code? {
    // The stack that callers have to provide.
    let code = Workers(jobs: 1).run { () -> TemplateError.Code? in
      do throws(TemplateError) {
        _ = try rendered(template, .null, limits: limits)
        return nil
      } catch {
        return error.code
      }
    }
    return code ?? nil
  }

  @Test(arguments: [
    ("a template within itself", #"{{define "r"}}{{template "r"}}{{end}}{{template "r"}}"#),
    (
      "with blocks around",
      #"{{define "r"}}{{if true}}{{with 1}}{{range 1}}{{if (not (not 1))}}{{template "r"}}{{end}}{{end}}{{end}}{{end}}{{end}}{{template "r"}}"#
    ),
    (
      "through parentheses",
      #"{{define "r"}}{{print (print (print (len (print (index (print 1) 0)))))}}{{template "r" (print (print 1))}}{{end}}{{template "r"}}"#
    ),
  ])
  func recursionEnds(_ name: String, _ template: String) {
    #expect(failure(template, .standard) == .limit, "\(name)")
  }

  @Test func stepsEnd() {
    #expect(failure("{{range 1000000000}}{{end}}", Limits(steps: 10_000)) == .limit)
  }

  @Test func outputEnds() {
    #expect(failure("{{range 1000}}0123456789{{end}}", Limits(outputBytes: 5_000)) == .limit)
    #expect(failure("{{range 1000}}0123456789{{end}}", Limits(outputBytes: 10_000)) == nil)
  }

  @Test func aMapWithinItselfPrints() {
    let dict = Dict()
    dict["self"] = .dict(dict)
    #expect(Formatter.text(.dict(dict)).text.hasPrefix("map[self:map[self:"))
  }
}
