import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let substitutionUndefined = Rule(
    id: "substitution-undefined", chapter: .rendering, severity: .error,
    title: "a variable without default has no value",
    why: """
      From Flux 2.9 on such a variable fails the whole Kustomization; before, it became an empty string, which is seldom \
      what was meant.
      """,
    remedy: "Give the variable a value in `spec.postBuild`, a default (`${name:=default}`), or write `$${name}` where "
      + "the text is meant as it is.",
    check: .reconciliation { reconciliation, context, report in
      let isStrict =
        context.gate("StrictPostBuildSubstitutions", of: "kustomize-controller")
        ?? (context.cluster.version.version >= .v29)
      for variable in reconciliation.undefinedVariables {
        report.add(
          .undefined(variable, reconciliation.id, isStrict: isStrict), at: variable.location, about: variable.object,
          field: "${\(variable.name)}",
          related: variable.trace + [
            RelatedLocation("\(reconciliation.id) substitutes its variables", at: reconciliation.substitutionPlace)
          ], severity: isStrict ? .error : .warning)
      }
    })
}

extension Reconciliation {
  /// The name for readers of a report.
  var reference: ObjectReference {
    ObjectReference(
      apiVersion: definition?.manifest.apiVersion ?? id.group, kind: id.kind, namespace: id.namespace, name: id.name)
  }

  /// `spec.postBuild`, where there is one.
  fileprivate var substitutionPlace: Location {
    guard case .kustomization(let value) = definition, let postBuild = value.postBuild else { return location }
    return postBuild.origin.location
  }
}

extension Message {
  fileprivate static func undefined(_ variable: UndefinedVariable, _ id: ObjectID, isStrict: Bool) -> Self {
    let effect = isStrict ? "so \(id) cannot be built" : "so \(id) puts an empty string there"
    let searched =
      variable.searched.isEmpty
      ? "\(id) defines no variables" : "searched: \(Listing.of(variable.searched, atMost: 8))"
    return Message("${\(variable.name)} in \(variable.object) has no value, \(effect) (\(searched))")
  }
}
