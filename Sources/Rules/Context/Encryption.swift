import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import YAML

extension Manifest {
  /// What SOPS wrote about an object that it encrypted; nil for any other.
  var sopsMetadata: Node? {
    guard let sops = node["sops"], sops.mapping != nil else { return nil }
    return sops
  }
}

extension Node {
  /// A text that SOPS encrypted.
  var isCiphertext: Bool { scalar?.text.hasPrefix("ENC[") ?? false }
}

extension Origin {
  /// The steps that brought a value here, last first.
  var steps: [OriginStep.Kind] {
    var found: [OriginStep.Kind] = []
    var next = lastStep
    while let step = next {
      found.append(step.kind)
      next = step.earlier
    }
    return found
  }

  /// Whether a variable went into the value.
  var isSubstituted: Bool {
    steps.contains { if case .substituted = $0 { true } else { false } }
  }
}
