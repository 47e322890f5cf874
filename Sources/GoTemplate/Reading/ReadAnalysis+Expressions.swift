extension ReadAnalysis {
  /// What a pipeline stands for; declares and assigns its variables.
  mutating func evaluate(_ pipe: Pipe, _ dot: ReadShape) -> ReadShape {
    var shape: ReadShape?
    for command in pipe.commands { shape = evaluate(command, dot, piped: shape) }
    let result = shape ?? .nothing
    for variable in pipe.variables { add(result, to: variable.name) }
    return result
  }

  private mutating func evaluate(_ command: Command, _ dot: ReadShape, piped: ReadShape?) -> ReadShape {
    guard let first = command.arguments.first else { return .nothing }
    let arguments = Array(command.arguments.dropFirst())
    guard case .function(_, let function) = first else {
      // A method: what it is given goes where nobody follows.
      for argument in arguments { take(evaluate(argument, dot)) }
      if let piped { take(piped) }
      return evaluate(first, dot)
    }
    return apply(function, arguments, dot, piped)
  }

  private mutating func evaluate(_ expression: Expression, _ dot: ReadShape) -> ReadShape {
    switch expression {
    case .dot: return dot
    case .string(_, _, let text):
      // A template in a text, which may be run: it may ask for anything.
      if text.text.contains("{{"), text.text.contains("Values") { take(.value([])) }
      return .nothing
    case .nil, .bool, .number: return .nothing
    case .field(_, let fields): return follow(fields, from: dot)
    case .variable(let variable): return follow(variable.fields, from: self.variable(variable.name))
    case .chain(_, let base, let fields): return follow(fields, from: evaluate(base, dot))
    case .function(_, let function): return apply(function, [], dot, nil)
    case .pipe(let pipe): return evaluate(pipe, dot)
    }
  }

  private mutating func follow(_ fields: [GoString], from shape: ReadShape) -> ReadShape {
    fields.reduce(shape) { field($1.text, of: $0) }
  }

  // MARK: Functions

  private mutating func apply(
    _ function: Function, _ arguments: [Expression], _ dot: ReadShape, _ piped: ReadShape?
  ) -> ReadShape {
    var shapes: [ReadShape] = []
    for argument in arguments { shapes.append(evaluate(argument, dot)) }
    var texts = arguments.map(\.literal)
    if let piped {
      shapes.append(piped)
      texts.append(nil)
    }
    switch role(of: function) {
    case nil:
      for shape in shapes { take(shape) }
      return .nothing
    case .passes: return union(shapes[...])
    case .merges:
      let all = union(shapes[...])
      change(arguments.first, shapes.first, by: all, shapes.dropFirst())
      return all
    case .asks:
      for shape in shapes { ask(shape) }
      return .nothing
    case .dict: return record(shapes, texts)
    case .set:
      guard shapes.count == 3 else { return union(shapes[...]) }
      let entry = texts[1].map { ReadShape.record([$0: shapes[2]]) }
      if let entry { change(arguments.first, shapes.first, by: entry, shapes[2...]) } else { take(shapes[2]) }
      return shapes[0].or(entry ?? .nothing)
    case .include: return include(shapes, texts, arguments.first)
    case .evaluate:
      for shape in shapes { takeValues(shape) }
      return .nothing
    case .index: return index(shapes.first, keys: shapes.dropFirst(), texts.dropFirst(), arguments.dropFirst())
    case .has:
      ask(index(shapes.first, keys: shapes.dropFirst(), texts.dropFirst(), arguments.dropFirst()))
      return .nothing
    case .dig:
      guard shapes.count > 2 else { return union(shapes[...]) }
      let keys = 0..<(shapes.count - 2)
      let found = index(shapes.last, keys: shapes[keys], texts[keys], arguments[keys])
      return found.or(shapes[shapes.count - 2])
    case .pluck:
      return shapes.dropFirst().reduce(.nothing) { found, map in
        found.or(index(map, keys: shapes[..<1], texts[..<1], arguments.prefix(1)))
      }
    }
  }

  private func union(_ shapes: ArraySlice<ReadShape>) -> ReadShape {
    shapes.reduce(.nothing) { $0.or($1) }
  }

  /// A map is changed: what a variable holds is known, of anything else the new parts count as read.
  private mutating func change(
    _ target: Expression?, _ held: ReadShape?, by shape: ReadShape, _ parts: ArraySlice<ReadShape>
  ) {
    switch target {
    case .variable(let variable)? where variable.fields.isEmpty && variable.name != "$":
      add(shape, to: variable.name)
    case .pipe? where held?.isMade == true: break  // nobody else has it
    default:
      for part in parts { takeValues(part) }
    }
  }

  private mutating func record(_ shapes: [ReadShape], _ texts: [String?]) -> ReadShape {
    var fields: [String: ReadShape] = [:]
    for position in stride(from: 0, to: shapes.count - 1, by: 2) {
      if let key = texts[position] {
        fields[key] = shapes[position + 1]
      } else {
        take(shapes[position])
        take(shapes[position + 1])
      }
    }
    return .record(fields)
  }

  private mutating func include(_ shapes: [ReadShape], _ texts: [String?], _ name: Expression?) -> ReadShape {
    guard shapes.count == 2 else { return .nothing }
    if let name = texts[0] {
      call(GoString(name), shapes[1])
    } else {
      take(shapes[0])
      callAny(endingIn: name?.literalEnd ?? "", shapes[1])
    }
    return .nothing
  }

  /// What is below keys. A key that is a number is the place in a list; one that is not known may be any.
  private mutating func index(
    _ map: ReadShape?, keys: ArraySlice<ReadShape>, _ texts: ArraySlice<String?>, _ arguments: ArraySlice<Expression>
  ) -> ReadShape {
    var shape = map ?? .nothing
    for position in keys.indices {
      take(keys[position])
      if let key = texts[position] {
        shape = field(key, of: shape)
      } else if arguments.indices.contains(position), case .number = arguments[position] {
        takeValues(shape)
        shape = shape.elements.or(shape.withoutValues)
      } else {
        takeValues(shape)
        shape = shape.elements
      }
    }
    return shape
  }
}

