/// Works out from the parsed templates which paths of `.Values` they may read, without running them.
///
/// Follows values through variables, `with`, maps that are made for an `include`, and the templates that are called.
/// Branches are all taken. Where a value goes where it is not followed, all of it counts as read: what is left unread is
/// surely never asked for.
struct ReadAnalysis {
  private struct Call: Hashable {
    var name: GoString
    var dot: ReadShape
  }

  /// As many calls are followed, as deep, with shapes as large, over as much of the templates (weighed by the shapes that
  /// go through it); beyond, everything counts as read.
  private static let mostCalls = 5_000
  private static let deepestCall = 100
  private static let largestShape = 200
  private static let mostWork = 250_000
  private static let deepestPath = 32

  private let templates: TemplateSet
  private let roles: [String: ReadingRole]
  private(set) var reads: Set<FieldRead> = []
  private var seen: Set<Call> = []
  private var variables: [GoString: ReadShape] = [:]
  private var depth = 0
  private var work = 0
  /// Whether all of the values count as read, so that nothing more is to be found.
  private var isSettled = false

  init(_ templates: TemplateSet, roles: [String: ReadingRole]) {
    self.templates = templates
    self.roles = roles
  }

  /// Follows the template of a name.
  mutating func call(_ name: GoString, _ dot: ReadShape) {
    guard !isSettled, let template = templates.template(name) else { return }
    guard seen.insert(Call(name: name, dot: dot)).inserted else { return }
    guard seen.count <= Self.mostCalls, depth < Self.deepestCall, dot.size <= Self.largestShape else {
      note([], isWhole: true)
      return
    }
    let outer = variables
    depth += 1
    variables = ["$": dot]
    walk(template.root, dot)
    variables = outer
    depth -= 1
  }

  // MARK: Reads

  private mutating func note(_ path: [String], isWhole: Bool) {
    if path.isEmpty, isWhole { isSettled = true }
    reads.insert(FieldRead(path: path, isWhole: isWhole))
  }

  /// All of it is read.
  mutating func take(_ shape: ReadShape) {
    switch shape {
    case .nothing: break
    case .scope, .scopes: note([], isWhole: true)
    case .value(let path): note(path, isWhole: true)
    case .record(let fields): fields.values.forEach { take($0) }
    case .any(let shapes): shapes.forEach { take($0) }
    }
  }

  /// As that; but templates start with the scope anyway.
  mutating func takeValues(_ shape: ReadShape) {
    switch shape {
    case .nothing, .scope, .scopes: break
    case .value(let path): note(path, isWhole: true)
    case .record(let fields): fields.values.forEach { takeValues($0) }
    case .any(let shapes): shapes.forEach { takeValues($0) }
    }
  }

  /// It is ranged over: which keys a value has is of no account then.
  private mutating func takeRanged(_ shape: ReadShape) {
    switch shape {
    case .nothing, .scope, .scopes, .record: break
    case .value(let path): note(path, isWhole: true)
    case .any(let shapes): shapes.forEach { takeRanged($0) }
    }
  }

  /// Whether it is there is read.
  mutating func ask(_ shape: ReadShape) {
    switch shape {
    case .nothing, .scope, .scopes, .record: break
    case .value(let path): note(path, isWhole: false)
    case .any(let shapes): shapes.forEach { ask($0) }
    }
  }

  mutating func field(_ name: String, of shape: ReadShape) -> ReadShape {
    switch shape {
    case .nothing: return .nothing
    case .scope: return name == "Values" ? .value([]) : name == "Subcharts" ? .scopes : .nothing
    case .scopes: return .scope
    case .value(let path):
      if path.isEmpty, name == "AsMap" { return shape }
      guard path.count < Self.deepestPath else {
        note(path, isWhole: true)
        return .nothing
      }
      note(path + [name], isWhole: false)
      return .value(path + [name])
    case .record(let fields): return fields[name] ?? .nothing
    case .any(let shapes):
      return shapes.reduce(.nothing) { found, shape in found.or(field(name, of: shape)) }
    }
  }

  /// Follows every template whose name ends like this: which of them is called is not known.
  mutating func callAny(endingIn end: String, _ dot: ReadShape) {
    for name in templates.names where name.hasSuffix(end) { call(GoString(name), dot) }
  }

  func role(of function: Function) -> ReadingRole? { roles[function.name] }

  // MARK: Variables

  func variable(_ name: GoString) -> ReadShape { variables[name] ?? .nothing }

  /// Branches and loops are not told apart: a variable may be all that it ever is.
  mutating func add(_ shape: ReadShape, to name: GoString) {
    let all = variable(name).or(shape)
    guard all.size <= Self.largestShape else { return take(shape) }
    variables[name] = all
  }

  // MARK: Statements

  private mutating func walk(_ nodes: [Node], _ dot: ReadShape) {
    let weight = dot.size
    for node in nodes where !isSettled {
      work += weight
      guard work <= Self.mostWork else { return note([], isWhole: true) }
      walk(node, dot)
    }
  }

  private mutating func walk(_ node: Node, _ dot: ReadShape) {
    switch node {
    case .text, .breakLoop, .continueLoop: break
    case .action(_, let pipe):
      let shape = evaluate(pipe, dot)
      if pipe.variables.isEmpty { take(shape) }
    case .call(let call):
      let shape = call.pipe.map { evaluate($0, dot) } ?? .nothing
      self.call(call.name, shape)
    case .branch(let branch): walk(branch, dot)
    }
  }

  private mutating func walk(_ branch: Node.Branch, _ dot: ReadShape) {
    let shape = evaluate(branch.pipe, dot)
    switch branch.kind {
    case .if:
      ask(shape)
      walk(branch.list, dot)
    case .with:
      ask(shape)
      walk(branch.list, shape)
    case .range:
      takeRanged(shape)
      let elements = shape.elements
      if let last = branch.pipe.variables.last { add(elements, to: last.name) }
      // What the first round assigns the second one may use.
      walk(branch.list, elements)
      walk(branch.list, elements)
    }
    if let otherwise = branch.otherwise { walk(otherwise, dot) }
  }
}

extension TemplateSet {
  /// The paths of `.Values` that templates may read when those of `names` run.
  public func valuesRead(by names: [String], roles: [String: ReadingRole]) -> Set<FieldRead> {
    var analysis = ReadAnalysis(self, roles: roles)
    for name in names { analysis.call(GoString(name), .scope) }
    return analysis.reads
  }
}
