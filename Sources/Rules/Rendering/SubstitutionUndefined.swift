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
      guard !context.facts.hasInjectedVariables else { return }
      // A variable that is missing is one mistake, however often it is used.
      var names: [String] = []
      var uses: [String: [UndefinedVariable]] = [:]
      for variable in reconciliation.undefinedVariables {
        if uses[variable.name] == nil { names.append(variable.name) }
        uses[variable.name, default: []].append(variable)
      }
      for name in names {
        guard let all = uses[name], let first = all.first else { continue }
        let others = all.dropFirst().prefix(shownUses).map { RelatedLocation("used here, too", at: $0.location) }
        report.add(
          .undefined(first, reconciliation.id, isStrict: isStrict), at: first.location, about: first.object,
          field: "${\(name)}",
          related: first.trace + [
            RelatedLocation("\(reconciliation.id) substitutes its variables", at: reconciliation.substitutionPlace)
          ] + others, severity: isStrict ? .error : .warning)
      }
    })

  /// How many further uses of a variable are shown.
  private static let shownUses = 3
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
