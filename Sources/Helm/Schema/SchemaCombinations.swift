import GoTemplate

extension SchemaValidator {
  private func schemas(_ schema: Dict, _ key: GoString) -> [Value] {
    guard case .list(let list)? = schema[key] else { return [] }
    return list.elements
  }

  /// `not`, `allOf`, `anyOf`, `oneOf`, `if`.
  mutating func checkCombinations(
    _ schema: Dict, _ subject: Subject, _ outcome: inout Outcome
  ) throws(Unusable) {
    if let excluded = schema["not"], try check(excluded, subject).isValid {
      outcome.problems.append(problem(subject, "not failed"))
    }
    var failures: [SchemaProblem] = []
    for part in schemas(schema, "allOf") {
      let found = try check(part, subject)
      failures += grouped(found.problems, subject)
      if found.isValid { outcome.takeOver(found) }
    }
    if !failures.isEmpty { outcome.problems.append(problem(subject, "allOf failed", failures)) }
    try checkAny(schemas(schema, "anyOf"), subject, &outcome)
    try checkOne(schemas(schema, "oneOf"), subject, &outcome)
    guard draft >= 7, let condition = schema["if"] else { return }
    let found = try check(condition, subject)
    if found.isValid { outcome.takeOver(found) }
    guard let branch = schema[found.isValid ? "then" : "else"] else { return }
    let result = try check(branch, subject)
    outcome.problems += grouped(result.problems, subject)
    if result.isValid { outcome.takeOver(result) }
  }

  private mutating func checkAny(
    _ parts: [Value], _ subject: Subject, _ outcome: inout Outcome
  ) throws(Unusable) {
    guard !parts.isEmpty else { return }
    var (failures, hasMatch) = ([SchemaProblem](), false)
    for part in parts {
      let found = try check(part, subject)
      if found.isValid {
        hasMatch = true
        outcome.takeOver(found)
      } else {
        failures += grouped(found.problems, subject)
      }
    }
    if !hasMatch { outcome.problems.append(problem(subject, "anyOf failed", failures)) }
  }

  private mutating func checkOne(
    _ parts: [Value], _ subject: Subject, _ outcome: inout Outcome
  ) throws(Unusable) {
    guard !parts.isEmpty else { return }
    var failures: [SchemaProblem] = []
    var matched: Int?
    for (index, part) in parts.enumerated() {
      let found = try check(part, subject)
      if found.isValid {
        if let matched {
          outcome.problems.append(problem(subject, "oneOf failed, subschemas \(matched), \(index) matched"))
          return
        }
        matched = index
        outcome.takeOver(found)
      } else if matched == nil {
        failures += grouped(found.problems, subject)
      }
    }
    if matched == nil { outcome.problems.append(problem(subject, "oneOf failed, none matched", failures)) }
  }

  /// What no other keyword looked at.
  mutating func checkUnevaluated(
    _ schema: Dict, _ subject: Subject, _ outcome: inout Outcome
  ) throws(Unusable) {
    if let rest = schema["unevaluatedProperties"], case .dict(let object) = subject.value {
      for key in object.sortedKeys where !outcome.properties.contains(key) {
        let child = subject.child(key, object[key] ?? .null)
        outcome.problems += grouped(try check(rest, child).problems, child)
        outcome.properties.insert(key)
      }
    }
    if let rest = schema["unevaluatedItems"], case .list(let list) = subject.value {
      for (index, element) in list.elements.enumerated() where !outcome.items.contains(index) {
        let child = subject.child(GoString(String(index)), element)
        outcome.problems += grouped(try check(rest, child).problems, child)
        outcome.items.insert(index)
      }
    }
  }
}
