import Pattern

/// Finds what cel-go refuses when it makes a program of an expression with `OptOptimize`, checked or not: it works out
/// conversions of constants, and understands constant regular expressions, before anything is evaluated.
struct PlanCheck {
  let environment: Environment
  let source: [UInt8]
  private(set) var problems: [CELProblem] = []

  init(environment: Environment, source: [UInt8]) {
    self.environment = environment
    self.source = source
  }

  fileprivate static let conversions: Set<String> = [
    "bool", "bytes", "double", "duration", "dyn", "int", "string", "timestamp", "type", "uint",
  ]

  mutating func check(_ expression: Expression) {
    for operand in expression.operands { check(operand) }
    switch expression.kind {
    case .call(let name, let target, let arguments):
      checkCall(name, ([target].compactMap(\.self) + arguments), isMember: target != nil, expression)
    case .message(let name, _) where !KnownType.messages.contains(name):
      note(.undeclared, "unknown type: \(name)", at: expression.mark)
    default: break
    }
  }

  private mutating func checkCall(_ name: String, _ arguments: [Expression], isMember: Bool, _ whole: Expression) {
    if arguments.isEmpty, environment.functions[name] == nil {
      note(.undeclared, "no such overload: \(name)()", at: whole.mark)
    }
    if name == "matches", arguments.count == 2, case .literal(.string(let pattern)) = arguments[1].kind {
      do throws(PatternError) {
        _ = try Pattern(pattern)
      } catch {
        guard !error.isOfThisEngine else { return }
        note(.type, error.message, at: arguments[1].range)
      }
    }
    guard Self.conversions.contains(name), !isMember, arguments.count == 1, arguments[0].isConstant else { return }
    do throws(EvaluationError) {
      _ = try Program(environment: environment, tree: whole).evaluate()
    } catch {
      // A limit of the engine here says nothing of the controller's.
      guard error.code != .limit else { return }
      note(.type, error.message, at: arguments[0].range)
    }
  }

  private mutating func note(_ code: CELProblem.Code, _ message: String, at range: Range<Int>) {
    guard problems.count < CELProblem.maximumCount else { return }
    problems.append(CELProblem(code, message, at: range, in: source))
  }
}

extension Expression {
  /// What it is made of.
  var operands: [Expression] {
    switch kind {
    case .literal, .identifier, .variable, .local: []
    case .select(let operand, _), .presence(let operand, _): [operand]
    case .call(_, let target, let arguments): [target].compactMap(\.self) + arguments
    case .logic(_, let terms): terms
    case .conditional(let condition, let then, let otherwise): [condition, then, otherwise]
    case .list(let elements): elements.map(\.value)
    case .map(let entries): entries.flatMap { [$0.key, $0.value] }
    case .message(_, let fields): fields.map(\.value)
    case .comprehension(let comprehension):
      [comprehension.operand] + [comprehension.condition].compactMap(\.self) + [comprehension.body]
    }
  }

  /// Whether it is a literal, or the conversion of one.
  var isConstant: Bool {
    switch kind {
    case .literal: true
    case .list(let elements): elements.allSatisfy { $0.value.isConstant && !$0.isOptional }
    case .call(let name, nil, let arguments):
      PlanCheck.conversions.contains(name) && arguments.count == 1 && arguments[0].isConstant
    default: false
    }
  }
}
