import Diagnostics

/// The keywords that apply other schemas to the same value.
extension Validation {
  mutating func validateCombinations(_ frame: inout Frame, _ compiled: CompiledSubschema) {
    if let schema = compiled.rules.not, validateSame(&frame, schema, isSilent: true) == nil {
      frame.add(violation("not", "not failed", of: frame))
    }
    if !compiled.rules.allOf.isEmpty {
      var causes: [Failure] = []
      for schema in compiled.rules.allOf {
        guard let failure = validateSame(&frame, schema) else { continue }
        causes.append(failure)
        if frame.isSilent { break }
      }
      if !causes.isEmpty { frame.add(violation("allOf", "allOf failed", of: frame, causes: causes)) }
    }
    if !compiled.rules.anyOf.isEmpty { validateAnyOf(&frame, compiled.rules.anyOf) }
    if !compiled.rules.oneOf.isEmpty { validateOneOf(&frame, compiled.rules.oneOf) }
    guard let condition = compiled.rules.condition else { return }
    let branch =
      validateSame(&frame, condition, isSilent: true) == nil ? compiled.rules.consequence : compiled.rules.alternative
    if let branch { frame.add(validateSame(&frame, branch)) }
  }

  private mutating func validateAnyOf(_ frame: inout Frame, _ schemas: [Subschema.ID]) {
    var causes: [Failure] = []
    var hasMatch = false
    for schema in schemas {
      if let failure = validateSame(&frame, schema) {
        causes.append(failure)
      } else {
        hasMatch = true
        // What is still unevaluated may be evaluated by a later alternative.
        if frame.open.isEmpty { break }
      }
    }
    if !hasMatch { frame.add(violation("anyOf", "anyOf failed", of: frame, causes: causes)) }
  }

  private mutating func validateOneOf(_ frame: inout Frame, _ schemas: [Subschema.ID]) {
    var causes: [Failure] = []
    var match: Int?
    for (index, schema) in schemas.enumerated() {
      if let failure = validateSame(&frame, schema, isSilent: match != nil) {
        causes.append(failure)
      } else if let match {
        frame.add(violation("oneOf", "oneOf failed, subschemas \(match), \(index) matched", of: frame))
        return
      } else {
        match = index
      }
    }
    if match == nil { frame.add(violation("oneOf", "oneOf failed, none matched", of: frame, causes: causes)) }
  }

  mutating func validateUnevaluated(_ frame: inout Frame, _ compiled: CompiledSubschema) {
    if let schema = compiled.rules.unevaluatedProperties, let object = frame.value.object {
      for member in object.members where frame.open.names.contains(member.name) {
        frame.add(validateInner(frame, member.value, at: .name(member.name), schema))
      }
      frame.open.names = []
    }
    if let schema = compiled.rules.unevaluatedItems, let items = frame.value.array {
      for index in frame.open.indices.sorted() {
        frame.add(validateInner(frame, items[index], at: .index(index), schema))
      }
      frame.open.indices = []
    }
  }

  // References

  mutating func validateReference(_ frame: inout Frame, _ schema: Subschema.ID, _ keyword: String) -> Failure? {
    guard let failure = validateSame(&frame, schema, reference: keyword) else { return nil }
    guard !frame.isSilent else { return failure }
    let causes = failure.violation.role == .group ? failure.violation.causes.map(Failure.init) : [failure]
    return violation(keyword, "validation failed", of: frame, causes: causes, role: .reference)
  }

  mutating func validateDynamicReferences(_ frame: inout Frame, _ compiled: CompiledSubschema) {
    if var target = compiled.rules.recursiveRef {
      if library.subschemas[target].rules.isRecursiveAnchor { target = outermostRecursiveAnchor(target) }
      frame.add(validateReference(&frame, target, "$recursiveRef"))
    }
    if let reference = compiled.rules.dynamicRef {
      var target = reference.target
      if let anchor = reference.anchor, library.subschemas[target].rules.dynamicAnchor == anchor {
        target = outermostDynamicAnchor(anchor) ?? target
      }
      frame.add(validateReference(&frame, target, "$dynamicRef"))
    }
  }

  /// The outermost schema on the way here whose resource says `$recursiveAnchor: true`.
  private func outermostRecursiveAnchor(_ fallback: Subschema.ID) -> Subschema.ID {
    scopes.first { scope in
      library.subschemas[library.subschemas[scope.schema].rules.resource].rules.isRecursiveAnchor
    }?.schema ?? fallback
  }

  /// Where the outermost resource on the way here has the anchor.
  private func outermostDynamicAnchor(_ name: String) -> Subschema.ID? {
    for scope in scopes {
      let resource = library.subschemas[scope.schema].rules.resource
      if let target = library.subschemas[resource].rules.dynamicAnchors[name] { return target }
    }
    return nil
  }
}
