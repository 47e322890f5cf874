import Testing

@testable import Kustomize

/// What is JSON and what is only YAML.
@Suite struct JSONSyntaxTests {
  @Test(arguments: [
    "[]", " [ ] ", "{}",
    #"[{"op": "add", "path": "/a~1b", "value": {"x": [1, -2.5e+3, true, false, null, "\u00e9\n"]}}]"#,
    #""text""#, "0", "-0.0", "[[[[]]]]",
  ])
  func accepts(_ text: String) {
    #expect(JSONSyntax.firstError(in: Array(text.utf8)) == nil)
  }

  @Test(arguments: [
    ("", 0), ("[", 1), ("[1,]", 3), ("[1 2]", 3), ("{a: 1}", 1), (#"{"a" 1}"#, 5), (#"{"a": 1,}"#, 8), ("[01]", 2),
    ("[1.]", 3), ("[+1]", 1), ("[tru]", 1), (#"["\x"]"#, 2), ("[\"a\nb\"]", 3), ("[] []", 3), ("[}", 1), ("[1}", 2),
    ("'a'", 0), ("[.5]", 1), (#"["\u12"]"#, 2),
  ])
  func refuses(_ text: String, _ offset: Int) {
    #expect(JSONSyntax.firstError(in: Array(text.utf8)) == offset)
  }

  @Test func isNotRecursive() {
    #expect(JSONSyntax.firstError(in: Array(repeating: UInt8(ascii: "["), count: 100_000)) == 100_000)
  }
}
