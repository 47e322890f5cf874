import Diagnostics
import Pattern

/// The keywords for texts and numbers.
extension Validation {
  mutating func validateText(_ frame: inout Frame, _ text: String, _ compiled: CompiledSubschema) {
    let length = compiled.rules.minLength == nil && compiled.rules.maxLength == nil ? 0 : text.unicodeScalars.count
    if let wanted = compiled.rules.minLength, length < wanted {
      frame.add(
        violation(
          "minLength", "minLength: got \(EnglishNumber.whole(length)), want \(EnglishNumber.whole(wanted))", of: frame))
    }
    if let wanted = compiled.rules.maxLength, length > wanted {
      frame.add(
        violation(
          "maxLength", "maxLength: got \(EnglishNumber.whole(length)), want \(EnglishNumber.whole(wanted))", of: frame))
    }
    if let pattern = compiled.rules.pattern, !matches(pattern, text, frame) {
      let message = "\(GoQuote.single(text)) does not match pattern \(GoQuote.single(pattern.source))"
      frame.add(violation("pattern", message, of: frame))
    }
  }

  func validateNumber(_ frame: inout Frame, _ number: JSONNumber, _ compiled: CompiledSubschema) {
    func refuse(_ keyword: String, _ wanted: JSONNumber) {
      let message = "\(keyword): got \(EnglishNumber.float(number)), want \(EnglishNumber.float(wanted))"
      frame.add(violation(keyword, message, of: frame))
    }
    if let wanted = compiled.rules.minimum, number < wanted { refuse("minimum", wanted) }
    if let wanted = compiled.rules.maximum, number > wanted { refuse("maximum", wanted) }
    if let wanted = compiled.rules.exclusiveMinimum, number <= wanted { refuse("exclusiveMinimum", wanted) }
    if let wanted = compiled.rules.exclusiveMaximum, number >= wanted { refuse("exclusiveMaximum", wanted) }
    if let wanted = compiled.rules.multipleOf, !number.isMultiple(of: wanted) { refuse("multipleOf", wanted) }
  }
}
