import ClusterModel
import Diagnostics
import Flux
import Helm
import Kubernetes
import YAML

/// Says why a release is not rendered, at the place that causes it.
struct ReleaseProblems {
  let release: HelmRelease
  let facts: ReleaseFacts
  let isInRepository: Bool

  func outcome(of error: HelmError, at chartReference: Origin) -> Reconciliation.Outcome {
    if let violation = error.violations.first(where: { !isUnknown($0) }) { return .failed(problem(violation)) }
    if !error.violations.isEmpty { return .gap }  // noted with the values' sources
    return .failed(problem(error, at: chartReference))
  }

  /// Whether a value may be right that breaks a schema here: it, or what is missing, may come from where nobody can see.
  private func isUnknown(_ violation: HelmError.SchemaViolation) -> Bool {
    let path = violation.path.joined(separator: ".")
    return !facts.unknownValues.isEmpty && violation.isMissing
      || facts.unknownValues.contains { $0 == path || $0.hasPrefix(path + ".") }
  }

  /// The violation at the value that breaks the schema, or at the nearest one around it.
  private func problem(_ violation: HelmError.SchemaViolation) -> BuildProblem {
    var origin = facts.values?.origin ?? release.origin
    for count in 0...violation.path.count {
      if let node = facts.values?.value(at: violation.path.prefix(count)) { origin = node.origin }
    }
    if let key = violation.surplus, let entry = facts.values?.value(at: violation.path[...])?.mapping?.entry(key) {
      origin = entry.keyOrigin
    }
    let name = violation.path.isEmpty ? "the values" : violation.path.joined(separator: ".")
    // The reason may cite the value, which nobody shall read when a Secret holds it.
    let mayBeSecret =
      origin.file != release.origin.file && release.valuesFrom.contains { $0.value.ref?.kind == "Secret" }
    let reason = mayBeSecret ? "not as the schema wants it" : violation.message
    return BuildProblem(
      message: "\(name): \(reason)", location: origin.location, trace: origin.trace, isSchemaViolation: true)
  }

  private func problem(_ error: HelmError, at chartReference: Origin) -> BuildProblem {
    guard let place = error.location, isInRepository || isOfRepository(place) else {
      let hint = error.location.map { "\(error.message) (\($0))" } ?? error.message
      return BuildProblem(message: hint, location: chartReference.location, trace: [])
    }
    return BuildProblem(message: error.message, location: place, trace: error.trace)
  }

  /// Values and the release itself are the repository's, whatever the chart is.
  private func isOfRepository(_ place: Location) -> Bool {
    place.file == release.origin.file || facts.values.map { $0.mentions(place.file) } ?? false
  }
}

extension Node {
  /// Whether anything in this value was written in `file`.
  fileprivate func mentions(_ file: SourceFile) -> Bool {
    if origin.file == file { return true }
    switch value {
    case .scalar: return false
    case .sequence(let items): return items.contains { $0.mentions(file) }
    case .mapping(let mapping): return mapping.entries.contains { $0.value.mentions(file) }
    }
  }
}
