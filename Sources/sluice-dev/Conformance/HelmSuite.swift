import Diagnostics
import Foundation
import GoTemplate
import Sprig
import Workers
import YAML

/// `helm`: its parts `charts`, `own-charts`, `testdata` and `functions`, those that are there.
enum HelmSuite {
  /// One run of `helm template` with what the real one did.
  private struct Case: Sendable {
    var name: String
    var directory: String
    var arguments: [String]
    var expected: [UInt8]?
    var error: String?
    /// Pointers to values that change from run to run.
    var volatile: [String] = []
    var isUnordered = false
  }

  static func run(_ directory: String) -> SuiteResult {
    var result = SuiteResult()
    var cases: [Case] = []
    cases += chartCases(directory + "/charts")
    cases += ownCases(directory + "/own-charts")
    cases += treeCases(directory + "/testdata")
    let problems = Workers.allProcessors.map(cases) { problem(of: $0) }
    for (one, problem) in zip(cases, problems) {
      if let problem {
        result.failed += 1
        print("\(one.name): \(problem)")
      } else {
        result.passed += 1
      }
    }
    if FileManager.default.fileExists(atPath: directory + "/functions") {
      // Templates recurse: one of the tables includes itself a thousand times.
      let functions = Workers(jobs: 1).run { HelmFunctionsSuite.run(directory + "/functions") }
      result.passed += functions?.passed ?? 0
      result.failed += functions?.failed ?? 1
      result.skipped += functions?.skipped ?? 0
    }
    return result
  }

  // MARK: Cases

