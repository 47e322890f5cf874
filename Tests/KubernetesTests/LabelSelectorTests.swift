import Kubernetes
import Testing

@Suite struct LabelSelectorTests {
  static let labels = ["app": "web", "tier": "front", "weight": "10", "empty": "", "example.com/team": "shop"]

  @Test(arguments: [
    ("", true), ("app=web", true), ("app==web", true), ("app = web , tier=front", true), ("app=api", false),
    ("app!=web", false), ("app!=api", true), ("missing!=x", true), ("app", true), ("missing", false),
    ("!app", false), ("!missing", true), ("app in (web, api)", true), ("app notin (web,api)", false),
    ("missing notin (x)", true), ("missing in (x)", false), ("empty=", true), ("empty in ()", true),
    ("empty in (,x)", true), ("app in (,)", false), ("weight>9", true), ("weight<10", false), ("app>1", false),
    ("example.com/team=shop", true), ("tier=front,app=api", false), ("in in (in)", false), ("app\t= web", true),
  ])
  func selects(_ text: String, _ want: Bool) throws {
    #expect(try LabelSelector(text).matches(Self.labels) == want)
  }

  @Test(arguments: [
    ("=x", "found '=', expected: !, identifier, or 'end of string'"),
    ("app=web,", "found '', expected: identifier after ','"),
    ("app web", "unable to parse requirement: found 'web', expected: '=', '!=', '==', 'in', notin'"),
    ("app=web tier=front", "found 'tier', expected: ',' or 'end of string'"),
    ("app in web", "unable to parse requirement: found 'web' expected: '('"),
    ("app in (web", "unable to parse requirement: found '', expected: ',' or ')'"),
    ("app>x", "unable to parse requirement: for 'Gt', 'Lt' operators, the value must be an integer"),
    ("-app=web", "unable to parse requirement: invalid label key \"-app\""),
    ("a/b/c=web", "unable to parse requirement: invalid label key \"a/b/c\""),
    ("app=we!b", "found '!', expected: ',' or 'end of string'"),
    ("app=-web", "unable to parse requirement: invalid label value: \"-web\": at key: \"app\""),
  ])
  func refuses(_ text: String, _ message: String) {
    let error = #expect(throws: LabelSelectorError.self) { _ = try LabelSelector(text) }
    #expect(error?.message == message)
  }

  @Test func refusesLongNames() {
    #expect(throws: LabelSelectorError.self) { _ = try LabelSelector(String(repeating: "a", count: 64)) }
    #expect(throws: Never.self) { _ = try LabelSelector(String(repeating: "a", count: 63)) }
  }
}
