import Diagnostics
import Kustomize
import YAML

/// The cases of `filters.json`.
enum FilterCases {
  static func check(_ one: Node) -> KustomizeUnitsSuite.Outcome {
    .skipped
  }
}
