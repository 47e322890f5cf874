import Diagnostics
import Flux
import Kubernetes

extension FluxBuild {
  /// An object with its variables substituted.
  func substituting(
    _ substitution: Substitution, in written: Manifest, _ identities: inout BuiltIdentities
  ) throws(FluxBuildError) -> (Manifest, Substitution.Result) {
    let substituted: Substitution.Result
    do { substituted = try substitution.apply(to: written.node) } catch {
      throw FluxBuildError(.substitution(error, object: written.reference.description), at: written.origin)
    }
    let manifest = try manifest(substituted.node)
    guard identities.replace(written.node, by: substituted.node) else {
      throw FluxBuildError(.sameIdentity(manifest.reference.description), at: manifest.origin)
    }
    return (manifest, substituted)
  }

  /// An object that cannot be built only because variables have no value: as it is with a mark in their place, with the
  /// names of those that it cannot do without.
  func marked(
    _ written: Manifest, _ substitution: Substitution, _ error: FluxBuildError, _ identities: inout BuiltIdentities
  ) -> (Manifest, Substitution.Result, Set<String>)? {
    var marking = substitution
    marking.keepsPlaces = true
    guard let (manifest, result) = try? substituting(marking, in: written, &identities) else { return nil }
    var names = Set(result.undefined.map(\.name))
    guard !names.isEmpty else { return nil }
    if case .substitution(let cause, _) = error.code, case .notYAML(let variables) = cause.code,
      !names.isDisjoint(with: variables)
    {
      names.formIntersection(variables)
    }
    return (manifest, result, names)
  }
}
