import Documents
import Files
import YAML

/// `flux-build`: the Flux Kustomizations of public repositories, built and compared object for object.
enum FluxBuildSuite {
  static func run(_ directory: String) -> SuiteResult {
    var result = SuiteResult()
    guard let folder = CorpusFolder(directory) else {
      print("cannot read \(directory)")
      result.failed = 1
      return result
    }
    for repository in folder.folders {
      guard let cases = CorpusFolder("\(directory)/\(repository)"),
        let tree = try? DiskTree(root: "\(directory)/../flux-repos/\(repository)")
      else {
        result.count(repository, .failed("the repository is not in flux-repos"))
        continue
      }
      let parsed = ParsedTree(tree)
      for name in cases.folders { result.count("\(repository)/\(name)", outcome(cases, name, parsed)) }
    }
    return result
  }

  static func outcome(_ folder: CorpusFolder, _ name: String, _ tree: ParsedTree) -> SuiteResult.Outcome {
    let isStrict = folder.document("\(name)/case.yaml")?["strict"]?.scalar?.text == "true"
    guard let one = FluxBuildCase(folder, at: name, isStrict: isStrict) else {
      return .failed("ks.yaml holds no object")
    }
    let expected = folder.text("\(name)/expected.yaml")
    switch (one.run(in: tree), expected) {
    case (.success(let actual), let expected?):
      return actual == expected ? .passed : .failed(firstDifference(actual, expected))
    case (.success, nil): return .failed("builds, but Flux refuses it")
    case (.failure(let failure), .some): return .failed("fails: \(failure)")
    case (.failure, nil): return .passed
    }
  }
}
