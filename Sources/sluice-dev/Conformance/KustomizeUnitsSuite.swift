import Diagnostics
import Foundation
import Kustomize
import YAML

/// `kustomize-units`: strategic merges, three-way merges and filters. Results are compared as trees: the tables hold the
/// text of a library which keeps comments and styles that `kustomize build` never prints.
enum KustomizeUnitsSuite {
  static func run(_ directory: String) -> SuiteResult {
    var result = SuiteResult()
    for (name, check) in [("merge2", merge), ("merge3", mergeThree), ("filters", FilterCases.check)]
      as [(String, Check)]
    {
      guard let cases = cases(directory + "/\(name).json") else {
        print("\(name): no readable table in \(directory)")
        result.failed += 1
        continue
      }
      for (index, one) in cases.enumerated() {
        switch check(one) {
        case .passed: result.passed += 1
        case .skipped: result.skipped += 1
        case .failed(let why):
          result.failed += 1
          print("\(name) \(index): \(why)")
        }
      }
    }
    return result
  }

  typealias Check = (Node) -> Outcome

  /// What came of a case.
  enum Outcome {
    case passed
    case skipped
    case failed(String)
  }

  static func cases(_ path: String) -> [Node]? {
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    let documents = try? YAMLReader.read(SourceFile(path: path, bytes: Array(data)))
    return documents?.first?.root["cases"]?.sequence
  }

  private static func merge(_ one: Node) -> Outcome {
    check(one) { (one: Node) throws -> Node? in
      let direction: StrategicMerge.ListDirection =
        one["listIncreaseDirection"]?.scalar?.text == "prepend" ? .prepend : .append
      let merge = StrategicMerge(direction: direction, infersKeys: one["infer"]?.scalar?.text == "true")
      return try merge.merge(patch: document(one, "source"), into: document(one, "dest"))
    }
  }

  private static func mergeThree(_ one: Node) -> Outcome {
    check(one) { (one: Node) throws -> Node? in
      let merge = StrategicMerge(direction: .append, infersKeys: one["infer"]?.scalar?.text == "true")
      return try merge.merge(
        local: document(one, "dest"), original: document(one, "original"), updated: document(one, "update"))
    }
  }

  private static func check(_ one: Node, _ merged: (Node) throws -> Node?) -> Outcome {
    do {
      let expected = one["output"]?.scalar?.text ?? ""
      let actual = try merged(one)
      let wanted = try YAMLReader.read(text: expected).first?.root
      if description(actual) == description(wanted) { return .passed }
      return .failed("expected\n\(description(wanted))got\n\(description(actual))")
    } catch {
      return .failed("\(error)")
    }
  }

  private static func document(_ one: Node, _ key: String) throws -> Node {
    let documents = try YAMLReader.read(text: one[key]?.scalar?.text ?? "")
    return documents.first?.root ?? Node(scalar: .null, origin: .synthetic("<empty>"))
  }

  /// A tree in one canonical form.
  static func description(_ node: Node?) -> String {
    guard let node, node.scalar?.resolved != .null else { return "nothing\n" }
    return (try? YAMLEmitter.emit(node)).map { String(decoding: $0, as: UTF8.self) } ?? "unprintable\n"
  }
}
