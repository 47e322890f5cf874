import Diagnostics

/// The keywords in the order in which the library behind Helm 4 asks them: some end the matter at once.
extension Validation {
  /// How the frame's value breaks its schema; nil when it does not.
  mutating func validate(_ frame: inout Frame) -> Failure? {
    // The search for cycles goes back through the scopes.
    guard spend(1 + scopes.count / 32, on: frame) else { return violation("", "", of: frame) }
    let compiled = frame.compiled
    if let isValid = compiled.rules.boolean { return isValid ? nil : violation("", "false schema", of: frame) }
    if let cycle = cycleViolation(frame) { return cycle }
    if let early = generalViolation(frame, compiled) { return early }
    if let ref = compiled.rules.ref {
      let failure = validateReference(&frame, ref, "$ref")
      if compiled.rules.draft < .draft2019 { return failure }
      frame.add(failure)
    }
    switch frame.value.kind {
    case .object(let object): validateObject(&frame, object, compiled)
    case .array(let items): validateArray(&frame, items, compiled)
    case .string(let text): validateText(&frame, text, compiled)
    case .number(let number, _): validateNumber(&frame, number, compiled)
    default: break
    }
    if frame.violations.isEmpty || !frame.isSilent {
      if compiled.rules.draft >= .draft2019 { validateDynamicReferences(&frame, compiled) }
      validateCombinations(&frame, compiled)
      if compiled.rules.draft >= .draft2019 { validateUnevaluated(&frame, compiled) }
    }
    guard frame.violations.count > 1 else { return frame.violations.first }
    return violation("", "validation failed", of: frame, causes: frame.violations, role: .group)
  }

  /// A schema that leads back to itself for the same value would never end.
  private func cycleViolation(_ frame: Frame) -> Failure? {
    guard let current = scopes.last else { return nil }
    for (index, scope) in scopes.enumerated().dropLast().reversed() {
      guard scope.value == current.value else { return nil }
      guard scope.schema == current.schema else { continue }
      return violation(
        "",
        """
        both \(keywordPath(upTo: scopes.count - 1)) and \(keywordPath(upTo: index)) resolve to \
        \(GoQuote.double(frame.compiled.rules.location)) causing reference cycle
        """,
        of: frame, isForced: true)
    }
    return nil
  }

  /// The keywords that lead to a scope.
  private func keywordPath(upTo last: Int) -> String {
    guard last > 0 else { return "" }
    return (1...last).map { index in
      if let reference = scopes[index].reference { return "/" + JSONPointer.escape(reference) }
      let (outer, inner) = (
        library.subschemas[scopes[index - 1].schema].rules.location,
        library.subschemas[scopes[index].schema].rules.location
      )
      return inner.hasPrefix(outer) ? String(inner.dropFirst(outer.count)) : inner
    }.joined()
  }

  /// Types, fixed values and formats: what breaks one of them is not looked at any further.
  private func generalViolation(_ frame: Frame, _ compiled: CompiledSubschema) -> Failure? {
    let value = frame.value
    if case .foreign(let type) = value.kind { return violation("", "invalid jsonType \(type)", of: frame) }
    if !compiled.rules.types.isEmpty, compiled.rules.types.isDisjoint(with: value.type),
      !(compiled.rules.types.contains(.integer) && value.number?.isInteger == true)
    {
      let (found, wanted) = (value.type.names.joined(), compiled.rules.types.names.joined(separator: " or "))
      return violation("type", "got \(found), want \(wanted)", of: frame)
    }
    if let constant = compiled.rules.constant, value != constant {
      return violation("const", constant.isPrimitive ? "value must be \(constant.shown)" : "const failed", of: frame)
    }
    if let allowed = compiled.rules.allowed, !allowed.contains(value) {
      return violation("enum", Self.enumMessage(allowed), of: frame)
    }
    if let format = compiled.rules.format, let text = value.string, let reason = format.problem(in: text) {
      return violation("format", "\(value.shown) is not valid \(format.name): \(reason)", of: frame)
    }
    return nil
  }

  private static func enumMessage(_ allowed: [JSONValue]) -> String {
    guard allowed.allSatisfy(\.isPrimitive) else { return "enum failed" }
    if allowed.count == 1 { return "value must be \(allowed[0].shown)" }
    return "value must be one of \(allowed.map(\.shown).joined(separator: ", "))"
  }
}

extension JSONValue {
  var isPrimitive: Bool {
    switch kind {
    case .array, .object: false
    default: true
    }
  }

  /// The value as a message shows it.
  var shown: String {
    switch kind {
    case .null: "<nil>"
    case .boolean(let value): value ? "true" : "false"
    case .number(_, let text): text
    case .string(let text): GoQuote.single(text)
    case .array, .object, .foreign: "value"
    }
  }
}
