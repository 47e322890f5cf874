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
  /// What a call takes at least, in steps: they compile, parse or encrypt.
  private static let heavy: [String: Int] = [
    "date": 20, "dateInZone": 20, "date_in_zone": 20, "htmlDate": 20, "htmlDateInZone": 20, "dateModify": 20,
    "date_modify": 20, "mustDateModify": 20, "toDate": 20, "mustToDate": 20, "encryptAES": 200, "decryptAES": 200,
    "semver": 20, "semverCompare": 50, "urlParse": 20, "tpl": 10, "regexMatch": 100,
    "mustRegexMatch": 100, "regexFind": 100, "mustRegexFind": 100, "regexFindAll": 100, "mustRegexFindAll": 100,
    "regexReplaceAll": 100, "mustRegexReplaceAll": 100, "regexReplaceAllLiteral": 100,
    "mustRegexReplaceAllLiteral": 100, "regexSplit": 100, "mustRegexSplit": 100, "title": 10, "snakecase": 10,
    "camelcase": 10, "kebabcase": 10, "swapcase": 10, "initials": 10, "addf": 60, "mulf": 60, "divf": 60, "subf": 60,
  ]
  /// They make a value of each word of a text.
  private static let reading: Set<String> = [
    "fromJson", "mustFromJson", "fromJsonArray", "fromToml", "split", "splitn", "splitList",
  ]
  /// They walk over values once for each of some others.
  private static let comparing: Set<String> = ["without", "mustWithout", "uniq", "mustUniq"]

  /// The function at its cost.
  static func priced(_ function: Function) -> Function {
    if walking.contains(function.name) { return function.costing(.deep()) }
    if let steps = heavy[function.name] { return function.costing(.heavy(steps: steps)) }
    if function.name == "fromYaml" || function.name == "fromYamlArray" { return function.costing(.expanding) }
    if reading.contains(function.name) { return function.costing(.reading) }
    if comparing.contains(function.name) { return function.costing(.comparing) }
    if function.name == "deepCopy" || function.name == "mustDeepCopy" { return function.costing(.deep(times: 4)) }
    return function
  }
}
