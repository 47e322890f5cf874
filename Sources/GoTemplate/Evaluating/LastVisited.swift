/// Go's evaluation notes each operand as it comes to it and does not go back: an error about a value names the operand
/// that was looked at last for it.
extension Evaluator {
  /// An error about the value that an expression has just given.
  func failure(afterEvaluating expression: Expression, _ message: String) -> TemplateError {
    let last = lastVisited(in: expression)
    return failure(at: last.position, last.description, message)
  }

  private func lastVisited(in expression: Expression) -> Expression {
    switch expression {
    case .pipe(let pipe):
      guard let command = pipe.commands.last, let first = command.arguments.first else { return expression }
      if case .function(let position, let function) = first, Builtins.shortCircuit(function) != nil,
        let argument = deciding[position]
      {
        return lastVisited(in: argument)
      }
      return lastVisited(in: command.arguments.last ?? first)
    case .chain(_, let base, _): return lastVisited(in: base)
    case .dot, .nil, .bool, .number, .string, .field, .variable, .function: return expression
    }
  }
}
