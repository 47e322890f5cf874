import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension RuleContext {
  /// What the API server would refuse about one of Flux's objects, as far as its values are known.
  func fieldProblems(of object: AppliedObject) -> [FieldProblem] {
    FieldCheck.problems(in: object.manifest, flux: cluster.version.version).filter { problem in
      !object.unknownPaths.contains { problem.path == $0 || problem.path.hasPrefix($0 + ".") }
    }
  }
}

extension Reporter {
  /// A field that the API server would refuse.
  mutating func add(_ problem: FieldProblem, about object: AppliedObject, help: String? = nil) {
    add(
      Message("\(object.id): \(problem.message)", help: help), at: problem.origin, about: object, field: problem.path)
  }
}
