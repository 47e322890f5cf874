import CEL
import YAML

/// The conformance tests of the CEL specification, as JSON, one file a subject. What needs protobuf messages, or
/// an extension that Flux does not load, is skipped.
enum CELSuite {
  /// Files of which no test can run, with the reason.
  private static let unloaded = [
    "bindings_ext": "Flux does not load cel.bind", "block_ext": "Flux does not load cel.block",
    "macros2": "Flux does not load macros with two variables", "math_ext": "Flux does not load math",
    "network_ext": "Flux does not load the network functions", "proto2_ext": "protobuf extensions",
    "enums": "protobuf enumerations",
  ]

  private static let files = [
    "basic", "bindings_ext", "block_ext", "comparisons", "conversions", "dynamic", "encoders_ext", "enums", "fields",
    "fp_math", "integer_math", "lists", "logic", "macros", "macros2", "math_ext", "namespace", "network_ext",
    "optionals", "parse", "plumbing", "proto2", "proto2_ext", "proto3", "string", "string_ext", "timestamps",
    "type_deduction", "unknowns", "wrappers",
  ]

  static func run(_ directory: String) -> SuiteResult {
    var result = SuiteResult()
    guard let folder = CorpusFolder(directory) else {
      print("cannot read \(directory)")
      result.failed = 1
      return result
    }
    for file in files {
      guard let root = folder.document("\(file).json") else {
        result.count(file, .failed("the file cannot be read"))
        continue
      }
      for section in root["section"]?.sequence ?? [] {
        for test in section["test"]?.sequence ?? [] {
          let name = "\(file)/\(text(section["name"]))/\(text(test["name"]))"
          result.count(name, unloaded[file].map { .skipped($0) } ?? CELCase(test).outcome())
        }
      }
    }
    return result
  }

  private static func text(_ node: Node?) -> String { node?.scalar?.text ?? "" }
}

/// One test of the specification.
private struct CELCase {
  private let test: Node
  private let expression: String

  init(_ test: Node) {
    self.test = test
    expression = test["expr"]?.scalar?.text ?? ""
  }

  func outcome() -> SuiteResult.Outcome {
    if needsMessages { return .skipped("protobuf messages") }
    var environment = Environment()
    environment.hasHomogeneousLiterals = false
    environment.container = test["container"]?.scalar?.text ?? ""
    var variables: [String: Value] = [:]
    for entry in test["bindings"]?.mapping?.entries ?? [] {
      guard let value = entry.value["value"].flatMap(Value.init(specified:)) else {
        return .skipped("a binding that is no plain value")
      }
      variables[entry.key.text] = value
      environment.variables[entry.key.text] = .dyn
    }
    for declaration in test["type_env"]?.sequence ?? [] {
      guard let name = declaration["name"]?.scalar?.text,
        let type = declaration[path: "ident", "type"].flatMap(StaticType.init(specified:))
      else { return .skipped("the declaration of a function or a message") }
      environment.variables[name] = type
    }
    return evaluated(in: environment, variables)
  }

  private func evaluated(in environment: Environment, _ variables: [String: Value]) -> SuiteResult.Outcome {
    let program: Program
    do throws(CompileError) {
      let isChecked = test["disable_check"]?.scalar?.text != "true"
      program = isChecked ? try environment.compile(expression) : try environment.parse(expression)
    } catch {
      return .failed("does not compile: \(error.problems.map(\.message)): \(expression)")
    }
    if let type = test[path: "typed_result", "deduced_type"] {
      guard let wanted = StaticType(specified: type) else { return .skipped("a type that is a message or a wrapper") }
      guard program.resultType == wanted else {
        return .failed("has the type \(program.resultType), expected \(wanted): \(expression)")
      }
      if test["check_only"]?.scalar?.text == "true" { return .passed }
    }
    let isError = test["eval_error"] != nil || test["any_eval_errors"] != nil
    do throws(EvaluationError) {
      let value = try program.evaluate(variables)
      if isError { return .failed("yields \(value), expected an error: \(expression)") }
      return compare(value)
    } catch {
      return isError ? .passed : .failed("fails with '\(error.message)': \(expression)")
    }
  }

  /// A test without an expectation wants true.
  private func compare(_ value: Value) -> SuiteResult.Outcome {
    let expectation = test["value"] ?? test[path: "typed_result", "result"]
    let wanted = expectation.map { Value(specified: $0) } ?? .bool(true)
    guard let wanted else { return .skipped("a result that is no plain value") }
    return value.isSame(as: wanted) ? .passed : .failed("yields \(value), expected \(wanted): \(expression)")
  }

  private var needsMessages: Bool {
    let names = [
      "TestAllTypes", "TestRequired", "GlobalEnum", "google.protobuf.Any", "google.protobuf.Struct",
      "google.protobuf.ListValue", "google.protobuf.Value", "Value{", "google.protobuf.Empty", "FieldMask",
    ]
    return names.contains { expression.contains($0) }
  }
}

extension StaticType {
  /// A type as the specification writes it; nil for messages and wrappers.
  fileprivate init?(specified node: Node) {
    guard let entry = node.mapping?.entries.first else { return nil }
    switch entry.key.text {
    case "primitive":
      let names: [String: StaticType] = [
        "BOOL": .bool, "INT64": .int, "UINT64": .uint, "DOUBLE": .double, "STRING": .string, "BYTES": .bytes,
      ]
      guard let type = names[entry.value.scalar?.text ?? ""] else { return nil }
      self = type
    case "well_known":
      switch entry.value.scalar?.text {
      case "TIMESTAMP": self = .timestamp
      case "DURATION": self = .duration
      default: return nil
      }
    case "message_type":
      switch entry.value.scalar?.text {
      case "google.protobuf.Timestamp": self = .timestamp
      case "google.protobuf.Duration": self = .duration
      default: return nil
      }
    case "null": self = .null
    case "dyn": self = .dyn
    case "type": self = .type
    case "list_type":
      guard let element = entry.value["elem_type"].flatMap(StaticType.init(specified:)) else { return nil }
      self = .list(element)
    case "map_type":
      guard let key = entry.value["key_type"].flatMap(StaticType.init(specified:)),
        let value = entry.value["value_type"].flatMap(StaticType.init(specified:))
      else { return nil }
      self = .map(key, value)
    case "abstract_type":
      guard entry.value["name"]?.scalar?.text == "optional_type",
        let inner = entry.value["parameter_types"]?.sequence?.first.flatMap(StaticType.init(specified:))
      else { return nil }
      self = .optional(inner)
    default: return nil
    }
  }
}
