import Diagnostics
import Flux
import Kubernetes
import Testing
import YAML

@Suite struct ExpressionCheckTests {
  static func problems(_ type: String, _ spec: String) throws -> [FieldProblem] {
    let parts = type.split(separator: " ")
    return ExpressionCheck.problems(
      in: try manifest("apiVersion: \(parts[0])\nkind: \(parts[1])\nmetadata: {name: a}\nspec:\n\(spec)"))
  }

  /// The text that the first problem points at.
  static func pointed(_ spec: String) throws -> String? {
    guard let origin = try problems(kustomization, spec).first?.origin else { return nil }
    let lines = String(decoding: origin.file.bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    let line = Array(lines[Int(origin.span.start.line) - 1].unicodeScalars)
    guard origin.span.start.line == origin.span.end.line else { return "several lines" }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: line[Int(origin.span.start.column) - 1..<Int(origin.span.end.column) - 1])
    return String(view)
  }

  static let kustomization = "kustomize.toolkit.fluxcd.io/v1 Kustomization"

  @Test(arguments: [
    ("plain", "  dependsOn:\n  - {name: b, readyExpr: dep.a == foo}", "foo"),
    ("plain over lines", "  dependsOn:\n  - name: b\n    readyExpr: dep.a\n      == foo", "foo"),
    ("single quotes", "  dependsOn:\n  - name: b\n    readyExpr: 'dep.a == ''x'' && foo'", "foo"),
    ("double quotes", "  dependsOn:\n  - name: b\n    readyExpr: \"dep.a == \\\"x\\\" && foo\"", "foo"),
    ("literal", "  dependsOn:\n  - name: b\n    readyExpr: |\n      dep.a == 'x' &&\n        foo\n", "foo"),
    ("folded", "  dependsOn:\n  - name: b\n    readyExpr: >-\n      dep.a - 1 > 0\n\n      && foo > 1\n", "foo"),
    ("an operator", "  dependsOn:\n  - name: b\n    readyExpr: >-\n      1 - 'a' > 0\n", "-"),
    ("the end", "  dependsOn:\n  - name: b\n    readyExpr: >-\n      dep.a == 'é' &&\n\n", "&"),
    ("other escapes", "  dependsOn:\n  - name: b\n    readyExpr: \"dep.\\x61 == foo\"", "\"dep.\\x61 == foo\""),
  ])
  func itPointsAtThePartThatIsWrong(_ name: String, _ spec: String, _ text: String) throws {
    #expect(try Self.pointed(spec) == text)
  }

  static let receiver = "notification.toolkit.fluxcd.io/v1 Receiver"
  static let resourceSet = "fluxcd.controlplane.io/v1 ResourceSet"

  @Test(
    arguments: [
      (kustomization, "  dependsOn: [{name: b, readyExpr: dep.a == 1}]", nil),
      (kustomization, "  dependsOn: [{name: b, readyExpr: ''}]", nil),
      (kustomization, "  dependsOn: [{name: b, readyExpr: dep.a}]", "output type mismatch: expected bool, got dyn"),
      (kustomization, "  healthCheckExprs: [{apiVersion: a/v1, kind: A, current: foo.bar() == baz}]", nil),
      (
        kustomization, "  healthCheckExprs: [{apiVersion: a/v1, kind: A, current: ''}]",
        "unexpected end of the expression"
      ),
      (
        kustomization, "  healthCheckExprs: [{apiVersion: a/v1, kind: A, current: a.matches('(')}]", "missing closing )"
      ),
      (
        kustomization, "  healthCheckExprs: [{apiVersion: a/v1, kind: A, current: a > duration('1d')}]",
        "'1d' is no duration"
      ),
      (
        kustomization, "  healthCheckExprs: [{apiVersion: a/v1, kind: A, current: now() > a}]",
        "no such overload: now()"
      ),
      (
        kustomization,
        "  healthCheckExprs: [{apiVersion: a/v1, kind: A, current: a}, {apiVersion: a/v2, kind: A, current: a}]",
        "is the second for A of a"
      ),
      (
        kustomization, "  healthCheckExprs: [{apiVersion: a/v1, kind: A, current: a}, {apiVersion: a/v1, current: a}]",
        nil
      ),
      (receiver, "  type: github\n  resourceFilter: res.metadata.name == req.name", nil),
      (receiver, "  type: github\n  resourceFilter: claims.sub == req.name", "undeclared reference to 'claims'"),
      (receiver, "  type: generic-oidc\n  resourceFilter: claims.sub == req.name", nil),
      (receiver, "  resources: [{kind: Bucket, name: a, filter: res}]", "expected bool, got map(string, dyn)"),
      (
        receiver, "  oidcProviders: [{validations: [{expression: vars.a}], variables: [{expression: claims.a}]}]",
        "validations[0]"
      ),
      (
        "notification.toolkit.fluxcd.io/v1beta3 Provider", "  commitStatusExpr: event.a + '/' + provider.b + alert.c",
        nil
      ),
      (
        "notification.toolkit.fluxcd.io/v1beta3 Provider", "  commitStatusExpr: event.a",
        "no event gets a commit status"
      ),
      (resourceSet, "  dependsOn: [{name: a, ready: true, readyExpr: 'status.a =='}]", "the controller stalls"),
      (resourceSet, "  dependsOn: [{name: a, readyExpr: 'status.a =='}]", nil),
    ] as [(String, String, String?)])
  func whatTheControllersRefuse(_ type: String, _ spec: String, _ part: String?) throws {
    let messages = try Self.problems(type, spec).map(\.message)
    #expect(messages.count == (part == nil ? 0 : 1), "\(messages)")
    if let part { #expect(messages.first?.contains(part) == true, "\(messages)") }
  }
}
