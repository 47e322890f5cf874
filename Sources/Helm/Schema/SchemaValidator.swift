import GoTemplate
import Pattern

/// Checks values against a JSON schema of the drafts 4 to 2020-12.
struct SchemaValidator {
  let document: SchemaDocument
  var draft: Int { document.draft }
  private var patterns: [GoString: Pattern] = [:]
  private var depth = 0

  init(_ document: SchemaDocument) {
    self.document = document
  }

  /// Why the schema itself cannot be used.
  struct Unusable: Error {
    var message: String
  }

  /// A value with its place, and the schemas that are being checked on it.
  struct Subject {
    var value: Value
    var path: [GoString]
    var base: GoString
    var active: Set<ObjectIdentifier> = []

    func child(_ key: GoString, _ value: Value) -> Subject {
      Subject(value: value, path: path + [key], base: base)
    }
  }

  /// What a schema found: problems, or which properties and items it looked at.
  struct Outcome {
    var problems: [SchemaProblem] = []
    var properties: Set<GoString> = []
    var items: Set<Int> = []

    var isValid: Bool { problems.isEmpty }

    mutating func takeOver(_ other: Outcome) {
      properties.formUnion(other.properties)
      items.formUnion(other.items)
    }
  }

  /// Schemas and values nest no deeper.
  private static let deepest = 400

  mutating func validate(_ value: Value) throws(Unusable) -> [SchemaProblem] {
    try check(document.root, Subject(value: value, path: [], base: SchemaDocument.rootBase)).problems
  }

  // MARK: One schema

  mutating func check(_ schema: Value, _ subject: Subject) throws(Unusable) -> Outcome {
    depth += 1
    defer { depth -= 1 }
    guard depth < SchemaValidator.deepest else { throw Unusable(message: "schema or values nest too deep") }
    switch schema {
    case .bool(let allows): return Outcome(problems: allows ? [] : [problem(subject, "false schema")])
    case .dict(let dict): return try check(dict, subject)
    default: return Outcome()
    }
  }

  private mutating func check(_ schema: Dict, _ subject: Subject) throws(Unusable) -> Outcome {
    var subject = subject
    guard subject.active.insert(ObjectIdentifier(schema)).inserted else {
      return Outcome(problems: [problem(subject, "reference cycle")])
    }
    if case .string(let id)? = schema[draft == 4 ? "id" : "$id"], id.bytes.first != UInt8(ascii: "#") {
      subject.base = SchemaDocument.withoutFragment(SchemaDocument.resolve(id, against: subject.base))
    }
    if draft < 2019, let reference = schema["$ref"] { return try follow(reference, subject) }
    if let wrong = kindProblem(schema, subject) { return Outcome(problems: [wrong]) }
    var outcome = Outcome()
    if let reference = schema["$ref"] { try add(try follow(reference, subject), to: &outcome) }
    switch subject.value {
    case .dict(let object): try checkObject(schema, object, subject, &outcome)
    case .list(let list): try checkArray(schema, list.elements, subject, &outcome)
    case .string(let text): try checkString(schema, text, subject, &outcome)
    case .double, .int, .uint: checkNumber(schema, subject, &outcome)
    default: break
    }
    for keyword in ["$recursiveRef", "$dynamicRef"] as [GoString] where draft >= 2019 {
      if let reference = schema[keyword] { try add(try follow(reference, subject), to: &outcome) }
    }
    try checkCombinations(schema, subject, &outcome)
    if draft >= 2019 { try checkUnevaluated(schema, subject, &outcome) }
    return outcome
  }

  func problem(_ subject: Subject, _ text: String, _ causes: [SchemaProblem] = []) -> SchemaProblem {
    SchemaProblem(path: subject.path, text: text, causes: causes)
  }

  private func add(_ other: Outcome, to outcome: inout Outcome) throws(Unusable) {
    outcome.problems += other.problems
    if other.isValid { outcome.takeOver(other) }
  }

  /// The problems of a schema as one.
  func grouped(_ problems: [SchemaProblem], _ subject: Subject) -> [SchemaProblem] {
    guard problems.count > 1 else { return problems }
    var group = problem(subject, "validation failed", problems)
    group.isGroup = true
    return [group]
  }

