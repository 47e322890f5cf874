/// A template's text after parsing, with those it defines: sets take it in any number of times.
public struct ParsedTemplate: Sendable {
  let source: TemplateSource
  let definitions: [GoString: [Node]]
}

/// Templates that can call each other, and the functions they can call.
public struct TemplateSet: Sendable {
  /// One template of a set.
  struct Template: Sendable {
    var name: GoString
    var source: TemplateSource
    var root: [Node]
  }

  /// The name of the set itself, for error texts.
  public let name: String
  /// The functions.
  public let functions: FunctionTable
  /// The marks around actions.
  public let delimiters: Delimiters
  /// What happens with absent keys.
  public var missingKey: MissingKey
  private var templates: [GoString: Template] = [:]

  /// An empty set.
  public init(
    name: String, functions: FunctionTable = .builtins, delimiters: Delimiters = .standard,
    missingKey: MissingKey = .none
  ) {
    self.name = name
    self.functions = functions
    self.delimiters = delimiters
    self.missingKey = missingKey
  }

  /// Adds a template under the source's name, and those it defines. A later definition replaces an earlier one, unless
  /// it is empty.
  public mutating func add(_ source: TemplateSource) throws(TemplateError) {
    add(try parse(source))
  }

  /// Reads a template for sets with the functions and delimiters of this one.
  public func parse(_ source: TemplateSource) throws(TemplateError) -> ParsedTemplate {
    var parser = Parser(source, delimiters: delimiters, functions: functions)
    return ParsedTemplate(source: source, definitions: try parser.parse())
  }

  /// Adds what was read before.
  public mutating func add(_ parsed: ParsedTemplate) {
    for (name, root) in parsed.definitions {
      if let known = templates[name], root.isEmptyTree, !known.root.isEmpty { continue }
      templates[name] = Template(name: name, source: parsed.source, root: root)
    }
  }

  /// Adds as `add` does; gives the source's own template, be it empty.
  mutating func define(_ source: TemplateSource) throws(TemplateError) -> Template {
    let parsed = try parse(source)
    // A text that defines nothing need not be found by others.
    if parsed.definitions.count > 1 { add(parsed) }
    let own = GoString(source.name)
    return Template(name: own, source: source, root: parsed.definitions[own] ?? [])
  }

  /// Adds a template from text.
  public mutating func add(_ text: String, name: String) throws(TemplateError) {
    try add(TemplateSource(name: name, bytes: Array(text.utf8)))
  }

  func template(_ name: GoString) -> Template? { templates[name] }

  /// Whether there is a template of the name.
  public func has(_ name: String) -> Bool { templates[GoString(name)] != nil }

  /// All names, sorted.
  public var names: [String] { templates.keys.sorted().map(\.text) }

  /// How a template of the set prints, for tests and for looking inside.
  func printed(_ name: String) -> String? {
    templates[GoString(name)]?.root.map(\.description).joined()
  }

  /// Evaluates the template of a name with `data` as dot.
  ///
  /// Evaluation recurses: call it on a thread with 64 MB of stack, or lower `limits` in proportion.
  public func render(_ name: String, with data: Value, limits: Limits = .standard) throws(TemplateError) -> Output {
    try evaluate(name, with: data, limits: limits).output
  }

  /// As `render`; also tells which functions made a value up: random ones, those of the time and of the cluster.
  /// With `keepsReads` the output can be led back to marked maps and lists.
  public func evaluate(
    _ name: String, with data: Value, limits: Limits = .standard, keepsReads: Bool = false
  ) throws(TemplateError) -> (output: Output, madeUp: Set<String>) {
    var steps = 0
    return try evaluate(name, with: data, limits: limits, keepsReads: keepsReads, steps: &steps)
  }

  /// As `evaluate`; `steps` are those that were taken before, and the limit is for all of them together.
  public func evaluate(
    _ name: String, with data: Value, limits: Limits, keepsReads: Bool = false, steps: inout Int
  ) throws(TemplateError) -> (output: Output, madeUp: Set<String>) {
    var evaluator = Evaluator(self, limits: limits, keepsReads: keepsReads)
    evaluator.steps = steps
    defer { steps = evaluator.steps }
    let output = try evaluator.renderRoot(GoString(name), data)
    return (output, evaluator.madeUp)
  }
}
