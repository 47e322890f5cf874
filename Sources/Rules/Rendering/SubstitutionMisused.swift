import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import YAML

extension Rule {
  static let substitutionMisused = Rule(
    id: "substitution-misused", chapter: .rendering, severity: .warning,
    title: "a variable does not do what it looks like",
    why: """
      Flux takes `${name:?text}` and `${name:+text}` for `${name:-text}`, substitutes nothing where `spec.postBuild` is \
      missing, and drops quotes: a number or `true` then lands where the API wants a text and refuses anything else.
      """,
    remedy: "Write the operator that Flux knows, give the Kustomization `spec.postBuild`, or put `${quote}` variables "
      + "around a text.",
    check: .reconciliation { reconciliation, context, report in
      guard reconciliation.kind == .kustomization, case .kustomization(let value)? = reconciliation.definition else {
        return
      }
      for problem in reconciliation.problems where problem.isMisusedVariable {
        report.add(
          .refused(reconciliation.id, problem), at: problem.location, about: reconciliation.reference,
          field: problem.message, related: problem.trace, severity: .error)
      }
      for use in reconciliation.misreadExpressions {
        report.add(
          .misread(use), at: use.location, about: use.object, field: "${\(use.variable)\(use.operation)}",
          related: use.trace)
      }
      let objects = reconciliation.objects.map { context.cluster.objects[$0] }
      guard value.postBuild == nil else {
        for object in objects { report.addMistyped(in: object) }
        return
      }
      let variables = context.facts.variables
      guard !context.facts.hasInjectedVariables else { return }
      for object in objects where !object.isSwitchedOff {
        // A name or a label with `$` in it is refused: there can be no doubt what it was to be.
        for text in object.manifest.node.namesAndLabels {
          guard let name = text.scalar?.text.firstVariable(of: nil), !variables.contains(name) else { continue }
          report.add(.never(object.id, name, reconciliation.id), at: text.origin, about: object, field: "${\(name)}")
        }
        if variables.isEmpty { continue }
        var texts: [Node] = []
        object.manifest.node.collectTexts(into: &texts)
        for text in texts {
          guard let name = text.scalar?.text.firstVariable(of: variables) else { continue }
          report.add(.never(object.id, name, reconciliation.id), at: text.origin, about: object, field: "${\(name)}")
        }
      }
    })
}

extension Reporter {
  /// Texts by the API that a variable has turned into something else.
  fileprivate mutating func addMistyped(in object: AppliedObject) {
    let node = object.manifest.node
    var maps = [node[path: "metadata", "labels"], node[path: "metadata", "annotations"]]
    if object.id.group.isEmpty, object.id.kind == "ConfigMap" { maps.append(node["data"]) }
    if object.id.group.isEmpty, object.id.kind == "Secret" { maps.append(node["stringData"]) }
    var texts = maps.flatMap { $0?.mapping?.entries ?? [] }.map { ($0.key.text, $0.value) }
    let pod = node[path: "spec", "template", "spec"] ?? (object.id.kind == "Pod" ? node["spec"] : nil)
    for container in ["containers", "initContainers"].flatMap({ pod?[$0]?.sequence ?? [] }) {
      for variable in container["env"]?.sequence ?? [] {
        if let value = variable["value"] { texts.append((variable["name"]?.scalar?.text ?? "env", value)) }
      }
      texts += ["args", "command"].flatMap { container[$0]?.sequence ?? [] }.map { ("args", $0) }
    }
    for (name, text) in texts where text.origin.isSubstituted && text.isNumberOrBoolean {
      add(.mistyped(object.id, name, text.scalar?.text ?? ""), at: text.origin, about: object, field: name)
    }
  }
}

extension Node {
  /// The texts of an object in which the API allows no `$`.
  fileprivate var namesAndLabels: [Node] {
    let labels = self[path: "metadata", "labels"]?.mapping?.entries.map(\.value) ?? []
    return [self[path: "metadata", "name"], self[path: "metadata", "namespace"]].compactMap { $0 } + labels
  }

  fileprivate var isNumberOrBoolean: Bool {
    switch scalar?.resolved {
    case .bool, .int, .uint, .float: true
    default: false
    }
  }

  /// Adds each text of one line with something to substitute in it. Longer ones are scripts and files with variables of
  /// their own.
  fileprivate func collectTexts(into found: inout [Node]) {
    switch value {
    case .scalar(let scalar):
      guard Envsubst.mayChange(scalar.text), !scalar.text.utf8.contains(UInt8(ascii: "\n")) else { return }
      found.append(self)
    case .sequence(let items):
      for index in items.indices { items[index].collectTexts(into: &found) }
    case .mapping(let mapping):
      for index in mapping.entries.indices { mapping.entries[index].value.collectTexts(into: &found) }
    }
  }
}

extension String {
  /// The first variable that the text uses, of `names` if they are given.
  fileprivate func firstVariable(of names: Set<String>?) -> String? {
    guard Envsubst.mayChange(self) else { return nil }
    do throws(EnvsubstError) {
      return try Envsubst.expressions(in: Array(utf8)).map(\.variable).first { names?.contains($0) ?? true }
    } catch {
      return nil
    }
  }
}

extension AppliedObject {
  fileprivate var isSwitchedOff: Bool {
    [manifest.label(Substitution.switchKey), manifest.annotation(Substitution.switchKey)].contains("disabled")
  }
}

extension Message {
  fileprivate static func refused(_ id: ObjectID, _ problem: BuildProblem) -> Self {
    Message("\(id) cannot be built: \(problem.message)", help: problem.remedy)
  }

  fileprivate static func misread(_ use: MisreadExpression) -> Self {
    let expression = "${\(use.variable)\(use.operation)…}"
    return Message(
      "\(expression) in \(use.object) is taken for ${\(use.variable):-…}: the text behind it becomes the value",
      help: use.operation == ":?"
        ? "Write `${\(use.variable)}`: from Flux 2.9 on a variable without a value fails the Kustomization."
        : "Write what is meant as a variable of its own.")
  }

  fileprivate static func never(_ object: ObjectID, _ name: String, _ id: ObjectID) -> Self {
    Message(
      "${\(name)} in \(object) stays as it is", extent: ": \(id) substitutes no variables",
      help: "Give \(id) a `spec.postBuild` with the variable, or write the value.")
  }

  fileprivate static func mistyped(_ object: ObjectID, _ name: String, _ value: String) -> Self {
    Message(
      "'\(name)' of \(object) must be a text, but becomes `\(value)` by substitution: quotes do not survive it",
      help: "Write `${quote}${name}${quote}`, with a variable `quote` whose value is a quotation mark.")
  }
}
