import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import YAML

/// What the API server would refuse about Flux's objects, as far as their values are known: checked once, for all the rules
/// that each tell a part of it.
struct FieldProblems: Sendable {
  private var byObject: [ObjectIdentifier: [FieldProblem]] = [:]

  init(of objects: [AppliedObject], in cluster: Cluster) {
    let server = APIServer(flux: cluster.version.version, hasOperator: cluster.hasOperator)
    for object in objects {
      let found = Self.problems(of: object, in: cluster, server)
      if !found.isEmpty { byObject[ObjectIdentifier(object)] = found }
    }
  }

  /// The problems of one object.
  subscript(object: AppliedObject) -> [FieldProblem] { byObject[ObjectIdentifier(object)] ?? [] }

  private static func problems(
    of object: AppliedObject, in cluster: Cluster, _ server: APIServer
  ) -> [FieldProblem] {
    let all = FieldCheck.problems(in: object.manifest, server: server)
    // Where nothing shows what reconciles a folder, objects that lack all the usual get it by a patch from there.
    let isFinishedElsewhere = cluster.entryPoint.kind == .folder && all.filter { $0.code == .missing }.count > 1
    return all.filter { problem in
      !(isFinishedElsewhere && problem.code == .missing)
        && !object.unknownPaths.contains { problem.path == $0 || problem.path.hasPrefix($0 + ".") }
        && !isAllowedByPatch(problem, of: object, in: cluster)
    }
  }

  /// Which kinds Alerts and Receivers take is a list that some installations add to by patches of the definitions.
  private static func isAllowedByPatch(
    _ problem: FieldProblem, of object: AppliedObject, in cluster: Cluster
  ) -> Bool {
    guard case .notAllowed(let kind, _, let suggestion) = problem.code, problem.path.hasSuffix("].kind") else {
      return false
    }
    let plural: String
    switch object.flux {
    case .alert: plural = "alerts"
    case .receiver: plural = "receivers"
    default: return false
    }
    let definition = cluster.object(
      ObjectID(
        group: "apiextensions.k8s.io", kind: "CustomResourceDefinition", namespace: "",
        name: "\(plural).\(FluxKind.alert.group)"))
    return definition?.manifest.node.holds(text: kind) ?? (suggestion == nil)
  }
}

extension RuleContext {
  /// What the controller would refuse about the expressions of one of Flux's objects, as far as its values are known.
  func expressionProblems(of object: AppliedObject) -> [FieldProblem] {
    ExpressionCheck.problems(in: object.manifest).filter { problem in
      !object.unknownPaths.contains { problem.path == $0 || problem.path.hasPrefix($0 + ".") }
    }
  }
}

extension Cluster {
  /// Whether flux-operator installs its Flux.
  var hasOperator: Bool {
    entryPoint.kind == .fluxInstance || objects.contains { $0.id.kind == FluxKind.fluxInstance.rawValue }
  }
}

extension Reporter {
  /// A field that the API server would refuse.
  mutating func add(_ problem: FieldProblem, about object: AppliedObject, help: String? = nil) {
    add(
      Message("\(object.id): \(problem.message)", help: help), at: problem.origin, about: object, field: problem.path)
  }
}
