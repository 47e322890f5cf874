import GoTemplate

/// A chart within one rendering: its dependencies are chosen and renamed, and its values may have been added to.
struct ChartInstance {
  let chart: Chart
  var metadata: Metadata
  var values: Dict
  var subcharts: [ChartInstance]

  init(_ chart: Chart) {
    self.chart = chart
    metadata = chart.metadata
    values = ValuesDocuments.merged(chart.values)
    subcharts = chart.subcharts.map { ChartInstance($0) }
  }

  // MARK: Conditions, tags, aliases

  /// Leaves out the dependencies that are switched off and gives the others the names they go by.
  mutating func processDependencies(_ given: Dict, path: String = "") throws(HelmError) {
    guard metadata.listsDependencies else { return }
    chooseSubcharts()
    for index in metadata.dependencies.indices { metadata.dependencies[index].isEnabled = true }
    let values = try Coalescing.values(self, given)
    applyTags(values)
    applyConditions(values, path)
    let disabled = Set(metadata.dependencies.filter { !$0.isEnabled }.map(\.name))
    subcharts.removeAll { disabled.contains($0.metadata.name) }
    metadata.dependencies.removeAll { disabled.contains($0.name) }
    for index in subcharts.indices {
      try subcharts[index].processDependencies(values, path: path + subcharts[index].metadata.name + ".")
    }
  }

  /// Charts that no entry names stay; each entry takes the chart that fits it, under its alias.
  private mutating func chooseSubcharts() {
    let present = subcharts
    subcharts = present.filter { chart in !metadata.dependencies.contains { $0.matches(chart.metadata) } }
    for index in metadata.dependencies.indices {
      let dependency = metadata.dependencies[index]
      if let match = present.first(where: { dependency.matches($0.metadata) }) {
        var renamed = match
        renamed.values = match.values.copy
        if !dependency.alias.isEmpty { renamed.metadata.name = dependency.alias }
        subcharts.append(renamed)
      }
      if !dependency.alias.isEmpty { metadata.dependencies[index].name = dependency.alias }
    }
  }

  private mutating func applyTags(_ values: Dict) {
    guard let tags = values.table("tags") else { return }
    for index in metadata.dependencies.indices {
      var (isOn, isOff) = (false, false)
      for tag in metadata.dependencies[index].tags {
        guard case .bool(let truth)? = tags[GoString(tag)] else { continue }
        if truth { isOn = true } else { isOff = true }
      }
      metadata.dependencies[index].isEnabled = isOn || !isOff
    }
  }

  /// The first of the paths that leads to a boolean decides.
  private mutating func applyConditions(_ values: Dict, _ path: String) {
    for index in metadata.dependencies.indices {
      var condition = Substring(metadata.dependencies[index].condition)
      while let first = condition.first, first.isWhitespace { condition = condition.dropFirst() }
      while let last = condition.last, last.isWhitespace { condition = condition.dropLast() }
      for part in condition.split(separator: ",") {
        guard case .bool(let truth)? = values.scalar(path + part) else { continue }
        metadata.dependencies[index].isEnabled = truth
        break
      }
    }
  }

  // MARK: Imported values

  /// Takes values of subcharts into this chart's own, where `import-values` says so.
  mutating func importValues() throws(HelmError) {
    for index in subcharts.indices { try subcharts[index].importValues() }
    guard !metadata.dependencies.isEmpty else { return }
    let merged = try Coalescing.values(self, Dict(), isMerge: true)
    let imported = Dict()
    for index in metadata.dependencies.indices {
      let dependency = metadata.dependencies[index]
      for (position, entry) in dependency.imports.enumerated() {
        let child = entry.isExport ? "exports." + entry.child : entry.child
        metadata.dependencies[index].imports[position] = .init(child: child, parent: entry.parent)
        guard let table = merged.table(dependency.name + "." + child) else { continue }
        // What two imports share shows in the subchart of the first, as in Helm.
        Coalescing.coalesceTables(imported, ChartInstance.nested(table, entry.parent), isMerge: true)
      }
    }
    let own = merged.copy
    Coalescing.coalesceTables(own, imported, isMerge: true)
    values = own
  }

  private static func nested(_ table: Dict, _ path: String) -> Dict {
    if path == "." { return table }
    return path.split(separator: ".", omittingEmptySubsequences: false).reversed().reduce(table) { inner, part in
      Dict([GoString(String(part)): .dict(inner)])
    }
  }
}
