import ArgumentParser
import Workers

/// Runs one conformance suite over a folder of the corpus.
struct ConformanceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conformance",
    abstract: "Compare with the results of the real programs.",
    discussion: "Prints a line for each failing case and ends with `N passed, N failed, N skipped`.")

  @Argument(help: "The suite: \(Suite.allNames).")
  var suite: Suite

  @Argument(help: "The folder of the corpus that holds its cases.")
  var directory: String

  func run() throws {
    let (suite, directory) = (suite, directory)
    // Engines walk deep trees recursively: on a thread with the stack they are promised.
    let result = Workers(jobs: 1).run { suite.run(directory) } ?? SuiteResult()
    print("\(result.passed) passed, \(result.failed) failed, \(result.skipped) skipped")
    if result.failed > 0 { throw ExitCode(1) }
  }
}

/// The suites by the names they have on the command line.
enum Suite: String, CaseIterable, ExpressibleByArgument {
  case yaml
  case kustomize
  case kustomizeUnits = "kustomize-units"
  case kustomizeReal = "kustomize-real"
  case helm
  case fluxBuild = "flux-build"
  case fluxBuildOwn = "flux-build-own"
  case envsubst
  case fluxSchema = "flux-schema"
  case cel

  static let allNames = allCases.map(\.rawValue).joined(separator: ", ")

  func run(_ directory: String) -> SuiteResult {
    switch self {
    case .yaml: YAMLSuite.run(directory)
    case .kustomize: KustomizeSuite.run(directory)
    case .kustomizeUnits:
      KustomizeUnitsSuite.run(directory) + KustomizeRoundtripSuite.run(directory) + GeneratorFilesSuite.run(directory)
    case .kustomizeReal: KustomizeRealSuite.run(directory)
    case .helm: HelmSuite.run(directory)
    case .fluxBuild: FluxBuildSuite.run(directory)
    case .fluxBuildOwn: FluxBuildOwnSuite.run(directory)
    case .envsubst: EnvsubstSuite.run(directory)
    case .fluxSchema: FluxSchemaSuite.run(directory)
    case .cel: CELSuite.run(directory)
    }
  }
}

extension SuiteResult {
  /// The counts of two suites together.
  static func + (left: SuiteResult, right: SuiteResult) -> SuiteResult {
    SuiteResult(
      passed: left.passed + right.passed, failed: left.failed + right.failed, skipped: left.skipped + right.skipped)
  }
}
