import Diagnostics
import Foundation
import YAML

/// `kustomize-units/roundtrip.json`: single documents through `kustomize build`, which prints them in its own way.
enum KustomizeRoundtripSuite {
  static func run(_ directory: String) -> SuiteResult {
    var result = SuiteResult()
    let path = directory + "/roundtrip.json"
    guard let data = FileManager.default.contents(atPath: path),
      let root = try? YAMLReader.read(SourceFile(path: path, bytes: Array(data))).first?.root,
      let cases = root["cases"]?.sequence
    else {
      print("cannot read \(path)")
      result.failed = 1
      return result
    }
    for one in cases {
      let id = one["id"]?.scalar?.text ?? "?"
      guard let input = one["input"]?.scalar?.text, let expectation = one["plain"] else {
        result.skipped += 1
        continue
      }
      let expected = expectation["output"]?.scalar?.text
      switch (expected, built(input)) {
      case (.some(let expected), .success(let output)) where output == expected: result.passed += 1
      case (nil, .failure): result.passed += 1
      case (let expected, let actual):
        result.failed += 1
        print(
          "\(id) \(one["source"]?.scalar?.text ?? ""): expected \(expected?.debugDescription ?? "an error"), got \(actual)"
        )
      }
    }
    return result
  }

  /// What kustomize would print: every document on its own, empty ones left out.
  private static func built(_ input: String) -> Result<String, YAMLError> {
    do throws(YAMLError) {
      let documents = try YAMLReader.read(text: input)
      if let duplicate = documents.flatMap(\.duplicateKeys).first { return .failure(duplicate) }
      let bytes = try YAMLEmitter.emit(documents.filter { !$0.isEmpty }.map(\.root))
      return .success(String(decoding: bytes, as: UTF8.self))
    } catch {
      return .failure(error)
    }
  }
}
