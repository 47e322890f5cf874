import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import YAML

/// The variables of one Kustomization's post-build substitution.
struct Variables: Sendable {
  private var known: [SubstitutionVariables.Variable] = []
  private var mayHoldMore = false
  /// What was searched, in words.
  private(set) var searched: [String] = []
  /// What could not be read.
  private(set) var gaps: [Gap] = []

  /// Reads `postBuild` of `kustomization` (kustomize-controller: `substituteFrom` in order, then `substitute`).
  init(of kustomization: Kustomization, reference: ObjectReference, objects: (ObjectID) -> AppliedObject?) {
    guard let postBuild = kustomization.postBuild else { return }
    for source in postBuild.substituteFrom {
      guard let ref = source.ref else { continue }
      searched.append("\(ref.kind) \(ref.namespace)/\(ref.name)")
      if let object = objects(ref.id) {
        read(object, kind: ref.kind, reference: reference, ref: ref)
      } else {
        mayHoldMore = true
        gaps.append(unknown(ref, reference: reference, why: "nothing in the repository makes it"))
      }
    }
    if !postBuild.substitute.isEmpty { searched.append("spec.postBuild.substitute") }
    for entry in postBuild.substitute {
      known.append(.init(name: entry.key.value, value: entry.value.value, origin: entry.value.origin))
    }
  }

  /// As substitution takes them.
  var substitution: SubstitutionVariables { SubstitutionVariables(known, mayHoldMore: mayHoldMore) }

  private mutating func read(_ object: AppliedObject, kind: String, reference: ObjectReference, ref: ObjectRef) {
    let hidden = Set(object.unknownPaths + object.manifest.encryptedPaths)
    if !object.manifest.encryptedPaths.isEmpty {
      gaps.append(unknown(ref, reference: reference, why: "it is encrypted"))
    }
    // A whole section that comes from elsewhere can hold anything.
    if object.unknownPaths.contains(where: { $0 == "data" || $0 == "stringData" }) { mayHoldMore = true }
    // The values of a Secret are never looked at, so that none can get into what is printed.
    let sections = kind == "Secret" ? ["data", "stringData"] : ["data"]
    for section in sections {
      for entry in object.manifest.node[section]?.mapping?.entries ?? [] {
        guard let text = entry.value.scalar?.text else { continue }
        let isUnknown = kind == "Secret" || hidden.contains("\(section).\(entry.key.text)")
        known.append(.init(name: entry.key.text, value: isUnknown ? nil : text, origin: entry.value.origin))
      }
    }
  }

  private func unknown(_ ref: ObjectRef, reference: ObjectReference, why: String) -> Gap {
    Gap(
      kind: "variables-unknown", message: "\(reference) substitutes variables from \(ref.id), and \(why)",
      help: "Variables that only it could define are taken to be set", location: ref.origin.location,
      object: reference)
  }
}
