import Diagnostics
import Pattern

/// Reads the keywords of one subschema. What is unknown or of the wrong type is ignored: the metaschema has had its say.
struct KeywordReader {
  let object: JSONObject
  let place: SchemaCompiler.Place
  /// The URL of the resource, against which references are resolved.
  let base: String
  var compiler: SchemaCompiler

  mutating func read(into rules: inout Subschema) throws(SchemaError) {
    rules.ref = try reference("$ref")
    // Until draft 7 everything beside a `$ref` is ignored.
    if rules.draft < .draft2019, rules.ref != nil { return }
    readCombinations(into: &rules)
    try readObjects(into: &rules)
    readArrays(into: &rules)
    readValues(into: &rules)
    try readTexts(into: &rules)
    readNumbers(into: &rules)
    if rules.draft >= .draft2019 { try readDynamicReferences(into: &rules) }
  }

  private mutating func readCombinations(into rules: inout Subschema) {
    rules.allOf = schemas("allOf")
    rules.anyOf = schemas("anyOf")
    rules.oneOf = schemas("oneOf")
    rules.not = schema("not")
    guard rules.draft >= .draft7, let condition = schema("if") else { return }
    rules.condition = condition
    rules.consequence = schema("then")
    rules.alternative = schema("else")
  }

  private mutating func readObjects(into rules: inout Subschema) throws(SchemaError) {
    rules.minProperties = count("minProperties")
    rules.maxProperties = count("maxProperties")
    rules.required = names(object["required"])
    for (name, number) in members("properties") { rules.properties[name] = number }
    for (name, number) in members("patternProperties") {
      rules.patternProperties.append((try pattern(name, keyword: "patternProperties"), number))
    }
    rules.additionalProperties = additional("additionalProperties")
    for member in object["dependencies"]?.object?.members ?? [] {
      if member.value.array != nil {
        rules.dependencies.append((member.name, .names(names(member.value))))
      } else {
        rules.dependencies.append((member.name, .schema(number("dependencies", member.name))))
      }
    }
    if rules.draft >= .draft6 { rules.propertyNames = schema("propertyNames") }
    guard rules.draft >= .draft2019 else { return }
    for member in object["dependentRequired"]?.object?.members ?? [] where member.value.array != nil {
      rules.dependentRequired.append((member.name, names(member.value)))
    }
    rules.dependentSchemas = members("dependentSchemas").map { (name: $0.0, schema: $0.1) }
    rules.unevaluatedProperties = schema("unevaluatedProperties")
  }

  private mutating func readArrays(into rules: inout Subschema) {
    rules.minItems = count("minItems")
    rules.maxItems = count("maxItems")
    rules.hasUniqueItems = object["uniqueItems"]?.boolean ?? false
    if rules.draft >= .draft2020 {
      rules.firstItems = schemas("prefixItems")
      rules.items = schema("items")
    } else if object["items"]?.array != nil {
      rules.firstItems = schemas("items")
      rules.additionalItems = additional("additionalItems")
    } else {
      rules.items = schema("items")
    }
    if rules.draft >= .draft6 { rules.contains = schema("contains") }
    guard rules.draft >= .draft2019 else { return }
    if rules.contains != nil {
      rules.minContains = count("minContains")
      rules.maxContains = count("maxContains")
    }
    rules.unevaluatedItems = schema("unevaluatedItems")
  }

  private func readValues(into rules: inout Subschema) {
    for name in object["type"]?.string.map({ [$0] }) ?? names(object["type"]) {
      rules.types.insert(TypeSet(named: name))
    }
    rules.allowed = object["enum"]?.array
    if rules.draft >= .draft6 { rules.constant = object["const"] }
    if compiler.assertsFormat || rules.draft.assertsFormat {
      rules.format = object["format"]?.string.flatMap(Format.init)
    }
  }

  private func readTexts(into rules: inout Subschema) throws(SchemaError) {
    rules.minLength = count("minLength")
    rules.maxLength = count("maxLength")
    if let text = object["pattern"]?.string { rules.pattern = try pattern(text, keyword: "pattern") }
  }

  private func readNumbers(into rules: inout Subschema) {
    rules.multipleOf = object["multipleOf"]?.number
    rules.maximum = object["maximum"]?.number
    rules.minimum = object["minimum"]?.number
    // Draft 4 says with a boolean that the bound itself is excluded.
    if object["exclusiveMaximum"]?.boolean == true {
      (rules.exclusiveMaximum, rules.maximum) = (rules.maximum, nil)
    } else {
      rules.exclusiveMaximum = object["exclusiveMaximum"]?.number
    }
    if object["exclusiveMinimum"]?.boolean == true {
      (rules.exclusiveMinimum, rules.minimum) = (rules.minimum, nil)
    } else {
      rules.exclusiveMinimum = object["exclusiveMinimum"]?.number
    }
  }

  private mutating func readDynamicReferences(into rules: inout Subschema) throws(SchemaError) {
    rules.recursiveRef = try reference("$recursiveRef")
    rules.isRecursiveAnchor = object["$recursiveAnchor"]?.boolean ?? false
    guard rules.draft >= .draft2020 else { return }
    if let target = try reference("$dynamicRef") {
      let fragment = SchemaURL.split(object["$dynamicRef"]?.string ?? "").fragment
      let isAnchor = !fragment.isEmpty && !fragment.hasPrefix("/")
      rules.dynamicRef = Subschema.DynamicRef(target: target, anchor: isAnchor ? fragment : nil)
    }
    rules.dynamicAnchor = object["$dynamicAnchor"]?.string
  }

  // Values of keywords

  private mutating func number(_ tokens: String...) -> Subschema.ID {
    let pointer = tokens.reduce(place.pointer) { $0.appending($1) }
    return compiler.number(of: SchemaCompiler.Place(url: place.url, pointer: pointer))
  }

  private mutating func schema(_ keyword: String) -> Subschema.ID? {
    object[keyword] == nil ? nil : number(keyword)
  }

  private mutating func schemas(_ keyword: String) -> [Subschema.ID] {
    var found: [Subschema.ID] = []
    for index in (object[keyword]?.array ?? []).indices { found.append(number(keyword, String(index))) }
    return found
  }

  private mutating func members(_ keyword: String) -> [(String, Subschema.ID)] {
    var found: [(String, Subschema.ID)] = []
    for member in object[keyword]?.object?.members ?? [] { found.append((member.name, number(keyword, member.name))) }
    return found
  }

  private mutating func additional(_ keyword: String) -> Subschema.Additional? {
    if let isAllowed = object[keyword]?.boolean { return .allowed(isAllowed) }
    return schema(keyword).map { .schema($0) }
  }

  private mutating func reference(_ keyword: String) throws(SchemaError) -> Subschema.ID? {
    guard let value = object[keyword], let text = value.string else { return nil }
    return try compiler.resolve(text, base: base, in: place.url, at: value.origin.location)
  }

  private func count(_ keyword: String) -> Int? { object[keyword]?.number?.clampedInt }

  private func names(_ value: JSONValue?) -> [String] { (value?.array ?? []).compactMap(\.string) }

  private func pattern(_ text: String, keyword: String) throws(SchemaError) -> Pattern {
    do throws(PatternError) {
      return try Pattern(text, limits: SchemaCompiler.matchLimits)
    } catch {
      let location = "\(place.text)/\(keyword)"
      throw SchemaError(
        .invalidRegex(regex: text, location: location, reason: error.message), at: object[keyword]?.origin.location)
    }
  }
}
