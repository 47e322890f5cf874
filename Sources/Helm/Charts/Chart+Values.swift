import YAML

extension Chart {
  /// Puts other values in the place of the chart's own: what source-controller does with `valuesFiles`.
  public mutating func replaceValues(by documents: [Node]) {
    values = documents
  }
}
