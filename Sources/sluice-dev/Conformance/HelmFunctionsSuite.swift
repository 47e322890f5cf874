import Foundation
import GoTemplate
import Sprig

/// `helm/functions`: tables of templates with what the function map of Helm's engine makes of them.
enum HelmFunctionsSuite {
  static func run(_ directory: String) -> SuiteResult {
    var result = SuiteResult()
    for name in ["own", "sprig", "helm-funcs", "go-text-template", "go-text-template-parse"] {
      guard let table = read("\(directory)/\(name).json") else { continue }
      runTemplates(table, name, &result)
    }
    if let table = read("\(directory)/yaml-roundtrip.json") { runRoundtrips(table, &result) }
    return result
  }

  private static func read(_ path: String) -> Dict? {
    guard let data = FileManager.default.contents(atPath: path),
      case .dict(let table)? = try? JSONReader.read(GoString(Array(data)))
    else { return nil }
    return table
  }

  private static func cases(_ table: Dict) -> [Dict] {
    guard case .list(let list)? = table["cases"] else { return [] }
    return list.elements.compactMap { element in
      guard case .dict(let one) = element else { return nil }
      return one
    }
  }

  private static func string(_ dict: Dict, _ key: GoString) -> GoString? {
    guard case .string(let text)? = dict[key] else { return nil }
    return text
  }

  // MARK: Templates

  private static func runTemplates(_ table: Dict, _ name: String, _ result: inout SuiteResult) {
    for one in cases(table) {
      guard let template = string(one, "template") else {
        result.skipped += 1
        continue
      }
      let isStrict = one["strict"]?.isTrue ?? false
      let actual = rendered(template, data(of: one, in: table), isStrict: isStrict)
      let expected = string(one, "expected") ?? GoString("error: ") + withoutMarkers(string(one, "error") ?? "")
      check("\(name) \(id(one)) \(template)", expected, actual, &result)
    }
  }

  private static func id(_ one: Dict) -> GoString { one["id"].map(Formatter.text) ?? "?" }

  private static func data(of one: Dict, in table: Dict) -> Value {
    guard let text = string(one, "data")?.text else { return one["data"] ?? .null }
    if text == "COMMON" { return (table["commonData"] ?? .null).deepCopy() }
    guard text.hasPrefix("SHARED:"), case .dict(let shared)? = table["sharedData"] else { return .text(text) }
    return (shared[GoString(String(text.dropFirst(7)))] ?? .null).deepCopy()
  }

  /// `required` and `fail` are errors of their own here; Helm wraps their messages and unwraps them later.
  private static func withoutMarkers(_ text: GoString) -> GoString {
    GoString(
      text.text.replacingOccurrences(of: "HELM_ERR_START", with: "")
        .replacingOccurrences(of: "HELM_ERR_END", with: ""))
  }

  private static func rendered(_ template: GoString, _ data: Value, isStrict: Bool = false) -> GoString {
    var set = TemplateSet(name: "gotpl", functions: Sprig.helm, missingKey: isStrict ? .error : .zero)
    do throws(TemplateError) {
      try set.add(TemplateSource(name: "t", bytes: template.bytes))
      return GoString(try set.render("t", with: data).removing(Evaluator.noValue).bytes)
    } catch {
      return GoString("error: " + error.text)
    }
  }

  private static func check(
    _ name: String, _ expected: GoString, _ actual: GoString, _ result: inout SuiteResult
  ) {
    // The tables are JSON, where a byte that is no UTF-8 became U+FFFD.
    guard expected != GoString(scalars: actual.scalars) else {
      result.passed += 1
      return
    }
    result.failed += 1
    print("\(Quoting.quote(name)): expected \(Quoting.quote(expected)), got \(Quoting.quote(actual))")
  }

  // MARK: YAML

  private static func runRoundtrips(_ table: Dict, _ result: inout SuiteResult) {
    let templates: [(GoString, GoString)] = [
      ("fromYaml_toJson", "{{ fromYaml . | toJson }}"), ("fromYaml_toYaml", "{{ fromYaml . | toYaml }}"),
      ("fromYamlArray_toJson", "{{ fromYamlArray . | toJson }}"),
    ]
    for one in cases(table) {
      guard let yaml = string(one, "yaml") else { continue }
      for (key, template) in templates {
        guard let expected = string(one, key) else { continue }
        check("yaml-roundtrip \(id(one)) \(key) \(yaml)", expected, rendered(template, .string(yaml)), &result)
      }
    }
  }
}

extension GoString {
  fileprivate static func + (left: GoString, right: GoString) -> GoString { GoString(left.bytes + right.bytes) }
}
