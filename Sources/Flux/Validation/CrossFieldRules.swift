import Diagnostics
import Kubernetes
import YAML

/// The rules between fields that Flux's APIs state in CEL (`x-kubernetes-validations`).
///
/// They are few and fixed, so each is written out; those about an update (`oldSelf`) have no meaning for a file.
struct CrossFieldRules {
  /// One rule about the values at a path.
  struct Rule: Sendable {
    /// Where it holds, such as `spec.inputsFrom[]`.
    var path: String
    /// The field to point at, when it is there.
    var field: String
    /// The rule as a sentence.
    var message: String
    /// The first Flux that has it; nil for all.
    var since: FluxVersion?
    /// The first Flux that has it no more; nil where it is still there.
    var until: FluxVersion?
    /// Whether the value breaks it.
    var isBroken: @Sendable (Node) -> Bool

    init(
      _ path: String, _ field: String, _ message: String, since: FluxVersion? = nil, until: FluxVersion? = nil,
      _ isBroken: @escaping @Sendable (Node) -> Bool
    ) {
      self.path = path
      self.field = field
      self.message = message
      self.since = since
      self.until = until
      self.isBroken = isBroken
    }

    func holds(in flux: FluxVersion) -> Bool {
      since.map { flux >= $0 } ?? true && until.map { flux < $0 } ?? true
    }
  }

  /// What `manifest` breaks of the rules of one Flux.
  static func problems(in manifest: Manifest, kind: FluxKind, flux: FluxVersion) -> [FieldProblem] {
    var found: [FieldProblem] = []
    for rule in rules(of: kind) where rule.holds(in: flux) {
      let steps = rule.path.split(separator: ".").map(String.init)[...]
      visit(manifest.node, steps, path: "", place: manifest.origin) { node, path, place in
        guard rule.isBroken(node) else { return }
        let origin = node.mapping?.entry(rule.field)?.keyOrigin ?? place
        found.append(FieldProblem(.rule(rule.message), path: path, origin: origin))
      }
    }
    return found
  }

  private static func rules(of kind: FluxKind) -> [Rule] {
    switch kind {
    case .artifactGenerator: artifactGenerator
    case .bucket: bucket
    case .fluxInstance: fluxInstance
    case .fluxReport: fluxReport
    case .gitRepository: gitRepository
    case .helmChart: helmChart
    case .helmRelease: helmRelease + kubeConfig + healthChecks
    case .imagePolicy: imagePolicy
    case .kustomization: kubeConfig + healthChecks
    case .provider: provider
    case .receiver: receiver
    case .resourceSet: resourceSet
    case .resourceSetInputProvider: resourceSetInputProvider
    case .alert, .externalArtifact, .helmRepository, .imageRepository, .imageUpdateAutomation, .ociRepository: []
    }
  }

  /// Calls `body` for each value at the path that `steps` spell.
  private static func visit(
    _ node: Node, _ steps: ArraySlice<String>, path: String, place: Origin, _ body: (Node, String, Origin) -> Void
  ) {
    guard let step = steps.first else { return body(node, path, place) }
    let name = step.hasSuffix("[]") ? String(step.dropLast(2)) : step
    guard let entry = node.mapping?.entry(name) else { return }
    let inner = path.isEmpty ? name : "\(path).\(name)"
    guard step.hasSuffix("[]") else {
      return visit(entry.value, steps.dropFirst(), path: inner, place: entry.keyOrigin, body)
    }
    for (index, item) in (entry.value.sequence ?? []).enumerated() {
      visit(item, steps.dropFirst(), path: "\(inner)[\(index)]", place: item.origin, body)
    }
  }
}

extension Node {
  /// Whether the field is there.
  func has(_ key: String) -> Bool { self[key].map { !$0.isNull } ?? false }
  /// The text of a field; empty when it is not there.
  func text(_ key: String) -> String { self[key]?.string ?? "" }
  /// The text of a field; `standard` when it is not there.
  func text(_ key: String, or standard: String) -> String { self[key]?.string ?? standard }
  /// Whether the field is there and true.
  func isTrue(_ key: String) -> Bool { self[key]?.boolean == true }
}
