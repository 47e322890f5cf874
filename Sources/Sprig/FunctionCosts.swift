import GoTemplate

/// What functions cost that do more than look at their arguments: without it a few words of a template could keep a
/// machine busy.
enum FunctionCosts {
  /// They write, copy or compare all that is in a value.
  private static let walking: Set<String> = [
    "toYaml", "mustToYaml", "toYamlPretty", "toToml", "mustToToml", "toJson", "mustToJson", "toPrettyJson",
    "mustToPrettyJson", "toRawJson", "mustToRawJson", "quote", "squote", "cat", "join", "toString", "toStrings",
    "sortAlpha", "deepEqual", "has", "mustHas", "toDecimal",
  ]
  /// They make a value of each word of a text, or read it byte by byte.
  private static let reading: Set<String> = [
    "fromYaml", "fromYamlArray", "fromJson", "mustFromJson", "fromJsonArray", "fromToml", "tpl", "split", "splitn",
    "splitList", "encryptAES", "decryptAES", "toDate", "mustToDate", "urlParse", "semver", "semverCompare",
    "regexMatch", "mustRegexMatch", "regexFind", "mustRegexFind", "regexFindAll", "mustRegexFindAll", "regexReplaceAll",
    "mustRegexReplaceAll", "regexReplaceAllLiteral", "mustRegexReplaceAllLiteral", "regexSplit", "mustRegexSplit",
  ]
  /// They walk over values once for each of some others.
  private static let comparing: Set<String> = ["without", "mustWithout", "uniq", "mustUniq"]

  /// The function at its cost.
  static func priced(_ function: Function) -> Function {
    if walking.contains(function.name) { return function.costing(.deep()) }
    if reading.contains(function.name) { return function.costing(.reading) }
    if comparing.contains(function.name) { return function.costing(.comparing) }
    if function.name == "deepCopy" || function.name == "mustDeepCopy" { return function.costing(.deep(times: 4)) }
    return function
  }
}
