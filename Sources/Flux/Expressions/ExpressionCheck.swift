import CEL
import Diagnostics
import Kubernetes
import YAML

/// Checks the expressions of one of Flux's objects, which the API server takes as they are and the controller refuses.
public enum ExpressionCheck {
  /// What is wrong with the expressions of `manifest`; nothing when it is none of Flux's.
  public static func problems(in manifest: Manifest) -> [FieldProblem] {
    guard let kind = FluxKind(manifest.type) else { return [] }
    let hasClaims = manifest.node[path: "spec", "type"]?.string == "generic-oidc"
    var found: [FieldProblem] = []
    for expression in FluxExpression.all(of: kind, claims: hasClaims) {
      let steps = expression.path.split(separator: ".").map(String.init)[...]
      visit(manifest.node, steps, path: "") { node, path in
        guard !isIgnored(node, at: path, of: manifest, kind), let problem = problem(expression, node, path) else {
          return
        }
        found.append(problem)
      }
    }
    return found + repeatedHealthChecks(manifest.node)
  }

  private static func problem(_ expression: FluxExpression, _ node: Node, _ path: String) -> FieldProblem? {
    // The type of the value is for the check of the fields; without a text there is nothing to compile.
    guard let text = node.string, !text.isEmpty || path.hasSuffix(".current") else { return nil }
    do throws(CompileError) {
      _ = try expression.compile(text)
      return nil
    } catch {
      guard let first = error.problems.first else { return nil }
      let reason = "\(first.line):\(first.column): \(first.message)"
      var origin = node.origin
      if let span = TextAlignment.span(of: first.range, of: Array(text.utf8), in: origin) { origin.span = span }
      return FieldProblem(
        .expression(reason, others: error.problems.count - 1, stalls: expression.effect == .stalls), path: path,
        origin: origin)
    }
  }

  /// A ResourceSet only looks at the expression of a dependency that must be ready.
  private static func isIgnored(_ node: Node, at path: String, of manifest: Manifest, _ kind: FluxKind) -> Bool {
    guard kind == .resourceSet, let index = Int(path.split { $0 == "[" || $0 == "]" }.dropFirst().first ?? ""),
      let dependencies = manifest.node[path: "spec", "dependsOn"]?.sequence, dependencies.indices.contains(index)
    else { return false }
    return !dependencies[index].isTrue("ready")
  }

  /// Two entries for one group and kind: the controller has no use for the second, and stalls.
  private static func repeatedHealthChecks(_ object: Node) -> [FieldProblem] {
    var seen: Set<String> = []
    var found: [FieldProblem] = []
    for (index, check) in (object[path: "spec", "healthCheckExprs"]?.sequence ?? []).enumerated() {
      guard let version = check["apiVersion"]?.string else { continue }
      let group = version.contains("/") ? String(version.prefix { $0 != "/" }) : ""
      let kind = check.text("kind")
      guard !seen.insert("\(group)/\(kind)").inserted else { continue }
      let place = check.mapping?.entry("kind")?.value.origin ?? check["apiVersion"]?.origin ?? check.origin
      found.append(
        FieldProblem(
          .repeatedHealthCheck(kind.isEmpty ? group : "\(kind) of \(group)"), path: "spec.healthCheckExprs[\(index)]",
          origin: place))
    }
    return found
  }

  /// Calls `body` for each value at the path that `steps` spell.
  private static func visit(
    _ node: Node, _ steps: ArraySlice<String>, path: String, _ body: (Node, String) -> Void
  ) {
    guard let step = steps.first else { return body(node, path) }
    let isList = step.hasSuffix("[]")
    let name = isList ? String(step.dropLast(2)) : step
    guard let value = node[name] else { return }
    let inner = path.isEmpty ? name : "\(path).\(name)"
    guard isList else { return visit(value, steps.dropFirst(), path: inner, body) }
    for (index, item) in (value.sequence ?? []).enumerated() {
      visit(item, steps.dropFirst(), path: "\(inner)[\(index)]", body)
    }
  }
}
