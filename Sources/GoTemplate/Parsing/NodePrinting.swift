// Every node prints itself as Go's does: error texts quote nodes, and parser tests compare them.

extension Node: CustomStringConvertible {
  var description: String {
    switch self {
    case .text(_, let bytes): GoString(bytes).text
    case .action(_, let pipe): "{{\(pipe)}}"
    case .branch(let branch): branch.description
    case .call(let call): call.description
    case .breakLoop: "{{break}}"
    case .continueLoop: "{{continue}}"
    }
  }
}

extension Node.Branch: CustomStringConvertible {
  var description: String {
    let otherwise = otherwise.map { "{{else}}" + $0.map(\.description).joined() } ?? ""
    return "{{\(kind.rawValue) \(pipe)}}" + list.map(\.description).joined() + otherwise + "{{end}}"
  }
}

extension Node.TemplateCall: CustomStringConvertible {
  var description: String {
    "{{template \(Quoting.quote(name))" + (pipe.map { " \($0)" } ?? "") + "}}"
  }
}

extension Pipe: CustomStringConvertible {
  var description: String {
    let declarations = variables.map(\.description).joined(separator: ", ")
    let assigned = variables.isEmpty ? "" : declarations + (isAssignment ? " = " : " := ")
    return assigned + commands.map(\.description).joined(separator: " | ")
  }
}

extension Command: CustomStringConvertible {
  var description: String { arguments.map(\.inParentheses).joined(separator: " ") }
}

extension Expression: CustomStringConvertible {
  var description: String {
    switch self {
    case .dot: "."
    case .nil: "nil"
    case .bool(_, let value): String(value)
    case .number(_, let literal): literal.text
    case .string(_, let literal, _): literal.text
    case .field(_, let fields): fields.map { ".\($0)" }.joined()
    case .variable(let variable): variable.description
    case .function(_, let function): function.name
    case .chain(_, let base, let fields): base.inParentheses + fields.map { ".\($0)" }.joined()
    case .pipe(let pipe): pipe.description
    }
  }

  /// A pipe within something else stands in parentheses.
  var inParentheses: String {
    if case .pipe(let pipe) = self { return "(\(pipe))" }
    return description
  }
}

extension Expression.Variable: CustomStringConvertible {
  var description: String { ([name] + fields).map(\.text).joined(separator: ".") }
}