  private static func folders(_ path: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  private static func yaml(_ path: String) -> Node? {
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    return try? YAMLReader.read(SourceFile(path: path, bytes: Array(data))).first?.root
  }

  private static func texts(_ node: Node?) -> [String] { node?.sequence?.compactMap { $0.scalar?.text } ?? [] }

  private static func bytes(_ path: String) -> [UInt8]? { FileManager.default.contents(atPath: path).map { Array($0) } }

  private static func text(_ path: String) -> String? { bytes(path).map { String(decoding: $0, as: UTF8.self) } }

  private static func chartCases(_ path: String) -> [Case] {
    folders(path).flatMap { chart -> [Case] in
      folders("\(path)/\(chart)/cases").compactMap { name in
        folderCase("\(path)/\(chart)/cases/\(name)", chart: "\(path)/\(chart)/chart", name: "charts/\(chart)/\(name)")
      }
    }
  }

  private static func ownCases(_ path: String) -> [Case] {
    folders(path).compactMap { name in
      folderCase("\(path)/\(name)", chart: "\(path)/\(name)/chart", name: "own-charts/\(name)")
    }
  }

  private static func folderCase(_ path: String, chart: String, name: String) -> Case? {
    guard let node = yaml(path + "/case.yaml") else { return nil }
    var arguments = texts(node["helmArgs"]).map { $0 == "CHART" ? chart : $0 }
    for file in texts(node["values"]) { arguments += ["-f", path + "/" + file] }
    var one = Case(name: name, directory: path, arguments: arguments)
    one.expected = bytes(path + "/expected.yaml")
    one.error = text(path + "/expected-error.txt")
    one.volatile = texts(node["volatile"]) + texts(node["volatileDocuments"]).map { "/\($0)" }
    one.isUnordered = node["unorderedDocuments"] != nil || node["unorderedLines"] != nil
    return one
  }

  private static func treeCases(_ path: String) -> [Case] {
    (yaml(path + "/cases.yaml")?["cases"]?.sequence ?? []).compactMap { node in
      guard let id = node["id"]?.scalar?.text, let directory = node["cwd"]?.scalar?.text else { return nil }
      var one = Case(
        name: "testdata/\(id)", directory: "\(path)/tree/\(directory)", arguments: texts(node["args"]))
      if node["exit"]?.scalar?.text == "0" {
        one.expected = node["stdout"]?.scalar.flatMap { bytes("\(path)/\($0.text)") } ?? []
      } else {
        one.error = node["stderr"]?.scalar.flatMap { text("\(path)/\($0.text)") } ?? ""
      }
      return one
    }
  }

  // MARK: Comparison

  private static func problem(of one: Case) -> String? {
    do throws(HelmTemplate.Failure) {
      let output = try HelmTemplate.run(one.arguments, in: one.directory)
      guard let expected = one.expected else { return "expected the error \(one.error ?? ""), got output" }
      if output == expected { return nil }
      if one.isUnordered && lines(output) == lines(expected) { return nil }
      if !one.volatile.isEmpty, let problem = difference(output, expected, one.volatile) { return problem }
      return one.volatile.isEmpty ? "differs " + firstDifference(output, expected) : nil
    } catch {
      guard let expected = one.error else { return "fails: \(error.message)" }
      let wanted = normalized(expected)
      let first = normalized(error.message)
      if wanted.contains(first) || lines(Array(wanted.utf8)) == lines(Array(first.utf8)) { return nil }
      return "expected the error \(wanted), got \(first)"
    }
  }

  private static func lines(_ bytes: [UInt8]) -> [String] {
    String(decoding: bytes, as: UTF8.self).components(separatedBy: "\n").sorted()
  }

  private static func normalized(_ text: String) -> String {
    var text = text
    for suffix in ["\n\nUse --debug flag to render out invalid YAML"] {
      text = text.replacingOccurrences(of: suffix, with: "")
    }
    if text.hasPrefix("Error: ") { text.removeFirst("Error: ".count) }
    let lines = text.trimmingCharacters(in: .whitespacesAndNewlines).components(separatedBy: "\n")
    return lines.map(withSortedNames).joined(separator: "\n")
  }

  /// Helm lists the properties that a schema does not allow in the order of a Go map: any.
  private static func withSortedNames(_ line: String) -> String {
    guard let head = line.range(of: "additional properties "), let tail = line.range(of: " not allowed"),
      head.upperBound <= tail.lowerBound
    else { return line }
    let names = line[head.upperBound..<tail.lowerBound].components(separatedBy: ", ").sorted()
    return line[..<head.upperBound] + names.joined(separator: ", ") + line[tail.lowerBound...]
  }

  private static func firstDifference(_ actual: [UInt8], _ expected: [UInt8]) -> String {
    let (left, right) = (
      String(decoding: actual, as: UTF8.self).components(separatedBy: "\n"),
      String(decoding: expected, as: UTF8.self).components(separatedBy: "\n")
    )
    let line =
      zip(left, right).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(left.count, right.count)
    let shown = { (lines: [String]) in line < lines.count ? lines[line].debugDescription : "the end" }
    return "at line \(line + 1): expected \(shown(right)), got \(shown(left))"
  }

  /// Compares the documents as values, without what changes from run to run.
  private static func difference(_ actual: [UInt8], _ expected: [UInt8], _ volatile: [String]) -> String? {
    guard let left = documents(actual), let right = documents(expected) else { return "is not readable as YAML" }
    guard left.count == right.count else { return "has \(left.count) documents, not \(right.count)" }
    for pointer in volatile {
      let path = pointer.split(separator: "/").map {
        $0.replacingOccurrences(of: "~1", with: "/").replacingOccurrences(of: "~0", with: "~")
      }
      guard let index = path.first.flatMap({ Int($0) }), index < left.count else { continue }
      if path.count == 1 {
        remove([], from: left[index])
        remove([], from: right[index])
      } else {
        remove(path.dropFirst(), from: left[index])
        remove(path.dropFirst(), from: right[index])
      }
    }
    for (index, (one, other)) in zip(left, right).enumerated() where !one.isDeepEqual(to: other) {
      let texts = [one, other].map { ((try? YAMLValues.write($0)) ?? "").bytes }
      return "document \(index) differs " + firstDifference(texts[0], texts[1])
    }
    return nil
  }

  private static func documents(_ bytes: [UInt8]) -> [Value]? {
    guard let read = try? YAMLReader.read(SourceFile(path: "output", bytes: bytes)) else { return nil }
    return read.compactMap { document in
      guard !document.isEmpty else { return nil }
      return try? YAMLValues.value(document.root)
    }
  }

  private static func remove(_ path: ArraySlice<String>, from value: Value) {
    switch value {
    case .dict(let dict):
      guard let key = path.first else {
        dict.entries = [:]
        return
      }
      if path.count == 1 {
        dict[GoString(key)] = nil
      } else if let next = dict[GoString(key)] {
        remove(path.dropFirst(), from: next)
      }
    case .list(let list):
      guard let key = path.first, let index = Int(key), index < list.elements.count else { return }
      if path.count == 1 { list.elements[index] = .null } else { remove(path.dropFirst(), from: list.elements[index]) }
    default: break
    }
  }
}
