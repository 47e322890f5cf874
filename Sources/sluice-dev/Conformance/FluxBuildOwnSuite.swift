import Documents
import Files
import YAML

/// `flux-build-own`: one feature each. The kustomization that Flux writes counts as well as the result.
enum FluxBuildOwnSuite {
  static func run(_ directory: String) -> SuiteResult {
    var result = SuiteResult()
    guard let folder = CorpusFolder(directory) else {
      print("cannot read \(directory)")
      result.failed = 1
      return result
    }
    for name in folder.folders {
      guard let disk = try? DiskTree(root: "\(directory)/\(name)/input") else {
        result.count(name, .failed("there is no input"))
        continue
      }
      let tree = ParsedTree(disk)
      var outcome = generated(folder, name, tree)
      if case .passed = outcome { outcome = FluxBuildSuite.outcome(folder, name, tree) }
      result.count(name, outcome)
    }
    return result
  }

  private static func generated(_ folder: CorpusFolder, _ name: String, _ tree: ParsedTree) -> SuiteResult.Outcome {
    guard let expected = folder.text("\(name)/expected-kustomization.yaml") else { return .passed }
    guard let one = FluxBuildCase(folder, at: name, isStrict: false) else { return .failed("ks.yaml holds no object") }
    switch one.generated(in: tree) {
    // Flux leaves the file in place when a build fails later; what is compared is the text.
    case .failure(let failure): return .failed("generates no kustomization: \(failure)")
    case .success(let node):
      guard let bytes = try? YAMLEmitter.emit(node, style: .toYAML) else { return .failed("cannot print") }
      let actual = String(decoding: bytes, as: UTF8.self)
      return actual == expected ? .passed : .failed("kustomization: \(firstDifference(actual, expected))")
    }
  }
}
