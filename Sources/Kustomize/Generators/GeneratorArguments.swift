import Diagnostics
import YAML

/// One entry of `configMapGenerator` or `secretGenerator`, or a generator file of these kinds.
struct GeneratorArguments: Sendable {
  var name: String
  var namespace: Placed<String>?
  /// What to do when the object exists.
  var behavior: GeneratorBehavior
  /// The type of a Secret; nil where none is given.
  var type: Placed<String>?
  var literals: [Placed<String>]
  var files: [Placed<String>]
  var envs: [Placed<String>]
  var options: GeneratorOptions?
  /// Where the entry stands.
  var origin: Origin
  /// Where the name stands, or else the entry.
  var nameOrigin: Origin
}

/// What to do with an object that exists already.
enum GeneratorBehavior: String, Sendable {
  case unspecified
  case create
  case replace
  case merge

  /// What kustomize takes a text for: anything else than the three names says nothing.
  init(_ text: String) {
    switch text {
    case "create": self = .create
    case "replace": self = .replace
    case "merge": self = .merge
    default: self = .unspecified
    }
  }
}

/// `generatorOptions`, or the `options` of one generator.
struct GeneratorOptions: Sendable {
  var labels: [PlacedPair] = []
  var annotations: [PlacedPair] = []
  var disablesNameSuffixHash = false
  var isImmutable: Placed<Bool>?

  /// These options with what the whole file asks for: its labels and annotations where there are none of the name,
  /// and its switches where they are on.
  func merging(global: GeneratorOptions?) -> GeneratorOptions {
    guard let global else { return self }
    var merged = self
    merged.labels += global.labels.filter { pair in !labels.contains { $0.key == pair.key } }
    merged.annotations += global.annotations.filter { pair in !annotations.contains { $0.key == pair.key } }
    merged.disablesNameSuffixHash = disablesNameSuffixHash || global.disablesNameSuffixHash
    if isImmutable?.value != true { merged.isImmutable = global.isImmutable }
    return merged
  }
}

extension GeneratorOptions {
  init(_ reader: FieldReader) throws(KustomizeError) {
    try reader.allow(["labels", "annotations", "disableNameSuffixHash", "immutable"])
    labels = try reader.pairs("labels") ?? []
    annotations = try reader.pairs("annotations") ?? []
    disablesNameSuffixHash = try reader.bool("disableNameSuffixHash")
    let immutable = try reader.bool("immutable")
    isImmutable = reader.node("immutable").map { Placed(immutable, at: $0.origin) }
  }
}

extension GeneratorArguments {
  /// The fields of an entry; `env`, the old form of `envs`, comes behind it.
  static let fields = ["namespace", "name", "behavior", "literals", "files", "envs", "env", "options"]

  init(_ reader: FieldReader, isSecret: Bool) throws(KustomizeError) {
    try reader.allow(Self.fields + (isSecret ? ["type"] : []))
    let metadata = reader.mode == .configuration ? try reader.reader("metadata") : nil
    var nameField = try reader.string("name")
    if nameField?.value.isEmpty ?? true { nameField = try metadata?.string("name") ?? nameField }
    var namespaceField = try reader.string("namespace")
    if namespaceField?.value.isEmpty ?? true { namespaceField = try metadata?.string("namespace") }
    name = nameField?.value ?? ""
    nameOrigin = nameField?.origin ?? reader.origin
    namespace = namespaceField
    behavior = GeneratorBehavior(try reader.string("behavior", or: ""))
    type = isSecret ? try reader.string("type") : nil
    literals = try reader.strings("literals")
    files = try reader.strings("files")
    envs = try reader.strings("envs")
    if let env = try reader.string("env"), !env.value.isEmpty, reader.mode == .kustomization { envs.append(env) }
    options = try reader.reader("options").map { reader throws(KustomizeError) in try GeneratorOptions(reader) }
    origin = reader.origin
  }
}
