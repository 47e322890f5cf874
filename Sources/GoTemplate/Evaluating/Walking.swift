extension Evaluator {
  /// Runs statements in order until one leaves a loop.
  mutating func walk(_ nodes: [Node], _ dot: Operand) throws(TemplateError) -> Flow {
    for node in nodes {
      let flow = try walk(node, dot)
      if flow != .onward { return flow }
    }
    return .onward
  }

  private mutating func walk(_ node: Node, _ dot: Operand) throws(TemplateError) -> Flow {
    switch node {
    case .text(let position, let bytes):
      try countStep(at: position)
      try write(bytes, at: position, isCopied: true)
    case .action(let position, let pipe):
      try countStep(at: position)
      let includedStart = log.includedCount
      let value = try evaluate(pipe, dot)
      if pipe.variables.isEmpty { try print(value, at: position, includedStart) }
    case .branch(let branch):
      try countStep(at: branch.pipe.position)
      try enter(at: branch.pipe.position)
      let outerCause = cause
      defer {
        nesting -= 1
        cause = outerCause
      }
      return branch.kind == .range ? try walkRange(branch, dot) : try walkIfOrWith(branch, dot)
    case .call(let call): try walkCall(call, dot)
    case .breakLoop: return .breaks
    case .continueLoop: return .continues
    }
    return .onward
  }

  private mutating func print(
    _ operand: Operand, at position: Int, _ includedStart: Int32
  ) throws(TemplateError) {
    var text = Evaluator.noValue
    if case .missing = operand.value {
    } else {
      try countWalk(over: operand.value, at: position)
      text = Formatter.text(operand.value)
    }
    try write(text.bytes, at: position, isCopied: false, reads: operand.reads, includedStart: includedStart)
  }

  /// What an action without a value prints.
  public static let noValue: GoString = "<no value>"

  private mutating func walkIfOrWith(_ branch: Node.Branch, _ dot: Operand) throws(TemplateError) -> Flow {
    let scope = variables.count
    defer { variables.removeSubrange(scope...) }
    let value = try evaluate(branch.pipe, dot)
    if !value.reads.isEmpty { cause = value.reads }
    if value.value.isTrue {
      return try walk(branch.list, branch.kind == .with ? value : dot)
    }
    guard let otherwise = branch.otherwise else { return .onward }
    return try walk(otherwise, dot)
  }

  private mutating func walkCall(_ call: Node.TemplateCall, _ dot: Operand) throws(TemplateError) {
    try countStep(at: call.position)
    guard let called = templates.template(call.name) else {
      throw failure(
        at: call.position, call.description, "template \(Quoting.quote(call.name)) not defined")
    }
    try enter(at: call.position)
    defer { nesting -= 1 }
    let operand = try call.pipe.map { (pipe) throws(TemplateError) in try evaluate(pipe, dot) } ?? .missing
    try execute(called, operand)
  }

  // MARK: Range

  private mutating func walkRange(_ branch: Node.Branch, _ dot: Operand) throws(TemplateError) -> Flow {
    let scope = variables.count
    defer { variables.removeSubrange(scope...) }
    let operand = try evaluate(branch.pipe, dot)
    let value = operand.value
    if !operand.reads.isEmpty { cause = operand.reads }
    let inner = variables.count
    var hasRun = false
    switch value.underlying {
    case .list(let list):
      let isBoxed = list.elementType.isInterface
      for (index, element) in list.elements.enumerated() {
        hasRun = true
        let mark = list.mark == 0 ? nil : (list.mark, GoString(String(index)))
        let element = Operand(value: element, isBoxed: isBoxed, reads: reads(of: mark, in: operand))
        if try iterate(branch, .int(index), element, inner) { break }
      }
    case .bytes(let bytes):
      for (index, byte) in bytes.enumerated() {
        hasRun = true
        if try iterate(branch, .int(index), Operand(value: .uint(UInt64(byte), .uint8)), inner) { break }
      }
    case .dict(let dict):
      let isBoxed = dict.elementType.isInterface
      // The entries are those of the start, as Go's sorted copy has them.
      let entries = dict.entries
      for key in dict.sortedKeys {
        hasRun = true
        let mark = dict.mark == 0 ? nil : (dict.mark, key)
        let element = Operand(
          value: entries[key] ?? .null, isBoxed: isBoxed, reads: reads(of: mark, in: operand))
        if try iterate(branch, .string(key), element, inner) { break }
      }
    case .int(let count, let width):
      try checkSingleVariable(branch, value)
      for number in 0..<max(count, 0) {
        hasRun = true
        if try iterate(branch, .int(number, width), Operand(value: .int(number, width)), inner) { break }
      }
    case .uint(let count, let width):
      try checkSingleVariable(branch, value)
      for number in 0..<count {
        hasRun = true
        if try iterate(branch, .uint(number, width), Operand(value: .uint(number, width)), inner) { break }
      }
    case .missing, .null: break
    default:
      throw failure(afterEvaluating: .pipe(branch.pipe), "range can't iterate over \(Formatter.text(value))")
    }
    guard !hasRun, let otherwise = branch.otherwise else { return .onward }
    return try walk(otherwise, dot)
  }

  /// What an element was read from: its place in a marked collection, or else what was read for the whole.
  private mutating func reads(of element: (mark: Int32, key: GoString)?, in whole: Operand) -> ReadLog.Stretch {
    guard log.isKept, let element else { return whole.reads }
    let start = log.count
    log.note(.element(mark: element.mark, key: element.key))
    return log.stretch(since: start)
  }

  private func checkSingleVariable(_ branch: Node.Branch, _ value: Value) throws(TemplateError) {
    guard branch.pipe.variables.count > 1 else { return }
    throw failure(
      afterEvaluating: .pipe(branch.pipe), "can't use \(Formatter.text(value)) to iterate over more than one variable")
  }

  /// Runs the body once; whether the loop ends.
  private mutating func iterate(
    _ branch: Node.Branch, _ index: Value, _ element: Operand, _ inner: Int
  ) throws(TemplateError) -> Bool {
    try countStep(at: branch.pipe.position)
    let declared = branch.pipe.variables
    if branch.pipe.isAssignment {
      if declared.count > 1 {
        try assign(declared[0], Operand(value: index))
        try assign(declared[1], element)
      } else if let only = declared.first {
        try assign(only, element)
      }
    } else if !declared.isEmpty {
      variables[inner - 1].operand = element
      if declared.count > 1 { variables[inner - 2].operand = Operand(value: index) }
    }
    let flow = try walk(branch.list, element)
    variables.removeSubrange(inner...)
    return flow == .breaks
  }

  mutating func assign(_ variable: Expression.Variable, _ operand: Operand) throws(TemplateError) {
    guard let slot = slot(of: variable.name) else {
      throw failure(at: variable.position, variable.description, "undefined variable: \(variable.name)")
    }
    variables[slot].operand = operand
  }
}
