import Diagnostics
import Pattern

/// The keywords of one subschema.
struct Keywords {
  let object: JSONObject
  let place: SchemaCompiler.Place
  /// The URL of the resource, against which references are resolved.
  let base: String

  func count(_ keyword: String) -> Int? { object[keyword]?.number?.clampedInt }

  func names(_ value: JSONValue?) -> [String] { (value?.array ?? []).compactMap(\.string) }

  func pattern(_ text: String, keyword: String) throws(SchemaError) -> Pattern {
    do throws(PatternError) {
      return try Pattern(text, limits: SchemaCompiler.matchLimits)
    } catch {
      let location = "\(place.text)/\(keyword)"
      throw SchemaError(
        .invalidRegex(regex: text, location: location, reason: error.message), at: object[keyword]?.origin.location)
    }
  }
}

/// Reads keywords. What is unknown or of the wrong type is ignored: the metaschema has had its say.
extension SchemaCompiler {
  mutating func read(_ keywords: Keywords, into rules: inout Subschema) throws(SchemaError) {
    rules.ref = try reference(keywords, "$ref")
    // Until draft 7 everything beside a `$ref` is ignored.
    if rules.draft < .draft2019, rules.ref != nil { return }
    readCombinations(keywords, into: &rules)
    try readObjects(keywords, into: &rules)
    readArrays(keywords, into: &rules)
    readValues(keywords, into: &rules)
    try readTexts(keywords, into: &rules)
    readNumbers(keywords, into: &rules)
    if rules.draft >= .draft2019 { try readDynamicReferences(keywords, into: &rules) }
  }

  private mutating func readCombinations(_ keywords: Keywords, into rules: inout Subschema) {
    rules.allOf = schemas(keywords, "allOf")
    rules.anyOf = schemas(keywords, "anyOf")
    rules.oneOf = schemas(keywords, "oneOf")
    rules.not = schema(keywords, "not")
    guard rules.draft >= .draft7, let condition = schema(keywords, "if") else { return }
    rules.condition = condition
    rules.consequence = schema(keywords, "then")
    rules.alternative = schema(keywords, "else")
  }

  private mutating func readObjects(_ keywords: Keywords, into rules: inout Subschema) throws(SchemaError) {
    rules.minProperties = keywords.count("minProperties")
    rules.maxProperties = keywords.count("maxProperties")
    rules.required = keywords.names(keywords.object["required"])
    for (name, number) in members(keywords, "properties") { rules.properties[name] = number }
    for (name, number) in members(keywords, "patternProperties") {
      rules.patternProperties.append((try keywords.pattern(name, keyword: "patternProperties"), number))
    }
    rules.additionalProperties = additional(keywords, "additionalProperties")
    for member in keywords.object["dependencies"]?.object?.members ?? [] {
      if member.value.array != nil {
        rules.dependencies.append((member.name, .names(keywords.names(member.value))))
      } else {
        rules.dependencies.append((member.name, .schema(number(keywords, "dependencies", member.name))))
      }
    }
    if rules.draft >= .draft6 { rules.propertyNames = schema(keywords, "propertyNames") }
    guard rules.draft >= .draft2019 else { return }
    for member in keywords.object["dependentRequired"]?.object?.members ?? [] where member.value.array != nil {
      rules.dependentRequired.append((member.name, keywords.names(member.value)))
    }
    rules.dependentSchemas = members(keywords, "dependentSchemas").map { (name: $0.0, schema: $0.1) }
    rules.unevaluatedProperties = schema(keywords, "unevaluatedProperties")
  }

  private mutating func readArrays(_ keywords: Keywords, into rules: inout Subschema) {
    rules.minItems = keywords.count("minItems")
    rules.maxItems = keywords.count("maxItems")
    rules.hasUniqueItems = keywords.object["uniqueItems"]?.boolean ?? false
    if rules.draft >= .draft2020 {
      rules.firstItems = schemas(keywords, "prefixItems")
      rules.items = schema(keywords, "items")
    } else if keywords.object["items"]?.array != nil {
      rules.firstItems = schemas(keywords, "items")
      rules.additionalItems = additional(keywords, "additionalItems")
    } else {
      rules.items = schema(keywords, "items")
    }
    if rules.draft >= .draft6 { rules.contains = schema(keywords, "contains") }
    guard rules.draft >= .draft2019 else { return }
    if rules.contains != nil {
      rules.minContains = keywords.count("minContains")
      rules.maxContains = keywords.count("maxContains")
    }
    rules.unevaluatedItems = schema(keywords, "unevaluatedItems")
  }

