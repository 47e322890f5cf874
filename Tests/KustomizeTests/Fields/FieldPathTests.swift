import Testing

@testable import Kustomize

@Suite struct FieldPathTests {
  @Test(arguments: [
    ("metadata/name", ["metadata", "name"]),
    ("/a/b", ["a", "b"]),
    ("a", ["a"]),
    (
      "metadata/annotations/nginx.ingress.kubernetes.io\\/auth-secret",
      ["metadata", "annotations", "nginx.ingress.kubernetes.io/auth-secret"]
    ),
    ("a//b", ["a", "", "b"]),
    ("spec/containers[]/image", ["spec", "containers[]", "image"]),
  ])
  func splits(_ path: String, _ want: [String]) {
    #expect(FieldPath.split(path) == want)
  }

  @Test(arguments: [
    ("spec.containers.[name=a.b].image", ["spec", "containers", "[name=a.b]", "image"]),
    ("metadata.annotations.[a.b.c/d]", ["metadata", "annotations", "a.b.c/d"]),
    ("data.config\\.json.host", ["data", "config.json", "host"]),
    ("spec.[name=web].0", ["spec", "[name=web]", "0"]),
    ("a.[unclosed.b", ["a", "unclosed.b"]),
  ])
  func splitsAtDots(_ path: String, _ want: [String]) {
    #expect(FieldPath.splitBracketed(path) == want)
  }
}
