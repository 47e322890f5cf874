import Diagnostics
import Documents
import Files
import Kustomize
import YAML

/// `kustomize`: the cases of kustomize's own tests, in both orders.
enum KustomizeSuite {
  static func run(_ directory: String) -> SuiteResult {
    var result = SuiteResult()
    guard let folder = CorpusFolder(directory) else {
      print("cannot read \(directory)")
      result.failed = 1
      return result
    }
    for name in folder.folders {
      guard let description = folder.document("\(name)/case.yaml") else { continue }
      result.count(name, outcome(of: description, in: "\(directory)/\(name)"))
    }
    return result
  }

  private static func outcome(of description: Node, in directory: String) -> SuiteResult.Outcome {
    guard let folder = CorpusFolder(directory), let input = CorpusFolder(directory + "/input") else {
      return .failed("there is no input")
    }
    let arguments = description["args"]?.sequence?.compactMap(\.scalar?.text) ?? []
    let target = description["target"]?.scalar?.text ?? "."
    let actual = KustomizeRun(root: input.path, directory: target, arguments: arguments).output
    guard let expected = folder.text("expected.yaml") else {
      if case .failure = actual { return .passed }
      return .failed("builds, but kustomize refuses it: \(folder.text("expected-error.txt")?.lastLine ?? "")")
    }
    let outcome = compare(actual, expected)
    guard case .passed = outcome, let defaultOrder = folder.text("expected-default-order.yaml") else { return outcome }
    let rest = arguments.drop(while: { $0 == "--reorder" || $0 == "none" })
    return compare(
      KustomizeRun(root: input.path, directory: target, arguments: Array(rest)).output, defaultOrder)
  }

  static func compare(_ actual: Result<String, KustomizeError>, _ expected: String) -> SuiteResult.Outcome {
    switch actual {
    case .success(let output) where output == expected: .passed
    case .success(let output): .failed(firstDifference(output, expected))
    case .failure(let error): .failed(error.report.split(separator: "\n").joined(separator: " | "))
    }
  }
}

extension String {
  fileprivate var lastLine: String {
    split(separator: "\n").last.map(String.init) ?? ""
  }
}

/// One call of `kustomize build`.
struct KustomizeRun {
  let root: String
  let directory: String
  let arguments: [String]

  private var options: BuildOptions {
    var options = BuildOptions()
    for (flag, value) in zip(arguments, arguments.dropFirst() + [""]) {
      switch (flag, value) {
      case ("--reorder", "none"): options.order = .none
      case ("--load-restrictor", "LoadRestrictionsNone"): options.loadRestriction = .none
      case ("--enable-managedby-label", _): options.addsManagedByLabel = true
      case ("--enable-helm", _), ("--enable-alpha-plugins", _): options.chartInflator = HelmChartInflator()
      default: break
      }
    }
    return options
  }

  /// What it prints.
  var output: Result<String, KustomizeError> {
    do throws(KustomizeError) {
      return .success(try build())
    } catch {
      return .failure(error)
    }
  }

  private func build() throws(KustomizeError) -> String {
    do {
      let tree = ParsedTree(try DiskTree(root: root))
      let built = try KustomizeBuild.run(try RepoPath(directory), in: tree, options: options)
      return String(decoding: try YAMLEmitter.emit(built.resources.map(\.node)), as: UTF8.self)
    } catch let error as KustomizeError {
      throw error
    } catch let error as any PlacedError {
      throw KustomizeError(.loading, error.message, at: error.location)
    } catch {
      throw KustomizeError(.loading, "\(error)")
    }
  }
}
