import GoTemplate

extension SchemaValidator {
  private func count(_ schema: Dict, _ key: GoString) -> Int? {
    schema[key].flatMap(JSONEquality.number).flatMap { Int(exactly: $0) }
  }

  private func texts(_ value: Value?) -> [GoString]? {
    guard case .list(let list)? = value else { return nil }
    return list.elements.map(Formatter.text)
  }

  private func shown(_ count: Int) -> String { SchemaProblem.number(Double(count)) }

  // MARK: Objects

  mutating func checkObject(
    _ schema: Dict, _ object: Dict, _ subject: Subject, _ outcome: inout Outcome
  ) throws(Unusable) {
    let size = object.entries.count
    if let least = count(schema, "minProperties"), size < least {
      outcome.problems.append(problem(subject, "minProperties: got \(shown(size)), want \(shown(least))"))
    }
    if let most = count(schema, "maxProperties"), size > most {
      outcome.problems.append(problem(subject, "maxProperties: got \(shown(size)), want \(shown(most))"))
    }
    if let missing = missing(texts(schema["required"]), object) {
      let word = missing.count == 1 ? "property" : "properties"
      outcome.problems.append(problem(subject, "missing \(word) \(SchemaProblem.list(missing))"))
    }
    try checkDependencies(schema, "dependencies", object, subject, &outcome)
    try checkProperties(schema, object, subject, &outcome)
    if draft >= 6, let names = schema["propertyNames"] { try checkNames(names, object, subject, &outcome) }
    guard draft >= 2019 else { return }
    try checkDependencies(schema, "dependentSchemas", object, subject, &outcome)
    try checkDependencies(schema, "dependentRequired", object, subject, &outcome)
  }

  private func missing(_ required: [GoString]?, _ object: Dict) -> [GoString]? {
    guard let required else { return nil }
    let missing = required.filter { object[$0] == nil }
    return missing.isEmpty ? nil : missing
  }

  private mutating func checkProperties(
    _ schema: Dict, _ object: Dict, _ subject: Subject, _ outcome: inout Outcome
  ) throws(Unusable) {
    var (properties, patterns) = (Dict(), Dict())
    if case .dict(let dict)? = schema["properties"] { properties = dict }
    if case .dict(let dict)? = schema["patternProperties"] { patterns = dict }
    var additional: [GoString] = []
    for key in object.sortedKeys {
      let child = subject.child(key, object[key] ?? .null)
      var isKnown = false
      if let inner = properties[key] {
        isKnown = true
        outcome.problems += grouped(try check(inner, child).problems, child)
      }
      for pattern in patterns.sortedKeys where try matches(pattern, key) {
        isKnown = true
        outcome.problems += grouped(try check(patterns[pattern] ?? true, child).problems, child)
      }
      if !isKnown, let rest = schema["additionalProperties"] {
        isKnown = true
        if case .bool(let allows) = rest {
          if !allows { additional.append(key) }
        } else {
          outcome.problems += grouped(try check(rest, child).problems, child)
        }
      }
      if isKnown { outcome.properties.insert(key) }
    }
    if !additional.isEmpty {
      outcome.problems.append(
        problem(subject, "additional properties \(SchemaProblem.list(additional)) not allowed"))
    }
  }

  private mutating func checkNames(
    _ schema: Value, _ object: Dict, _ subject: Subject, _ outcome: inout Outcome
  ) throws(Unusable) {
    for key in object.sortedKeys {
      let found = try check(schema, Subject(value: .string(key), path: [], base: subject.base))
      guard !found.isValid else { continue }
      outcome.problems.append(
        SchemaProblem(path: [], text: "invalid propertyName \(SchemaProblem.quoted(key))", causes: found.problems))
    }
  }

  private mutating func checkDependencies(
    _ schema: Dict, _ keyword: GoString, _ object: Dict, _ subject: Subject, _ outcome: inout Outcome
  ) throws(Unusable) {
    guard case .dict(let dependencies)? = schema[keyword] else { return }
    for key in dependencies.sortedKeys where object[key] != nil {
      let dependency = dependencies[key] ?? true
      if let required = texts(dependency) {
        guard let missing = missing(required, object) else { continue }
        let list = SchemaProblem.list(missing)
        outcome.problems.append(
          problem(subject, "properties \(list) required, if \(SchemaProblem.quoted(key)) exists"))
      } else {
        let found = try check(dependency, subject)
        outcome.problems += grouped(found.problems, subject)
        if found.isValid { outcome.takeOver(found) }
      }
    }
  }

  // MARK: Arrays

  mutating func checkArray(
    _ schema: Dict, _ elements: [Value], _ subject: Subject, _ outcome: inout Outcome
  ) throws(Unusable) {
    if let least = count(schema, "minItems"), elements.count < least {
      outcome.problems.append(problem(subject, "minItems: got \(shown(elements.count)), want \(shown(least))"))
    }
    if let most = count(schema, "maxItems"), elements.count > most {
      outcome.problems.append(problem(subject, "maxItems: got \(shown(elements.count)), want \(shown(most))"))
    }
    if case .bool(true)? = schema["uniqueItems"], let (first, second) = duplicates(elements) {
      outcome.problems.append(problem(subject, "items at \(shown(first)) and \(shown(second)) are equal"))
    }
    let leading = schema[draft >= 2020 ? "prefixItems" : "items"]
    var evaluated = 0
    if case .list(let schemas)? = leading {
      evaluated = min(schemas.elements.count, elements.count)
      for index in 0..<evaluated { try checkItem(schemas.elements[index], elements, index, subject, &outcome) }
    }
    if let rest = rest(schema, leading) {
      if draft < 2020, case .bool(false) = rest, schema["additionalItems"] != nil {
        if evaluated < elements.count {
          let text = "last \(elements.count - evaluated) additionalItem(s) not allowed"
          outcome.problems.append(problem(subject, text))
        }
      } else {
        for index in evaluated..<elements.count { try checkItem(rest, elements, index, subject, &outcome) }
      }
    }
    if draft >= 6, let wanted = schema["contains"] {
      try checkContains(schema, wanted, elements, subject, &outcome)
    }
  }