  private mutating func follow(_ reference: Value, _ subject: Subject) throws(Unusable) -> Outcome {
    guard case .string(let name) = reference else { return Outcome() }
    guard let target = document.target(of: name, from: subject.base) else {
      if name.text.hasPrefix("urn:") { return Outcome() }
      let url = SchemaDocument.resolve(name, against: subject.base)
      throw Unusable(message: "failing loading \"\(url)\": it is not part of the chart, and nothing is fetched")
    }
    var inner = subject
    inner.base = target.base
    let outcome = try check(target.schema, inner)
    guard !outcome.isValid else { return outcome }
    var wrapped = problem(subject, "validation failed", outcome.problems)
    wrapped.isReference = true
    return Outcome(problems: [wrapped])
  }

  // MARK: Type, const, enum, format

  private func kindProblem(_ schema: Dict, _ subject: Subject) -> SchemaProblem? {
    if let wanted = schema["type"] {
      let names: [GoString]
      switch wanted {
      case .string(let name): names = [name]
      case .list(let list): names = list.elements.map(Formatter.text)
      default: names = []
      }
      if !names.isEmpty, !names.contains(where: { isOf($0, subject.value) }) {
        let order: [GoString] = ["null", "boolean", "number", "integer", "string", "array", "object"]
        let shown = order.filter(names.contains).map(\.text).joined(separator: " or ")
        return problem(subject, "got \(typeName(subject.value)), want \(shown)")
      }
    }
    if let constant = schema["const"], draft >= 6, !JSONEquality.isEqual(subject.value, constant) {
      switch constant {
      case .list, .dict: return problem(subject, "const failed")
      default: return problem(subject, "value must be \(SchemaProblem.shown(constant))")
      }
    }
    if case .list(let allowed)? = schema["enum"],
      !allowed.elements.contains(where: { JSONEquality.isEqual(subject.value, $0) })
    {
      return problem(subject, enumText(allowed.elements))
    }
    // Later drafts take formats for notes.
    if draft < 2019, case .string(let format)? = schema["format"], case .string(let text) = subject.value,
      let complaint = SchemaFormats.complaint(format.text, text)
    {
      return problem(subject, "\(SchemaProblem.quoted(text)) is not valid \(format): \(complaint)")
    }
    return nil
  }

  private func enumText(_ allowed: [Value]) -> String {
    let hasCollections = allowed.contains { value in
      switch value {
      case .list, .dict: true
      default: false
      }
    }
    if hasCollections { return "enum failed" }
    let shown = allowed.map(SchemaProblem.shown)
    return shown.count == 1 ? "value must be \(shown[0])" : "value must be one of " + shown.joined(separator: ", ")
  }

  private func typeName(_ value: Value) -> String {
    switch value {
    case .missing, .null: "null"
    case .bool: "boolean"
    case .string, .bytes: "string"
    case .list: "array"
    case .dict, .object: "object"
    default: "number"
    }
  }

  private func isOf(_ name: GoString, _ value: Value) -> Bool {
    let actual = typeName(value)
    if name.text == actual { return true }
    guard name == "integer", actual == "number" else { return false }
    let number = JSONEquality.number(value) ?? 0.5
    return number == number.rounded()
  }

  // MARK: Patterns

  mutating func pattern(_ text: GoString) throws(Unusable) -> Pattern {
    if let known = patterns[text] { return known }
    do throws(PatternError) {
      let pattern = try Pattern(text.text)
      patterns[text] = pattern
      return pattern
    } catch {
      throw Unusable(message: "'\(text)' is not valid regex: \(error.message)")
    }
  }

  mutating func matches(_ pattern: GoString, _ text: GoString) throws(Unusable) -> Bool {
    let compiled = try self.pattern(pattern)
    do throws(PatternError) {
      return try compiled.firstMatch(in: text.bytes) != nil
    } catch {
      throw Unusable(message: error.message)
    }
  }
}

/// Equality of JSON values: numbers by value.
enum JSONEquality {
  static func number(_ value: Value) -> Double? {
    switch value {
    case .double(let number): number
    case .int(let number, _): Double(number)
    case .uint(let number, _): Double(number)
    default: nil
    }
  }

  static func isEqual(_ left: Value, _ right: Value) -> Bool {
    if let first = number(left), let second = number(right) { return first == second }
    switch (left, right) {
    case (.list(let first), .list(let second)):
      return first.elements.count == second.elements.count
        && zip(first.elements, second.elements).allSatisfy { isEqual($0, $1) }
    case (.dict(let first), .dict(let second)):
      return first.entries.count == second.entries.count
        && first.entries.allSatisfy { key, value in second[key].map { isEqual(value, $0) } ?? false }
    default: return left.isDeepEqual(to: right)
    }
  }
}