extension ReadShape {
  /// Whether it is a map that was made on the spot.
  fileprivate var isMade: Bool {
    switch self {
    case .nothing, .record: true
    default: false
    }
  }

  /// The parts that are no values by themselves: of a list of maps, the maps.
  fileprivate var withoutValues: ReadShape {
    switch self {
    case .value: .nothing
    case .any(let shapes): shapes.reduce(.nothing) { $0.or($1.withoutValues) }
    default: self
    }
  }
}

extension Expression {
  /// The end of a text that is put together, as far as it is written down: of `print $.Template.BasePath "/map.yaml"` the
  /// last part.
  fileprivate var literalEnd: String? {
    guard case .pipe(let pipe) = self, pipe.commands.count == 1, let first = pipe.commands[0].arguments.first,
      case .function(_, let function) = first
    else { return nil }
    switch function.name {
    case "print": return pipe.commands[0].arguments.last?.literal
    case "printf":
      guard pipe.commands[0].arguments.count > 1, let format = pipe.commands[0].arguments[1].literal else { return nil }
      return format.split(separator: "%", omittingEmptySubsequences: false).last.map { String($0.dropFirst()) }
    default: return nil
    }
  }

  /// The text, where it is a string.
  fileprivate var literal: String? {
    switch self {
    case .string(_, _, let text): text.text
    case .pipe(let pipe)
    where pipe.commands.count == 1 && pipe.variables.isEmpty && pipe.commands[0].arguments.count == 1:
      pipe.commands[0].arguments[0].literal
    default: nil
    }
  }
}
