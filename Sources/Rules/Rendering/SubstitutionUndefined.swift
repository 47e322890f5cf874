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
    check: .cluster { context, report in
      guard !context.facts.hasInjectedVariables else { return }
      let gate = context.gate("StrictPostBuildSubstitutions", of: "kustomize-controller")
      let isStrict = gate ?? (context.cluster.version.version >= .v29)
      // Where the repository does not say which Flux it is for, an older one would go on with an empty string.
      let isCertain = gate != nil || !context.cluster.version.isAssumed
      var order: [Place] = []
      var uses: [Place: [MissingVariable]] = [:]
      // A word that a description loses does no harm.
      for missing in context.cluster.reconciliations.flatMap(\.missingVariables)
      where isStrict || !missing.first.isDescription {
        let place = Place(missing.first)
        if uses[place] == nil { order.append(place) }
        uses[place, default: []].append(missing)
      }
      // A base that several Kustomizations build is one mistake.
      for place in order {
        let found = uses[place] ?? []
        guard let missing = found.first else { continue }
        let breaks = found.contains { ([$0.first] + $0.others).contains(where: \.breaksObject) }
        let users = found.map {
          RelatedLocation("\($0.user.id) substitutes its variables", at: $0.user.substitutionPlace)
        }
        let others = missing.otherPlaces.prefix(shownUses).map {
          RelatedLocation(missing.first.isDescription ? "another one here" : "used here, too", at: $0)
        }
        var message: Message =
          breaks
          ? .broken(missing.first, found.map(\.user.id))
          : .undefined(missing.first, found.map(\.user.id), isStrict: isStrict, isCertain: isCertain)
        message.help = [missing.first.advice, message.help].compactMap { $0 }.joined(separator: " ")
        report.add(
          message, at: missing.first.location, about: missing.first.object, field: "${\(missing.first.name)}",
          related: missing.first.trace + users + others, severity: breaks || isStrict && isCertain ? .error : .warning)
      }
    })

  /// How many further uses of a variable are shown.
  private static let shownUses = 3

  /// A variable at its place in an object.
  private struct Place: Hashable {
    var name: String
    var location: Location
    var object: ObjectReference

    init(_ variable: UndefinedVariable) {
      (name, location, object) = (variable.name, variable.location, variable.object)
    }
  }
}

/// A variable that one Kustomization does not have: where it uses it first, and where else.
private struct MissingVariable {
  var first: UndefinedVariable
  var others: [UndefinedVariable] = []
  var user: Reconciliation

  /// The places of the others, each once.
  var otherPlaces: [Location] {
    var seen: Set = [first.location]
    return others.map(\.location).filter { seen.insert($0).inserted }
  }
}

extension UndefinedVariable {
  /// What to do. Nobody wants to change the file that a generator takes in, or somebody else's definitions.
  fileprivate var advice: String {
    if isDescription {
      return "Keep the CustomResourceDefinitions out of substitution: label them `\(Substitution.switchKey): disabled` "
        + "by a patch."
    }
    guard isGenerated else { return Rule.substitutionUndefined.remedy }
    return "Give the variable a value, or, where the file is meant as it is, keep it out of substitution: "
      + Substitution.wayOut(isGenerated: true)
  }
}

extension Reconciliation {
  /// A variable that is missing is one mistake, however often it is used. What stands in descriptions of definitions is
  /// one, too: nobody edits those.
  fileprivate var missingVariables: [MissingVariable] {
    var found: [MissingVariable] = []
    var positions: [String: Int] = [:]
    for variable in undefinedVariables {
      let key = variable.isDescription ? "descriptions of definitions" : variable.name
      if let position = positions[key] {
        found[position].others.append(variable)
      } else {
        positions[key] = found.count
        found.append(MissingVariable(first: variable, user: self))
      }
    }
    return found
  }

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
  /// Of an object that is none without the value, in whatever Flux.
  fileprivate static func broken(_ variable: UndefinedVariable, _ users: [ObjectID]) -> Self {
    let names = Listing.of(users.map(\.description), atMost: 3)
    return Message(
      "${\(variable.name)} in \(variable.object) has no value, and nothing valid is left of the object without it",
      extent: ", so \(names) cannot be built (\(searched(for: variable, users)))")
  }

  private static func searched(for variable: UndefinedVariable, _ users: [ObjectID]) -> String {
    guard variable.searched.isEmpty else { return "searched: \(Listing.of(variable.searched, atMost: 8))" }
    return "\(Listing.of(users.map(\.description), atMost: 3)) \(users.count == 1 ? "defines" : "define") no variables"
  }

  fileprivate static func undefined(
    _ variable: UndefinedVariable, _ users: [ObjectID], isStrict: Bool, isCertain: Bool
  ) -> Self {
    let names = Listing.of(users.map(\.description), atMost: 3)
    let isOne = users.count == 1
    let effect =
      isStrict
      ? "so \(names) cannot be built\(isCertain ? "" : " by Flux 2.9")"
      : "so \(names) \(isOne ? "puts" : "put") an empty string there"
    let fact = "${\(variable.name)} in \(variable.object) has no value"
    let extent = ", \(effect) (\(searched(for: variable, users)))"
    guard isStrict, !isCertain else { return Message(fact, extent: extent) }
    return Message(
      fact, extent: "\(extent); nothing here says which Flux the cluster runs, so 2.9 is assumed",
      help: "Which Flux runs can be said by `fluxVersion` in `.sluice.yaml`.")
  }
}