  private func readValues(_ keywords: Keywords, into rules: inout Subschema) {
    for name in keywords.object["type"]?.string.map({ [$0] }) ?? keywords.names(keywords.object["type"]) {
      rules.types.insert(TypeSet(named: name))
    }
    rules.allowed = keywords.object["enum"]?.array
    if rules.draft >= .draft6 { rules.constant = keywords.object["const"] }
    if assertsFormat || rules.draft.assertsFormat {
      rules.format = keywords.object["format"]?.string.flatMap(Format.init)
    }
  }

  private func readTexts(_ keywords: Keywords, into rules: inout Subschema) throws(SchemaError) {
    rules.minLength = keywords.count("minLength")
    rules.maxLength = keywords.count("maxLength")
    if let text = keywords.object["pattern"]?.string { rules.pattern = try keywords.pattern(text, keyword: "pattern") }
  }

  private func readNumbers(_ keywords: Keywords, into rules: inout Subschema) {
    rules.multipleOf = keywords.object["multipleOf"]?.number
    rules.maximum = keywords.object["maximum"]?.number
    rules.minimum = keywords.object["minimum"]?.number
    // Draft 4 says with a boolean that the bound itself is excluded.
    if keywords.object["exclusiveMaximum"]?.boolean == true {
      (rules.exclusiveMaximum, rules.maximum) = (rules.maximum, nil)
    } else {
      rules.exclusiveMaximum = keywords.object["exclusiveMaximum"]?.number
    }
    if keywords.object["exclusiveMinimum"]?.boolean == true {
      (rules.exclusiveMinimum, rules.minimum) = (rules.minimum, nil)
    } else {
      rules.exclusiveMinimum = keywords.object["exclusiveMinimum"]?.number
    }
  }

  private mutating func readDynamicReferences(_ keywords: Keywords, into rules: inout Subschema) throws(SchemaError) {
    rules.recursiveRef = try reference(keywords, "$recursiveRef")
    rules.isRecursiveAnchor = keywords.object["$recursiveAnchor"]?.boolean ?? false
    guard rules.draft >= .draft2020 else { return }
    if let target = try reference(keywords, "$dynamicRef") {
      let fragment = SchemaURL.split(keywords.object["$dynamicRef"]?.string ?? "").fragment
      let isAnchor = !fragment.isEmpty && !fragment.hasPrefix("/")
      rules.dynamicRef = Subschema.DynamicRef(target: target, anchor: isAnchor ? fragment : nil)
    }
    rules.dynamicAnchor = keywords.object["$dynamicAnchor"]?.string
  }

  // What keywords hold

  private mutating func number(_ keywords: Keywords, _ tokens: String...) -> Subschema.ID {
    let pointer = tokens.reduce(keywords.place.pointer) { $0.appending($1) }
    return number(of: Place(url: keywords.place.url, pointer: pointer))
  }

  private mutating func schema(_ keywords: Keywords, _ keyword: String) -> Subschema.ID? {
    keywords.object[keyword] == nil ? nil : number(keywords, keyword)
  }

  private mutating func schemas(_ keywords: Keywords, _ keyword: String) -> [Subschema.ID] {
    var found: [Subschema.ID] = []
    for index in (keywords.object[keyword]?.array ?? []).indices {
      found.append(number(keywords, keyword, String(index)))
    }
    return found
  }

  private mutating func members(_ keywords: Keywords, _ keyword: String) -> [(String, Subschema.ID)] {
    var found: [(String, Subschema.ID)] = []
    for member in keywords.object[keyword]?.object?.members ?? [] {
      found.append((member.name, number(keywords, keyword, member.name)))
    }
    return found
  }

  private mutating func additional(_ keywords: Keywords, _ keyword: String) -> Subschema.Additional? {
    if let isAllowed = keywords.object[keyword]?.boolean { return .allowed(isAllowed) }
    return schema(keywords, keyword).map { .schema($0) }
  }

  private mutating func reference(_ keywords: Keywords, _ keyword: String) throws(SchemaError) -> Subschema.ID? {
    guard let value = keywords.object[keyword], let text = value.string else { return nil }
    return try resolve(text, base: keywords.base, in: keywords.place.url, at: value.origin.location)
  }
}
