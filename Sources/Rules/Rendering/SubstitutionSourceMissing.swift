import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let substitutionSourceMissing = Rule(
    id: "substitution-source-missing", chapter: .rendering, severity: .warning,
    title: "variables come from an object that nothing makes",
    why: "Without its variables the Kustomization is not built at all, unless the reference says `optional: true`.",
    remedy: "Add the object, declare it under `externals` in `.sluice.yaml`, or set `optional: true`.",
    check: .cluster { context, report in
      // An object that is missing is one mistake, however many take variables from it.
      var missing: [ObjectID] = []
      var users: [ObjectID: [(object: AppliedObject, reference: ObjectRef)]] = [:]
      for object in context.facts.fluxObjects {
        guard case .kustomization(let value) = object.flux, context.activation(in: object.id.namespace) != nil else {
          continue
        }
        for entry in value.postBuild?.value.substituteFrom ?? [] {
          guard let reference = entry.value.ref, entry.value.optional?.value != true,
            !context.exists(reference.id, for: object.id)
          else { continue }
          if users[reference.id] == nil { missing.append(reference.id) }
          users[reference.id, default: []].append((object, reference))
        }
      }
      for id in missing {
        guard let all = users[id], let first = all.first else { continue }
        report.add(
          .missing(all.map(\.object.id), id), at: first.reference.origin, about: first.object,
          field: "spec.postBuild.substituteFrom[\(id.kind)/\(id.name)]",
          related: all.dropFirst().prefix(shownUsers).map {
            RelatedLocation("\($0.object.id) takes variables from it, too", at: $0.reference.origin.location)
          })
      }
    })

  /// How many further Kustomizations that need the object are shown.
  private static let shownUsers = 3
}

extension Message {
  fileprivate static func missing(_ users: [ObjectID], _ object: ObjectID) -> Self {
    let verb = users.count == 1 ? "takes" : "take"
    let list = object.kind == "Secret" ? "secrets" : "configMaps"
    return Message(
      "\(Listing.of(users.map(\.description))) \(verb) variables from \(object), which nothing in the cluster makes",
      help:
        "Add the object, or set `optional: true`. Where something outside of Flux makes it, say so in .sluice.yaml: "
        + "`externals: {\(list): [{namespace: \(object.namespace), name: \(object.name)}]}`.")
  }
}
