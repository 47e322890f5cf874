import Diagnostics
import Foundation
import YAML

/// yaml-test-suite: our trees against the suite's events (text, style, structure) and JSON (meaning).
enum YAMLSuite {
  static func run(_ directory: String) -> SuiteResult {
    var result = SuiteResult()
    let path = directory + "/cases.json"
    guard let data = FileManager.default.contents(atPath: path),
      let root = try? YAMLReader.read(SourceFile(path: path, bytes: Array(data))).first?.root,
      let cases = root["cases"]?.sequence
    else {
      print("cannot read \(path)")
      result.failed = 1
      return result
    }
    for one in cases {
      if let problem = problem(in: one) {
        result.failed += 1
        print("\(one["id"]?.scalar?.text ?? "?") \(one["name"]?.scalar?.text ?? ""): \(problem)")
      } else {
        result.passed += 1
      }
    }
    return result
  }

  /// What is wrong; nil where the case passes.
  private static func problem(in one: Node) -> String? {
    guard let text = one["yaml"]?.scalar?.text else { return "no input" }
    let isError = one["error"]?.scalar?.resolved == .bool(true)
    let documents: [Document]
    do {
      documents = try YAMLReader.read(text: text)
    } catch {
      return isError ? nil : "refused: \(error.message) at \(error.place)"
    }
    if isError { return "accepted, though it is no YAML" }
    var parser = SuiteEvents(one["events"]?.scalar?.text ?? "")
    let expected = parser.documents()
    guard expected.count == documents.count else { return "\(documents.count) documents, not \(expected.count)" }
    for (wanted, document) in zip(expected, documents) {
      if let difference = wanted.difference(from: document.root) { return difference }
    }
    return one["json"]?.scalar.flatMap { jsonProblem($0.text, documents) }
  }

  private static func jsonProblem(_ json: String, _ documents: [Document]) -> String? {
    let values = JSONValues.split(json)
    guard values.count == documents.count else { return "\(documents.count) documents, not \(values.count) in JSON" }
    for (value, document) in zip(values, documents) {
      guard let wanted = try? YAMLReader.read(text: value).first?.root else { return "unreadable JSON \(value)" }
      if let difference = meaningDifference(wanted, document.root) { return difference }
    }
    return nil
  }

  private static func meaningDifference(_ wanted: Node, _ actual: Node) -> String? {
    switch (wanted.value, actual.value) {
    case (.sequence(let left), .sequence(let right)):
      return zip(left, right).lazy.compactMap { meaningDifference($0, $1) }.first
    case (.mapping(let left), .mapping(let right)):
      for entry in left.entries {
        guard let value = right[entry.key.text] else { return "no key '\(entry.key.text)'" }
        if let difference = meaningDifference(entry.value, value) { return difference }
      }
      return nil
    case (.scalar(let left), .scalar(let right)):
      return sameMeaning(left, right) ? nil : "'\(right.text)' means \(right.resolved), not \(left.resolved)"
    default:
      return "another kind of value than in JSON"
    }
  }

  /// JSON has no dates: what looks like one is a string there.
  private static func sameMeaning(_ wanted: Scalar, _ actual: Scalar) -> Bool {
    switch (wanted.resolved, actual.resolved) {
    case (.string(let left), .timestamp): left == actual.text
    case (.int(let left), .float(let right)): Double(left) == right
    case (.string(let left), .string): left == actual.text
    case (let left, let right): left == right
    }
  }
}

/// Splits JSON values that follow each other.
private enum JSONValues {
  static func split(_ text: String) -> [String] {
    var values: [String] = []
    var (current, depth, inString, escaped): ([UInt8], Int, Bool, Bool) = ([], 0, false, false)
    for byte in text.utf8 {
      if depth == 0, !inString, byte == UInt8(ascii: "\n") {
        if !current.isEmpty { values.append(String(decoding: current, as: UTF8.self)) }
        current = []
        continue
      }
      current.append(byte)
      if inString {
        inString = escaped || byte != UInt8(ascii: "\"")
        escaped = byte == UInt8(ascii: "\\") && !escaped
      } else {
        switch byte {
        case UInt8(ascii: "\""): inString = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
        default: break
        }
      }
    }
    if !current.isEmpty { values.append(String(decoding: current, as: UTF8.self)) }
    return values
  }
}
