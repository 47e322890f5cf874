import GoTemplate
import Sprig

/// How values of a release and of charts come together, as in Helm 4. `isMerge` keeps nulls for a later pass; without
/// it a null removes the key that a chart sets.
enum Coalescing {
  /// The values of a release over those of a chart and its subcharts, in maps of their own.
  static func values(_ chart: ChartInstance, _ given: Dict, isMerge: Bool = false) throws(HelmError) -> Dict {
    let target = given.copy
    try coalesce(chart, target, isMerge)
    return target
  }

  private static func coalesce(_ chart: ChartInstance, _ target: Dict, _ isMerge: Bool) throws(HelmError) {
    coalesceValues(chart, target, isMerge)
    for subchart in chart.subcharts {
      let name = GoString(subchart.metadata.name)
      if target[name] == nil { target[name] = .anyDict([:]) }
      guard case .dict(let inner)? = target[name] else {
        throw HelmError(
          .values, "type mismatch on \(name): \(mistyped(target[name] ?? .null))")
      }
      coalesceGlobals(target, into: inner)
      try coalesce(subchart, inner, isMerge)
    }
  }

  /// Helm prints the value with the verb for booleans.
  private static func mistyped(_ value: Value) -> GoString { Formatter.print(format: "%t", [value]) }

  // MARK: Values of a chart

  private static func coalesceValues(_ chart: ChartInstance, _ target: Dict, _ isMerge: Bool) {
    let defaults = chart.values.copy
    for (key, value) in defaults.entries {
      guard let given = target[key] else {
        if !isMerge {
          if value.isNil { continue }
          if case .dict(let inner) = value { removeNulls(inner) }
        }
        target[key] = value
        continue
      }
      if given.isNil && !isMerge {
        target[key] = nil
      } else if case .dict(let over) = given, case .dict(let under) = value {
        let isSubchart = chart.subcharts.contains { GoString($0.metadata.name) == key }
        let mergesHere = isMerge || isSubchart
        if !mergesHere { removeNulls(under) }
        coalesceTables(over, under, isMerge: mergesHere)
      }
    }
  }

  /// Globals of a chart go into those of its subchart, and win there.
  private static func coalesceGlobals(_ source: Dict, into target: Dict) {
    let globals: Dict
    switch target["global"] {
    case nil: globals = Dict()
    case .dict(let dict)?: globals = dict
    default: return
    }
    let outer: Dict
    switch source["global"] {
    case nil: outer = Dict()
    case .dict(let dict)?: outer = dict
    default: return
    }
    for (key, value) in outer.entries {
      if case .dict(let table) = value {
        let copy = Dict(table.entries)
        switch globals[key] {
        case nil: globals[key] = .dict(copy)
        case .dict(let inner)?:
          coalesceTables(copy, inner, isMerge: true)
          globals[key] = .dict(copy)
        default: break
        }
      } else if case .dict? = globals[key] {
        continue
      } else {
        globals[key] = value
      }
    }
    target["global"] = .dict(globals)
  }

  // MARK: Tables

  /// Adds to `over` what it lacks of `under`.
  static func coalesceTables(_ over: Dict, _ under: Dict, isMerge: Bool) {
    guard over !== under else { return }
    let wasSet = Set(under.entries.filter { !$0.value.isNil }.keys)
    for (key, value) in over.entries where value.isNil { under[key] = .null }
    for (key, value) in under.entries {
      let given = over[key]
      if let given, !isMerge, given.isNil, wasSet.contains(key) {
        // A null of the user removes what the chart sets.
        over[key] = nil
      } else if given == nil {
        over[key] = value
      } else if case .dict(let inner) = value, case .dict(let outer)? = given {
        coalesceTables(outer, inner, isMerge: isMerge)
      }
    }
  }

  private static func removeNulls(_ dict: Dict) {
    for (key, value) in dict.entries {
      if value.isNil {
        dict[key] = nil
      } else if case .dict(let inner) = value {
        removeNulls(inner)
      }
    }
  }
}

extension Dict {
  /// The same map with maps and lists of its own.
  var copy: Dict {
    if case .dict(let dict) = Value.dict(self).deepCopy() { return dict }
    return Dict()
  }

  /// The map at a dotted path.
  func table(_ path: String) -> Dict? {
    var current = self
    for part in path.split(separator: ".", omittingEmptySubsequences: false) {
      guard case .dict(let next)? = current[GoString(String(part))] else { return nil }
      current = next
    }
    return current
  }

  /// What is at a dotted path and is no map.
  func scalar(_ path: String) -> Value? {
    let parts = path.split(separator: ".", omittingEmptySubsequences: false)
    let parent = parts.count > 1 ? table(parts.dropLast().joined(separator: ".")) : self
    guard let last = parts.last, let value = parent?[GoString(String(last))] else { return nil }
    if case .dict = value { return nil }
    return value
  }
}
