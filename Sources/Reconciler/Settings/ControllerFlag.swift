import ClusterModel
import Diagnostics
import Kubernetes
import YAML

/// An argument of a controller: `--name=value`, or `--name` for what is switched on.
struct ControllerFlag {
  let name: String
  let value: String
  let place: Location

  init?(_ argument: Node) {
    guard let text = argument.scalar?.text else { return nil }
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    name = String(parts[0])
    value = parts.count > 1 ? String(parts[1]) : "true"
    place = argument.origin.location
  }
}

extension ControllerInstance {
  /// Takes what a flag says of the objects that are looked at.
  mutating func read(_ flag: ControllerFlag) {
    switch flag.name {
    case "--watch-label-selector":
      selectorText = flag.value
      selector = (try? LabelSelector(flag.value)).map { ControllerSettings.Setting($0, at: flag.place) }
    case "--watch-all-namespaces": isConfined = flag.value == "false"
    default: break
    }
  }
}
