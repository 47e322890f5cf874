/// A statement of a template. Positions are bytes from the start of the source.
indirect enum Node: Sendable {
  case text(position: Int, bytes: [UInt8])
  case action(position: Int, Pipe)
  case branch(Branch)
  case call(TemplateCall)
  case breakLoop(position: Int)
  case continueLoop(position: Int)

  /// `if`, `with` and `range`.
  struct Branch: Sendable {
    enum Kind: String, Sendable { case `if`, with, range }
    var kind: Kind
    var pipe: Pipe
    var list: [Node]
    var otherwise: [Node]?
  }

  /// `{{template "name" pipe}}`
  struct TemplateCall: Sendable {
    var position: Int
    var name: GoString
    var pipe: Pipe?
  }
}

/// `$x, $y := command | command`
struct Pipe: Sendable {
  var position: Int
  var isAssignment = false
  var variables: [Expression.Variable] = []
  var commands: [Command] = []
}

/// A function, method or value with its arguments.
struct Command: Sendable {
  var position: Int
  var arguments: [Expression]
}

/// An operand.
indirect enum Expression: Sendable {
  case dot(position: Int)
  case `nil`(position: Int)
  case bool(position: Int, Bool)
  case number(position: Int, NumberLiteral)
  case string(position: Int, literal: GoString, GoString)
  case field(position: Int, [GoString])
  case variable(Variable)
  case function(position: Int, Function)
  case chain(position: Int, Expression, [GoString])
  case pipe(Pipe)

  struct Variable: Sendable {
    var position: Int
    /// The name with its dollar sign.
    var name: GoString
    var fields: [GoString] = []
  }

  var position: Int {
    switch self {
    case .dot(let position), .nil(let position): position
    case .bool(let position, _), .number(let position, _), .string(let position, _, _): position
    case .field(let position, _), .function(let position, _), .chain(let position, _, _): position
    case .variable(let variable): variable.position
    case .pipe(let pipe): pipe.position
    }
  }
}

extension [Node] {
  /// Whether there is nothing but space: such a definition does not replace another one.
  var isEmptyTree: Bool {
    allSatisfy { node in
      guard case .text(_, let bytes) = node else { return false }
      return bytes.allSatisfy { Lexer.isSpace($0) || $0 == 0x0B || $0 == 0x0C }
    }
  }
}
