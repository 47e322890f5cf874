import YAML

extension Chart {
  /// The values of the chart and of those inside of it, by the paths they have in a release: first what a chart says of
  /// its subcharts, then what these say themselves.
  public var defaultValues: [(path: [String], value: Node)] { defaultValues(below: []) }

  private func defaultValues(below path: [String]) -> [(path: [String], value: Node)] {
    let own = values.reversed().map { (path, $0) }
    return own
      + subcharts.flatMap { subchart in
        let entries = metadata.dependencies.filter { $0.matches(subchart.metadata) }
        let names = entries.isEmpty ? [subchart.metadata.name] : entries.map { $0.alias.isEmpty ? $0.name : $0.alias }
        return names.flatMap { subchart.defaultValues(below: path + [$0]) }
      }
  }
}
