import CEL
import Diagnostics
import Kubernetes
import YAML

/// The `readyExpr` of a dependency, over the two objects it is about.
public struct ReadyExpression: Sendable {
  /// One of the two objects, as it is applied.
  public struct Party: Sendable {
    var manifest: Manifest
    var namespace: String
    var unknownPaths: [String]

    /// An object in the namespace it lands in, of which some values are not known.
    public init(_ manifest: Manifest, namespace: String, unknownPaths: [String]) {
      self.manifest = manifest
      self.namespace = namespace
      self.unknownPaths = unknownPaths
    }
  }

  /// That an expression can never be true, whatever the status of the objects comes to be.
  public struct NeverTrue: Sendable, Hashable {
    /// Why it fails; nil where it is just false.
    public var failure: String?
    /// The part that fails, or all of it.
    public var span: SourceSpan
  }

  private let text: String
  private let origin: Origin

  /// An expression as it is written at `origin`.
  public init(_ text: String, at origin: Origin) {
    self.text = text
    self.origin = origin
  }

  /// Whether it can never be true; nil where it may be, and where it does not compile.
  public func neverTrue(for dependent: Party, dependency: Party) -> NeverTrue? {
    guard let verdict = verdict(for: dependent, dependency: dependency, status: .anything),
      !verdict.outcomes.contains(.isTrue)
    else { return nil }
    let range = verdict.error?.range
    let span = range.flatMap { TextAlignment.span(of: $0, of: Array(text.utf8), in: origin) }
    return NeverTrue(failure: verdict.error?.message, span: span ?? origin.span)
  }

  /// Whether it may be true while the dependency is applied and under way, but not ready yet.
  public func mayComeBeforeReady(for dependent: Party, dependency: Party) -> Bool {
    ["Unknown", "False"].contains { ready in
      let status = Self.status(ready: ready, of: FluxKind(dependency.manifest.type))
      return verdict(for: dependent, dependency: dependency, status: status)?.outcomes.contains(.isTrue) ?? false
    }
  }

  private func verdict(for dependent: Party, dependency: Party, status: Value) -> Program.Verdict? {
    guard let own = FluxKind(dependent.manifest.type), let other = FluxKind(dependency.manifest.type),
      let expression = FluxExpression.all(of: own, claims: false).first(where: { $0.path.hasSuffix(".readyExpr") }),
      expression.isChecked, let program = try? expression.compile(text)
    else { return nil }
    return program.verdict([
      "self": ObjectValue.of(
        dependent.manifest, kind: own, namespace: dependent.namespace, unknownPaths: dependent.unknownPaths),
      "dep": ObjectValue.of(
        dependency.manifest, kind: other, namespace: dependency.namespace, unknownPaths: dependency.unknownPaths,
        status: status),
    ])
  }

  /// The status of an object that is waited for: the conditions that its controller sets, and whatever else.
  private static func status(ready: String, of kind: FluxKind?) -> Value {
    func condition(_ type: String, _ status: Value) -> Value {
      var condition = MapValue(isOpen: true)
      condition["type"] = .string(type)
      condition["status"] = status
      return .map(condition)
    }
    var conditions = [condition("Reconciling", .string("True")), condition("Ready", .string(ready))]
    if kind == .helmRelease {
      conditions += ["Released", "TestSuccess", "Remediated"].map { condition($0, .anything) }
    } else {
      conditions.append(condition("Healthy", .string(ready)))
    }
    var status = MapValue(isOpen: true)
    status["conditions"] = .list(conditions)
    return .map(status)
  }
}
