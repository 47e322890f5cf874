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
    let found = Set(problems.map { pointer($0, in: root) })
    let wanted = Set((expected["violations"]?.sequence ?? []).map { $0["path"]?.scalar?.text ?? "" })
    if found == wanted { return .passed }
    return .failed("found \(problems.map(\.message)), expected \(wanted.sorted())")
  }

  /// flux-schema points at what holds a missing or unknown field.
  private static func pointer(_ problem: FieldProblem, in root: Node) -> String {
    var keys = keys(problem.path[...], in: root)
    switch problem.code {
    case .missing, .unknown, .dropped: keys.removeLast()
    default: break
    }
    return keys.map { "/" + $0.replacing("~", with: "~0").replacing("/", with: "~1") }.joined()
  }

  /// The keys that a path such as `spec.labels.app.io/name` leads through in `node`: they can hold dots themselves.
  private static func keys(_ path: Substring, in node: Node?) -> [String] {
    guard let first = path.first else { return [] }
    if first == "[", let end = path.firstIndex(of: "]") {
      let number = String(path[..<end].dropFirst())
      let item = node?.sequence?.enumerated().first { String($0.offset) == number }?.element
      return [number] + keys(path[end...].dropFirst(), in: item)
    }
    let rest = first == "." ? path.dropFirst() : path
    let written = (node?.mapping?.entries ?? []).map(\.key.text).filter { key in
      rest.hasPrefix(key) && [nil, ".", "["].contains(rest.dropFirst(key.count).first)
    }
    let key = written.max { $0.count < $1.count } ?? String(rest.prefix { $0 != "." && $0 != "[" })
    return [key] + keys(rest.dropFirst(key.count), in: node?[key])
  }
}
