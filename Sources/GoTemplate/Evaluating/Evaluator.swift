/// One evaluation of a template: the state that actions and functions change.
public struct Evaluator {
  /// The templates that can be called; `tpl` adds to them while its text runs.
  public var templates: TemplateSet
  /// What the evaluation may take.
  public let limits: Limits
  /// How often each template is being included within itself, for Helm's limit.
  public var includeDepths: [GoString: Int] = [:]
  /// Names of functions that gave a made-up value where the real one is random, of the time or of the cluster.
  public var madeUp: Set<String> = []

  var output = Output()
  var template: TemplateSet.Template
  var variables: [Variable] = []
  var steps = 0
  var templateDepth = 0
  var nesting = 0
  /// Bytes written by included templates, which count too.
  var otherBytes = 0
  /// What was read of marked maps and lists.
  var log: ReadLog
  /// What decided that the statements at hand run.
  var cause = ReadLog.Stretch.nothing
  /// The arguments that decided `and` and `or` before their last one, by where these stand.
  var deciding: [Int: Expression] = [:]

  struct Variable {
    var name: GoString
    var operand: Operand
  }

  init(_ templates: TemplateSet, limits: Limits, keepsReads: Bool = false) {
    self.templates = templates
    self.limits = limits
    log = ReadLog(isKept: keepsReads)
    let source = TemplateSource(name: templates.name, bytes: [])
    template = TemplateSet.Template(name: GoString(templates.name), source: source, root: [])
  }

  /// A value, and whether it came out of an `interface {}`: Go's error texts then name that as its type.
  struct Operand {
    var value: Value
    var isBoxed = false
    /// What was read for it.
    var reads = ReadLog.Stretch.nothing

    /// Nothing piped in, no value.
    static var missing: Operand { Operand(value: .missing) }

    /// The type as Go's error texts name it.
    var typeName: String { isBoxed || value.isNil ? GoType.any.description : value.type.description }
  }

  enum Flow { case onward, breaks, continues }

  // MARK: Rendering

  mutating func renderRoot(_ name: GoString, _ data: Value) throws(TemplateError) -> Output {
    guard let found = templates.template(name) else {
      throw TemplateError(.execution, reason: notAssociated(name), innermostFirst: [])
    }
    try execute(found, Operand(value: data.isNil ? .missing : data))
    output.log = log
    return output
  }

  private func notAssociated(_ name: GoString) -> String {
    "template: no template \(Quoting.quote(name)) associated with template \(Quoting.quote(templates.name))"
  }

  /// The output of the template of a name, as `include` gives it: with variables and output of its own.
  public mutating func render(_ name: GoString, with data: Value) throws(FunctionError) -> GoString {
    guard let found = templates.template(name) else { throw .message(notAssociated(name)) }
    return try render(found, with: data)
  }

  /// A template made while another one is evaluated.
  public struct Definition {
    fileprivate var template: TemplateSet.Template
  }

  /// Adds a text and what it defines to the templates that can be called.
  public mutating func define(_ source: TemplateSource) throws(TemplateError) -> Definition {
    Definition(template: try templates.define(source))
  }

  /// The output of a template made here.
  public mutating func render(_ definition: Definition, with data: Value) throws(FunctionError) -> GoString {
    try render(definition.template, with: data)
  }

  private mutating func render(
    _ found: TemplateSet.Template, with data: Value
  ) throws(FunctionError) -> GoString {
    let outer = output
    let firstIncluded = log.includedCount
    output = Output()
    otherBytes += outer.bytes.count
    defer {
      otherBytes -= outer.bytes.count
      output = outer
    }
    do throws(TemplateError) {
      try execute(found, Operand(value: data.isNil ? .missing : data))
    } catch {
      throw .template(error)
    }
    log.noteIncluded(output, since: firstIncluded)
    return GoString(output.bytes)
  }

  mutating func execute(_ called: TemplateSet.Template, _ dot: Operand) throws(TemplateError) {
    let (outerTemplate, outerVariables) = (template, variables)
    template = called
    variables = [Variable(name: "$", operand: dot)]
    templateDepth += 1
    defer {
      templateDepth -= 1
      (template, variables) = (outerTemplate, outerVariables)
    }
    guard templateDepth <= limits.templateDepth else {
      throw limitFailure("exceeded maximum template depth (\(limits.templateDepth))", at: 0)
    }
    _ = try walk(called.root, dot)
  }

