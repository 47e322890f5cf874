import Diagnostics
import Flux
import Foundation
import YAML

/// `envsubst/cases.json`: texts with variables, expanded leniently and strictly. Both count as one case.
enum EnvsubstSuite {
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
    let common = variables(root["commonVars"])
    for one in cases {
      let input = text(one["input"])
      let own = one["vars"]?.mapping == nil ? common : variables(one["vars"])
      var isRight = true
      for (mode, isStrict) in [("lax", false), ("strict", true)] {
        let expected = Outcome(one[mode])
        let actual = Outcome(input, own, isStrict: isStrict)
        guard actual != expected else { continue }
        isRight = false
        print("\(text(one["id"])) \(mode) \(input.debugDescription): expected \(expected), got \(actual)")
      }
      if isRight { result.passed += 1 } else { result.failed += 1 }
    }
    return result
  }

  private enum Outcome: Equatable {
    case output(String)
    case error(String)

    init(_ expectation: Node?) {
      if let error = expectation?["error"] {
        self = .error(text(error))
      } else {
        self = .output(text(expectation?["output"]))
      }
    }

    init(_ input: String, _ variables: [String: String], isStrict: Bool) {
      do throws(EnvsubstError) {
        let result = try Envsubst.expand(Array(input.utf8), isStrict: isStrict) { name in
          variables[name].map { .known(Array($0.utf8)) }
        }
        self = .output(String(decoding: result.bytes, as: UTF8.self))
      } catch {
        if case .sliceOutOfRange(let bounds) = error {
          self = .error("panic: runtime error: slice bounds out of range \(bounds)")
        } else {
          self = .error(error.message)
        }
      }
    }
  }

  private static func variables(_ node: Node?) -> [String: String] {
    var found: [String: String] = [:]
    for entry in node?.mapping?.entries ?? [] { found[entry.key.text] = text(entry.value) }
    return found
  }

  private static func text(_ node: Node?) -> String { node?.scalar?.text ?? "" }
}
