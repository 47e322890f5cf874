import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import YAML

extension AppliedObject {
  /// Whether it is a definition that a chart has in `crds/`: those that templates print are installed like anything else.
  var isChartDefinition: Bool {
    guard id.kind == "CustomResourceDefinition" else { return false }
    for step in manifest.node.origin.steps {
      if case .rendered(let template) = step.kind { return template.isBelowDefinitions }
    }
    return manifest.node.origin.file.path.isBelowDefinitions
  }
}

extension HelmRelease {
  /// Whether definitions of its chart that are there already stay as they are, whoever applied them.
  var leavesDefinitions: Bool {
    install?.value.crds?.value != "CreateReplace" && upgrade?.value.crds?.value != "CreateReplace"
  }
}

extension String {
  /// Whether this is a path below `crds/`, and not below `templates/`.
  fileprivate var isBelowDefinitions: Bool {
    let folders = split(separator: "/").dropLast()
    return folders.contains { $0 == "crds" } && !folders.contains { $0 == "templates" }
  }
}