  /// The schema for items that have none of their own.
  private func rest(_ schema: Dict, _ leading: Value?) -> Value? {
    if draft >= 2020 { return schema["items"] }
    if case .list? = leading { return schema["additionalItems"] }
    return leading
  }

  private mutating func checkItem(
    _ schema: Value, _ elements: [Value], _ index: Int, _ subject: Subject, _ outcome: inout Outcome
  ) throws(Unusable) {
    let child = subject.child(GoString(String(index)), elements[index])
    outcome.problems += grouped(try check(schema, child).problems, child)
    outcome.items.insert(index)
  }

  private func duplicates(_ elements: [Value]) -> (Int, Int)? {
    for (index, element) in elements.enumerated() {
      if let earlier = elements[..<index].firstIndex(where: { JSONEquality.isEqual($0, element) }) {
        return (earlier, index)
      }
    }
    return nil
  }

  private mutating func checkContains(
    _ schema: Dict, _ wanted: Value, _ elements: [Value], _ subject: Subject, _ outcome: inout Outcome
  ) throws(Unusable) {
    var (matched, problems) = ([Int](), [SchemaProblem]())
    for (index, element) in elements.enumerated() {
      let child = subject.child(GoString(String(index)), element)
      let found = try check(wanted, child)
      if found.isValid {
        matched.append(index)
        if draft >= 2020 { outcome.items.insert(index) }
      } else {
        problems += grouped(found.problems, child)
      }
    }
    let list = matched.map(String.init).joined(separator: " ")
    if draft >= 2019, let least = count(schema, "minContains") {
      if matched.count < least {
        let end = matched.isEmpty ? "none matched" : "matched \(matched.count) items at \(list)"
        let text = "min \(least) items required to match contains schema, but \(end)"
        outcome.problems.append(problem(subject, text, problems))
      }
    } else if matched.isEmpty {
      outcome.problems.append(problem(subject, "no items match contains schema", problems))
    }
    if draft >= 2019, let most = count(schema, "maxContains"), matched.count > most {
      let text = "max \(most) items required to match contains schema, but matched \(matched.count) items at \(list)"
      outcome.problems.append(problem(subject, text))
    }
  }

  // MARK: Texts and numbers

  mutating func checkString(
    _ schema: Dict, _ text: GoString, _ subject: Subject, _ outcome: inout Outcome
  ) throws(Unusable) {
    let length = text.scalarCount
    if let least = count(schema, "minLength"), length < least {
      outcome.problems.append(problem(subject, "minLength: got \(shown(length)), want \(shown(least))"))
    }
    if let most = count(schema, "maxLength"), length > most {
      outcome.problems.append(problem(subject, "maxLength: got \(shown(length)), want \(shown(most))"))
    }
    if case .string(let pattern)? = schema["pattern"], try !matches(pattern, text) {
      outcome.problems.append(
        problem(subject, "\(SchemaProblem.quoted(text)) does not match pattern \(SchemaProblem.quoted(pattern))"))
    }
  }

  func checkNumber(_ schema: Dict, _ subject: Subject, _ outcome: inout Outcome) {
    guard let number = JSONEquality.number(subject.value) else { return }
    // In draft 4 the exclusive bounds are flags beside the others.
    let isFlag = { (key: GoString) in if case .bool(true)? = schema[key] { true } else { false } }
    let checks: [(GoString, GoString, (Double, Double) -> Bool)] = [
      ("minimum", isFlag("exclusiveMinimum") ? "exclusiveMinimum" : "minimum", { $0 < $1 }),
      ("maximum", isFlag("exclusiveMaximum") ? "exclusiveMaximum" : "maximum", { $0 > $1 }),
      ("exclusiveMinimum", "exclusiveMinimum", { $0 <= $1 }), ("exclusiveMaximum", "exclusiveMaximum", { $0 >= $1 }),
    ]
    for (key, name, fails) in checks {
      guard let bound = schema[key].flatMap(JSONEquality.number) else { continue }
      let isAtBound = name != key && number == bound
      guard fails(number, bound) || isAtBound else { continue }
      outcome.problems.append(
        problem(subject, "\(name): got \(SchemaProblem.number(number)), want \(SchemaProblem.number(bound))"))
    }
    if let factor = schema["multipleOf"].flatMap(JSONEquality.number), factor != 0 {
      let quotient = number / factor
      if (quotient - quotient.rounded()).magnitude > 1e-9 {
        outcome.problems.append(
          problem(subject, "multipleOf: got \(SchemaProblem.number(number)), want \(SchemaProblem.number(factor))"))
      }
    }
  }
}