  // MARK: Errors

  /// An error at a node, worded as Go does.
  func failure(
    at position: Int, _ node: String, _ message: String, code: TemplateError.Code = .execution
  ) -> TemplateError {
    TemplateError(code, reason: message, innermostFirst: [frame(position, node)])
  }

  func frame(_ position: Int, _ node: String, call: String = "") -> TemplateError.Frame {
    let (line, column) = template.source.line(of: position)
    let head =
      "template: \(template.source.name):\(line):\(column): executing \(Quoting.quote(template.name)) at <\(node)>: "
    return TemplateError.Frame(
      head: head + call, location: template.source.location(of: position), template: template.name.text)
  }

  func limitFailure(_ message: String, at position: Int) -> TemplateError {
    let (line, column) = template.source.line(of: position)
    let frame = TemplateError.Frame(
      head: "template: \(template.source.name):\(line):\(column): executing \(Quoting.quote(template.name)): ",
      location: template.source.location(of: position), template: template.name.text)
    return TemplateError(.limit, reason: message, innermostFirst: [frame])
  }

  // MARK: Limits

  mutating func countStep(at position: Int) throws(TemplateError) {
    steps += 1
    guard steps <= limits.steps else {
      throw limitFailure("the template takes more than \(limits.steps) steps", at: position)
    }
  }

  /// Accounts for work inside of a function that takes as long as `count` steps.
  public mutating func charge(steps count: Int) throws(FunctionError) {
    steps += min(count, limits.steps)
    guard steps <= limits.steps else { throw .limit("the template takes more than \(limits.steps) steps") }
  }

  private mutating func charge(steps count: (partialValue: Int, overflow: Bool)) throws(FunctionError) {
    try charge(steps: count.overflow ? .max : count.partialValue)
  }

  /// Accounts for what a function does with its arguments.
  mutating func charge(_ cost: Function.Cost, of values: [Value]) throws(FunctionError) {
    switch cost {
    case .shallow: try charge(steps: values.reduce(0) { $0 + $1.stepsToRead })
    case .reading, .expanding: try charge(steps: values.reduce(0) { $0 + $1.stepsToMake * 4 })
    case .heavy(let count):
      try charge(steps: values.reduce(count) { $0 + $1.stepsToMake * 4 })
    case .deep(let times):
      for value in values { try charge(steps: weight(of: value) * times) }
    case .comparing:
      var count = values.count - 1
      if case .list(let list)? = values.first { count += list.elements.count }
      for value in values { try charge(steps: weight(of: value).multipliedReportingOverflow(by: 1 + count / 8)) }
    }
  }

  /// Accounts for a walk over a value that is printed.
  mutating func countWalk(over value: Value, at position: Int) throws(TemplateError) {
    steps += weight(of: value)
    guard steps <= limits.steps else {
      throw limitFailure("the template takes more than \(limits.steps) steps", at: position)
    }
  }

  /// The steps of a walk over a value, as far as they may be spent.
  private func weight(of value: Value) -> Int {
    var weight = ValueWeight(limit: limits.steps - steps)
    weight.add(value)
    return weight.steps
  }

  /// Where the variable of a name is; a long way to it takes steps.
  mutating func slot(of name: GoString) -> Int? {
    let slot = variables.lastIndex { $0.name == name }
    steps += (variables.count - (slot ?? 0)) / 16
    return slot
  }

  mutating func enter(at position: Int) throws(TemplateError) {
    nesting += 1
    guard nesting <= limits.nesting else {
      throw limitFailure("the template nests deeper than \(limits.nesting) levels", at: position)
    }
  }

  mutating func write(
    _ bytes: [UInt8], at position: Int, isCopied: Bool, reads: ReadLog.Stretch = .nothing, includedStart: Int32 = 0
  ) throws(TemplateError) {
    var segment = Output.Segment(
      start: output.bytes.count, source: template.source, position: position, isCopied: isCopied)
    segment.reads = reads
    segment.cause = cause
    if !isCopied { (segment.includedStart, segment.includedEnd) = (includedStart, log.includedCount) }
    output.append(bytes, as: segment)
    guard output.bytes.count + otherBytes <= limits.outputBytes else {
      throw limitFailure("the template writes more than \(limits.outputBytes) bytes", at: position)
    }
  }
}
