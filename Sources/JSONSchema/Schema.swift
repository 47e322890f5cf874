import Diagnostics
import YAML

/// A JSON Schema of draft 4, 6, 7, 2019-09 or 2020-12, compiled.
///
/// It decides and words its decisions as `santhosh-tekuri/jsonschema` v6 does, the library with which Helm 4 checks
/// values against `values.schema.json`. Nothing is loaded: a reference to another document is an error.
public struct Schema: Sendable {
  /// How many subschemas a schema may have.
  public static let subschemaLimit = 200_000
  /// The URL under which Helm knows the schema of a chart.
  public static let helmURL = "file:///values.schema.json"

  /// References that stand for anything: URNs, as Helm 4 takes them, and documents on the network where the caller says
  /// so. They say nothing about the values.
  public let unresolvedReferences: [UnresolvedReference]
  private let limits: ValidationLimits
  private let library: SchemaLibrary
  private let start: Subschema.ID

  /// Reads and compiles a schema from a JSON file, such as `values.schema.json`.
  /// - Parameters:
  ///   - json: the file; what is no JSON is refused as Go refuses it.
  ///   - url: where relative references start.
  ///   - limits: how much one validation may take.
  ///   - assumesRemote: whether a document on the network is taken for one that allows everything.
  public init(
    json: SourceFile, url: String = Schema.helmURL, limits: ValidationLimits = .standard, assumesRemote: Bool = false
  ) throws(SchemaError) {
    try self.init(root: try JSONReader.read(json), url: url, limits: limits, assumesRemote: assumesRemote)
  }

  /// Compiles a schema.
  /// - Parameters:
  ///   - document: the root of a file that was read as YAML.
  ///   - url: where relative references start.
  ///   - limits: how much one validation may take.
  public init(
    _ document: Node, url: String = Schema.helmURL, limits: ValidationLimits = .standard
  ) throws(SchemaError) {
    let root = try ValueReader(dialect: .goYAML2, isExact: true).value(of: document)
    try self.init(root: root, url: url, limits: limits, assumesRemote: false)
  }

  private init(
    root: JSONValue, url: String, limits: ValidationLimits, assumesRemote: Bool
  ) throws(SchemaError) {
    let parsed = try SchemaDocument(url: url, root: root)
    let metaSchemas = try MetaSchemas.library.get()
    try metaSchemas.checkAgainstMetaSchema(root, of: parsed, at: .root)
    var compiler = SchemaCompiler(library: metaSchemas, assumesRemote: assumesRemote)
    compiler.add(parsed)
    start = try compiler.compile(url)
    library = compiler.library
    unresolvedReferences = library.unresolved
    self.limits = limits
  }

  /// How `value` breaks the schema; empty when it does not.
  public func validate(_ value: Node, dialect: YAMLDialect = .goYAML2) -> [Violation] {
    do throws(SchemaError) {
      let value = try ValueReader(dialect: dialect, isExact: false).value(of: value)
      var validation = Validation(library: library, limits: limits)
      return validation.run(value, start)
    } catch {
      return [
        Violation(
          keyword: "", keywordLocation: "\(library.subschemas[start].rules.location)", instancePath: "",
          origin: value.origin, message: error.message)
      ]
    }
  }
}

/// How much one validation may take; one that takes more ends with a violation that says so.
public struct ValidationLimits: Sendable, Hashable {
  /// How many subschemas and patterns may be asked.
  public var steps: Int
  /// How deep schemas may lead into each other; the stack of a thread with 8 MB holds the standard.
  public var depth: Int

  /// Limits by their values.
  public init(steps: Int = 400_000, depth: Int = 400) {
    self.steps = steps
    self.depth = depth
  }

  /// More than honest values and schemas take.
  public static let standard = ValidationLimits()
}
