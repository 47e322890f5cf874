import GoTemplate
import YAML

/// What Helm adds to sprig, as far as it needs no chart.
enum HelmFunctions {
  static let functions: [Function] = calling + yaml + json

  // MARK: Templates

  private static let calling: [Function] = [
    Function("include", .string, .any, evaluating: include),
    Function("tpl", .string, .any, evaluating: expand),
    Function("required", .string, .any) { (arguments) throws(FunctionError) in
      if arguments[1].isNil { throw .failed(arguments.string(0).text) }
      if case .string(let text) = arguments[1], text.isEmpty { throw .failed(arguments.string(0).text) }
      return arguments[1]
    },
    Function("fail", .string) { (arguments) throws(FunctionError) in throw .failed(arguments.string(0).text) },
    Function("lookup", .string, .string, .string, .string) { (_, evaluator) throws(FunctionError) in
      evaluator.madeUp.insert("lookup")
      return .anyDict([:])
    },
  ]

  /// How often a template may be included within itself.
  private static let deepestInclude = 1_000

  @Sendable private static func include(
    _ arguments: [Value], _ evaluator: inout Evaluator
  ) throws(FunctionError) -> Value {
    let name = arguments.string(0)
    let depth = evaluator.includeDepths[name, default: 0]
    guard depth <= deepestInclude else {
      throw .limit("rendering template has a nested reference name: \(name): unable to execute template")
    }
    evaluator.includeDepths[name] = depth + 1
    defer { evaluator.includeDepths[name] = depth }
    return .string(try evaluator.render(name, with: arguments[1]))
  }

  /// `tpl`: the text may call all templates there are, and what it defines is gone afterwards.
  @Sendable private static func expand(
    _ arguments: [Value], _ evaluator: inout Evaluator
  ) throws(FunctionError) -> Value {
    let text = arguments.string(0)
    let quoted = Quoting.quote(text)
    let outer = evaluator.templates
    defer { evaluator.templates = outer }
    let definition: Evaluator.Definition
    do throws(TemplateError) {
      definition = try evaluator.define(TemplateSource(name: outer.name, bytes: text.bytes))
    } catch {
      throw .template(error, prefix: "cannot parse template \(quoted): ")
    }
    do throws(FunctionError) {
      let written = try evaluator.render(definition, with: arguments[1])
      return .string(written.replacing(Evaluator.noValue, with: ""))
    } catch {
      guard case .template(let inner, let prefix) = error else { throw error }
      throw .template(inner, prefix: "error during tpl function execution for \(quoted): " + prefix)
    }
  }

  // MARK: YAML

  private static let yaml: [Function] = [
    // Helm swallows errors of writing here and in the other functions without "must".
    Function("toYaml", .any) { .string((try? YAMLValues.write($0[0])) ?? "") },
    Function("mustToYaml", .any) { (arguments) throws(FunctionError) in
      do throws(YAMLValues.Malformed) {
        return .string(try YAMLValues.write(arguments[0]))
      } catch {
        throw .message(error.message)
      }
    },
    Function("toYamlPretty", .any) { .string((try? YAMLValues.write($0[0], style: .toYAMLPretty)) ?? "") },
    Function("fromYaml", .string) { arguments in
      do throws(YAMLValues.Malformed) {
        return dict(try YAMLValues.read(arguments.string(0))) { "error unmarshaling JSON: while decoding JSON: " + $0 }
      } catch {
        return .anyDict(["Error": .text(error.message)])
      }
    },
    Function("fromYamlArray", .string) { arguments in
      do throws(YAMLValues.Malformed) {
        return list(try YAMLValues.read(arguments.string(0))) { "error unmarshaling JSON: while decoding JSON: " + $0 }
      } catch {
        return .anyList([.text(error.message)])
      }
    },
    // An error becomes the text, except where there is no value at all.
    Function("toToml", .any) { (arguments) throws(FunctionError) in
      do throws(TOMLWriter.Unsupported) {
        return .string(try TOMLWriter.write(arguments[0]))
      } catch {
        if arguments[0].isNil { throw .message(error.message) }
        return .text(error.message)
      }
    },
    Function("mustToToml", .any) { (arguments) throws(FunctionError) in
      do throws(TOMLWriter.Unsupported) {
        return .string(try TOMLWriter.write(arguments[0]))
      } catch {
        throw .message(error.message)
      }
    },
    Function("fromToml", .string) { arguments in
      do throws(TOMLReader.Malformed) {
        return .dict(try TOMLReader.read(arguments.string(0)))
      } catch {
        return .anyDict(["Error": .text(error.message)])
      }
    },
  ]

  // MARK: JSON

  private static let json: [Function] = [
    Function("toJson", .any) { .string((try? JSONWriter.write($0[0])) ?? "") },
    Function("mustToJson", .any) { (arguments) throws(FunctionError) in
      .string(try EncodingFunctions.writtenOrThrow(arguments[0]))
    },
    Function("fromJson", .string) { arguments in
      do throws(JSONReader.Malformed) {
        let (value, complaint) = try JSONReader.readLeniently(arguments.string(0))
        guard let complaint else { return dict(value) { $0 } }
        if case .dict(let read) = value { read["Error"] = .text(complaint) }
        return value
      } catch {
        return .anyDict(["Error": .text(error.message)])
      }
    },
    Function("fromJsonArray", .string) { arguments in
      do throws(JSONReader.Malformed) {
        return list(try JSONReader.read(arguments.string(0))) { $0 }
      } catch {
        return .anyList([.text(error.message)])
      }
    },
  ]

  /// A map, or one with the complaint under `Error`.
  private static func dict(_ value: Value, _ wrap: (String) -> String) -> Value {
    if case .dict = value { return value }
    if value.isNil { return .anyDict([:]) }
    return .anyDict(["Error": .text(wrap(mismatch(value, "map[string]interface {}")))])
  }

  /// A list, or one that holds the complaint.
  private static func list(_ value: Value, _ wrap: (String) -> String) -> Value {
    if case .list = value { return value }
    if value.isNil { return .anyList([]) }
    return .anyList([.text(wrap(mismatch(value, "[]interface {}")))])
  }

  private static func mismatch(_ value: Value, _ wanted: String) -> String {
    let kind: String
    switch value {
    case .bool: kind = "bool"
    case .double: kind = "number"
    case .string: kind = "string"
    case .list: kind = "array"
    default: kind = "object"
    }
    return "json: cannot unmarshal \(kind) into Go value of type \(wanted)"
  }
}
