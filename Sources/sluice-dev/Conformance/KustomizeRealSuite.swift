import Kustomize

/// `kustomize-real`: every kustomization of public repositories, in the default order.
enum KustomizeRealSuite {
  static func run(_ directory: String) -> SuiteResult {
    var result = SuiteResult()
    guard let folder = CorpusFolder(directory) else {
      print("cannot read \(directory)")
      result.failed = 1
      return result
    }
    for row in folder.table("INDEX.tsv") where row.count >= 5 {
      let (tree, path, arguments, expectation) = (row[0], row[1], row[2], row[3])
      result.count("\(tree) \(path)", outcome(tree, path, arguments, expectation, folder.text(row[4]), in: directory))
    }
    return result
  }

  private static func outcome(
    _ tree: String, _ path: String, _ arguments: String, _ expectation: String, _ expected: String?,
    in directory: String
  ) -> SuiteResult.Outcome {
    if expectation.hasPrefix("skipped") { return .skipped("it needs the network or a plugin") }
    let root = tree == "kustomize-examples" ? "\(directory)/examples-tree" : "\(directory)/../flux-repos/\(tree)"
    let run = KustomizeRun(
      root: root, directory: path, arguments: arguments.split(separator: " ").map(String.init))
    guard expectation == "ok" else {
      if case .failure = run.output { return .passed }
      return .failed("builds, but kustomize refuses it")
    }
    guard let expected else { return .failed("there is no expected output") }
    return KustomizeSuite.compare(run.output, expected)
  }
}
