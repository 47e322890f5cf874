import Flux
import Kubernetes
import YAML

/// `flux-schema/mutations.json`: manifests of Flux with the verdict of flux-schema, which knows the newest Flux.
/// A case passes when the verdict and the fields that are wrong are the same.
enum FluxSchemaSuite {
  /// The catalogue of flux-schema holds the definitions that flux-operator installs.
  private static let catalogue = APIServer(flux: .newest, hasOperator: true, fillsDefaults: false)

  static func run(_ directory: String) -> SuiteResult {
    var result = SuiteResult()
    guard let folder = CorpusFolder(directory), let cases = folder.document("mutations.json")?["cases"]?.sequence else {
      print("cannot read \(directory)")
      result.failed = 1
      return result
    }
    for one in cases {
      let name = "\(one["id"]?.scalar?.text ?? "?") \(one["change"]?.scalar?.text ?? "")"
      result.count(name, outcome(one))
    }
    return result
  }

  private static func outcome(_ one: Node) -> SuiteResult.Outcome {
    guard let expected = one["results"]?.sequence?.first, let text = one["document"]?.scalar?.text,
      let root = (try? YAMLReader.read(text: text))?.first?.root, let manifest = Manifest(root)
    else { return .failed("the case cannot be read") }
    guard let kind = FluxKind(manifest.type) else { return .skipped("it is none of Flux's kinds") }
    let isServed: Bool
    switch kind.lifecycle(of: manifest.type.version)?.state(in: .newest) {
    case .served, .deprecated: isServed = true
    default: isServed = false
    }
    let wantsSchema = expected["reason"]?.scalar?.text == "schema-not-found"
    guard isServed else { return wantsSchema ? .passed : .failed("the version is not served") }
    let problems = FieldCheck.problems(in: manifest, server: catalogue)
    let found = Set(problems.map(pointer))
    let wanted = Set((expected["violations"]?.sequence ?? []).map { $0["path"]?.scalar?.text ?? "" })
    if found == wanted { return .passed }
    return .failed("found \(problems.map(\.message)), expected \(wanted.sorted())")
  }

  /// flux-schema points at what holds a missing or unknown field.
  private static func pointer(_ problem: FieldProblem) -> String {
    var parts = problem.path.split { $0 == "." || $0 == "[" || $0 == "]" }
    switch problem.code {
    case .missing, .unknown, .dropped: parts.removeLast()
    default: break
    }
    return parts.map { "/\($0)" }.joined()
  }
}
