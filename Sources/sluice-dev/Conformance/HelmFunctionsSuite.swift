import Foundation
import GoTemplate
import Helm
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
    if let table = read("\(directory)/engine.json") { runEngine(table, &result) }
    if let table = read("\(directory)/strvals.json") { runSetValues(table, &result) }
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

  // MARK: Several templates

  private static func runEngine(_ table: Dict, _ result: inout SuiteResult) {
    for one in cases(table) {
      // Linting lets required values be absent; nothing of ours lints that way.
      guard case .dict(let templates)? = one["templates"], one["lint"]?.isTrue != true else {
        result.skipped += 1
        continue
      }
      let name = "engine \(one["source"].map(Formatter.text) ?? "")"
      let engine = Engine(tasks(templates), isStrict: one["strict"]?.isTrue ?? false)
      do throws(Engine.Failure) {
        let written = Dict()
        for rendered in try engine.run().rendered {
          written[GoString(rendered.path)] = .string(GoString(rendered.output.bytes))
        }
        check(name, Formatter.text(one["rendered"] ?? .null), Formatter.text(.dict(written)), &result)
      } catch {
        let expected = withoutMarkers(string(one, "error") ?? "")
        let isRaw = expected.text.hasPrefix("template: ")
        check(name, expected, GoString(isRaw ? raw(error) : TemplateComplaint.error(error).text), &result)
      }
    }
  }

  private static func raw(_ failure: Engine.Failure) -> String {
    switch failure {
    case .parsing(let error, _), .executing(let error): error.text
    }
  }

  private static func tasks(_ templates: Dict) -> [String: Engine.Task] {
    var tasks: [String: Engine.Task] = [:]
    for path in templates.sortedKeys {
      guard case .dict(let template)? = templates[path], case .dict(let scope)? = template["vals"] else { continue }
      if case .dict(let files)? = scope["Files"] {
        let contents = files.entries.mapValues { Array(Data(base64Encoded: Formatter.text($0).text) ?? Data()) }
        scope["Files"] = .object(ChartFiles(contents))
      }
      let source = TemplateSource(name: path.text, bytes: (string(template, "template") ?? "").bytes)
      tasks[path.text] = Engine.Task(
        source: source, scope: scope, basePath: (string(template, "basePath") ?? "").text)
    }
    return tasks
  }

  // MARK: --set

  private static func runSetValues(_ table: Dict, _ result: inout SuiteResult) {
    let styles: [GoString: SetValues.Style] = [
      "set": .typed, "set-string": .text, "set-json": .json, "set-literal": .literal,
    ]
    for one in cases(table) {
      guard let style = string(one, "func").flatMap({ styles[$0] }), let input = string(one, "input") else {
        result.skipped += 1
        continue
      }
      var target = Dict()
      if case .dict(let given)? = one["dest"] { target = given }
      let name = "strvals \(id(one)) \(input)"
      do throws(SetValues.Malformed) {
        try SetValues.apply(input.text, style, to: target)
        check(name, json(one["result"]), string(one, "error") == nil ? json(.dict(target)) : "a result", &result)
      } catch {
        check(name, string(one, "error") ?? json(one["result"]), GoString(error.message), &result)
      }
    }
  }

  private static func json(_ value: Value?) -> GoString { (try? JSONWriter.write(value ?? .null)) ?? "" }

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
