/// The functions every Go template has.
enum Builtins {
  static let functions: [Function] =
    [
      and, or, not, call, length, index, slice,
    ] + [html, js, urlquery, sprint, sprintf, sprintln].map { $0.costing(.deep()) } + Comparison.functions

  private static let and = Function("and", .value, variadic: .value) { $0[0] }
  private static let or = Function("or", .value, variadic: .value) { $0[0] }
  private static let not = Function("not", .value) { .bool(!$0[0].isTrue) }
  private static let call = Function("call", .value, variadic: .value) { $0[0] }

  /// Whether the function is `or` (true) or `and` (false), which the evaluator itself runs to stop early.
  static func shortCircuit(_ function: Function) -> Bool? {
    guard function.parameters == [.value], function.variadic == .value else { return nil }
    switch function.name {
    case "and": return false
    case "or": return true
    default: return nil
    }
  }

  static func isCall(_ function: Function) -> Bool {
    function.name == "call" && function.parameters == [.value]
  }

  /// `call` needs a function value, and no value of a template is one.
  static func refuseCall(_ values: [Value], described: String?) throws(FunctionError) -> Value {
    guard let callee = values.first, !callee.isNil else { throw .message("call of nil") }
    var name = described ?? "<\(callee.type) Value>"
    if described == nil, case .string(let text) = callee { name = text.text }
    throw .message("non-function \(name) of type \(callee.type)")
  }

  // MARK: Printing

  private static let sprint = Function("print", variadic: .any) { .string(Formatter.print($0)) }
  private static let sprintln = Function("println", variadic: .any) { .string(Formatter.printLine($0)) }
  private static let sprintf = Function("printf", .string, variadic: .any) { arguments in
    guard case .string(let format) = arguments[0] else { return .missing }
    return .string(Formatter.print(format: format, Array(arguments.dropFirst())))
  }

  private static let html = Function("html", variadic: .any) { .string(Escaping.html(printed($0))) }
  private static let js = Function("js", variadic: .any) { .string(Escaping.javaScript(printed($0))) }
  private static let urlquery = Function("urlquery", variadic: .any) { .string(Escaping.query(printed($0))) }

  /// What the escaping functions escape: a nil prints as an action prints it.
  private static func printed(_ arguments: [Value]) -> GoString {
    Formatter.print(arguments.map { $0.isNil ? .string(Evaluator.noValue) : $0 })
  }
}
