import Diagnostics

/// The keywords for arrays.
extension Validation {
  mutating func validateArray(_ frame: inout Frame, _ items: [JSONValue], _ compiled: CompiledSubschema) {
    if let wanted = compiled.rules.minItems, items.count < wanted {
      frame.add(
        violation(
          "minItems", "minItems: got \(EnglishNumber.whole(items.count)), want \(EnglishNumber.whole(wanted))",
          of: frame))
    }
    if let wanted = compiled.rules.maxItems, items.count > wanted {
      frame.add(
        violation(
          "maxItems", "maxItems: got \(EnglishNumber.whole(items.count)), want \(EnglishNumber.whole(wanted))",
          of: frame))
    }
    if compiled.rules.hasUniqueItems, let (first, second) = duplicates(items, frame) {
      let message = "items at \(EnglishNumber.whole(first)) and \(EnglishNumber.whole(second)) are equal"
      frame.add(violation("uniqueItems", message, of: frame, at: items[second].origin))
    }
    let described = min(compiled.rules.firstItems.count, items.count)
    for index in 0..<described {
      frame.add(validateInner(frame, items[index], at: .index(index), compiled.rules.firstItems[index]))
    }
    if let schema = compiled.rules.items { validateRest(&frame, items, from: described, schema) }
    switch compiled.rules.additionalItems {
    case .allowed(false) where described < items.count:
      let count = EnglishNumber.whole(items.count - described)
      frame.add(
        violation(
          "additionalItems", "last \(count) additionalItem(s) not allowed", of: frame, at: items[described].origin))
    case .schema(let schema): validateRest(&frame, items, from: described, schema)
    default: break
    }
    if let schema = compiled.rules.contains { validateContains(&frame, items, schema, compiled) }
  }

  private mutating func validateRest(
    _ frame: inout Frame, _ items: [JSONValue], from start: Int, _ schema: Subschema.ID
  ) {
    for index in start..<items.count { frame.add(validateInner(frame, items[index], at: .index(index), schema)) }
  }

  /// The first item that an earlier one equals, and that one.
  private mutating func duplicates(_ items: [JSONValue], _ frame: Frame) -> (Int, Int)? {
    guard spend(items.count, on: frame) else { return nil }
    var seen: [JSONValue: Int] = [:]
    for (index, item) in items.enumerated() {
      if let earlier = seen[item] { return (earlier, index) }
      seen[item] = index
    }
    return nil
  }

  private mutating func validateContains(
    _ frame: inout Frame, _ items: [JSONValue], _ schema: Subschema.ID, _ compiled: CompiledSubschema
  ) {
    var (causes, matched): ([Failure], [Int]) = ([], [])
    for (index, item) in items.enumerated() {
      if let failure = validateInner(frame, item, at: .index(index), schema) {
        causes.append(failure)
      } else {
        matched.append(index)
        if compiled.rules.draft >= .draft2020 { frame.open.indices.remove(index) }
      }
    }
    let (count, places) = (EnglishNumber.whole(matched.count), matched.map(String.init).joined(separator: " "))
    if let wanted = compiled.rules.minContains {
      if matched.count < wanted {
        let found = matched.isEmpty ? "none matched" : "matched \(count) items at \(places)"
        let message = "min \(EnglishNumber.whole(wanted)) items required to match contains schema, but \(found)"
        frame.add(violation("minContains", message, of: frame, causes: causes))
      }
    } else if matched.isEmpty {
      frame.add(violation("contains", "no items match contains schema", of: frame, causes: causes))
    }
    if let wanted = compiled.rules.maxContains, matched.count > wanted {
      let message =
        "max \(EnglishNumber.whole(wanted)) items required to match contains schema, but matched \(count) items at \(places)"
      frame.add(violation("maxContains", message, of: frame))
    }
  }
}
