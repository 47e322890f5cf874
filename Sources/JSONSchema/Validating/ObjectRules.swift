import Diagnostics
import Pattern

/// The keywords for objects.
extension Validation {
  mutating func validateObject(_ frame: inout Frame, _ object: JSONObject, _ compiled: CompiledSubschema) {
    let count = object.members.count
    if let wanted = compiled.rules.minProperties, count < wanted {
      frame.add(
        violation(
          "minProperties", "minProperties: got \(EnglishNumber.whole(count)), want \(EnglishNumber.whole(wanted))",
          of: frame))
    }
    if let wanted = compiled.rules.maxProperties, count > wanted {
      frame.add(
        violation(
          "maxProperties", "maxProperties: got \(EnglishNumber.whole(count)), want \(EnglishNumber.whole(wanted))",
          of: frame))
    }
    let missing = compiled.rules.required.filter { object[$0] == nil }
    if !missing.isEmpty {
      let nouns = missing.count == 1 ? "property" : "properties"
      frame.add(violation("required", "missing \(nouns) \(GoQuote.list(missing))", of: frame))
    }
    if frame.isSilent, !frame.violations.isEmpty { return }
    for (name, needs) in compiled.rules.dependencies where object[name] != nil {
      switch needs {
      case .names(let names): requireNames(names, beside: name, keyword: "dependency", &frame, object)
      case .schema(let schema): frame.add(validateSame(&frame, schema))
      }
    }
    validateMembers(&frame, object, compiled)
    if compiled.rules.draft >= .draft6 { validateNames(&frame, object, compiled) }
    for (name, schema) in compiled.rules.dependentSchemas where object[name] != nil {
      frame.add(validateSame(&frame, schema))
    }
    for (name, names) in compiled.rules.dependentRequired where object[name] != nil {
      requireNames(names, beside: name, keyword: "dependentRequired", &frame, object)
    }
  }

  private func requireNames(
    _ names: [String], beside name: String, keyword: String, _ frame: inout Frame, _ object: JSONObject
  ) {
    let missing = names.filter { object[$0] == nil }
    guard !missing.isEmpty else { return }
    let message = "properties \(GoQuote.list(missing)) required, if \(GoQuote.single(name)) exists"
    frame.add(violation("\(keyword)/\(JSONPointer.escape(name))", message, of: frame))
  }

  private mutating func validateMembers(_ frame: inout Frame, _ object: JSONObject, _ compiled: CompiledSubschema) {
    var extra: [JSONObject.Member] = []
    for member in object.members {
      if frame.isSilent, !frame.violations.isEmpty { return }
      var isEvaluated = false
      if let schema = compiled.rules.properties[member.name] {
        isEvaluated = true
        frame.add(validateInner(frame, member.value, at: .name(member.name), schema))
      }
      for (pattern, schema) in compiled.rules.patternProperties where matches(pattern, member.name, frame) {
        isEvaluated = true
        frame.add(validateInner(frame, member.value, at: .name(member.name), schema))
      }
      if !isEvaluated, let additional = compiled.rules.additionalProperties {
        isEvaluated = true
        switch additional {
        case .allowed(let isAllowed): if !isAllowed { extra.append(member) }
        case .schema(let schema): frame.add(validateInner(frame, member.value, at: .name(member.name), schema))
        }
      }
      if isEvaluated { frame.open.names.remove(member.name) }
    }
    guard let first = extra.first else { return }
    let failure = violation(
      "additionalProperties", "additional properties \(GoQuote.list(extra.map(\.name))) not allowed", of: frame,
      at: first.nameOrigin)
    guard !frame.isSilent else { return frame.add(failure) }
    var told = failure.violation
    told.surplus = extra.map(\.name)
    frame.add(Failure(told))
  }

  private mutating func validateNames(_ frame: inout Frame, _ object: JSONObject, _ compiled: CompiledSubschema) {
    guard let schema = compiled.rules.propertyNames else { return }
    for member in object.members {
      // A name is a value of its own, with a path of its own.
      let name = JSONValue(kind: .string(member.name), origin: member.nameOrigin)
      var inner = Validation(library: library, limits: limits)
      (inner.steps, inner.patterns) = (steps, patterns)
      let causes = inner.run(name, schema)
      (steps, patterns) = (inner.steps, inner.patterns)
      if inner.surrender != nil { surrender = inner.surrender }
      guard !causes.isEmpty else { continue }
      // The library behind Helm names no path here.
      let place = path
      path = []
      frame.add(
        violation(
          "propertyNames", "invalid propertyName \(GoQuote.single(member.name))", of: frame, at: member.nameOrigin,
          causes: causes.map(Failure.init)))
      path = place
    }
  }

  /// Whether the pattern matches anywhere in the text; a match that is too much work ends the run.
  mutating func matches(_ pattern: Pattern, _ text: String, _ frame: Frame) -> Bool {
    guard spend(20, on: frame) else { return false }
    patterns += 1
    do throws(PatternError) {
      return try pattern.matches(text, limits: matchLimits(for: text))
    } catch {
      if surrender == nil { surrender = violation("pattern", error.message, of: frame, isForced: true) }
      return false
    }
  }

  /// Each match may take less than the one before it, but always a few steps for each byte.
  private func matchLimits(for text: String) -> MatchLimits {
    let first = SchemaCompiler.matchLimits
    let least = UInt32(clamping: 1_000 + 8 * text.utf8.count)
    return MatchLimits(
      steps: min(first.steps, max(first.steps / UInt32(clamping: 1 + patterns / 64), least)), kibibytes: first.kibibytes
    )
  }
}
