import GoTemplate

/// Lists. What is named `must…` fails; the others do as well, since Go turns their panics into errors.
enum ListFunctions {
  static let functions: [Function] =
    [
      Function("list", variadic: .any) { .anyList($0) },
      Function("tuple", variadic: .any) { .anyList($0) },
      Function("until", .int, evaluating: until),
      Function("untilStep", .int, .int, .int, evaluating: untilStep),
      Function("seq", variadic: .int, evaluating: sequence),
      Function("concat", variadic: .any) { (lists) throws(FunctionError) in
        var joined: [Value] = []
        for list in lists {
          guard let elements = Casting.elements(list) else {
            if list.isNil { throw nilDereference }
            throw .message("Cannot concat type \(list.type.kind) as list")
          }
          joined += elements
        }
        return joined.isEmpty ? noList : .anyList(joined)
      },
      Function("compact", .any, body: compact), Function("mustCompact", .any, body: compact),
      Function("slice", .any, variadic: .any, body: slice), Function("mustSlice", .any, variadic: .any, body: slice),
      Function("chunk", .int, .any, body: chunk), Function("mustChunk", .int, .any, body: chunk),
      Function("without", .any, variadic: .any, body: without),
      Function("mustWithout", .any, variadic: .any, body: without),
      Function("has", .any, .any, body: has), Function("mustHas", .any, .any, body: has),
    ] + taking + adding

  private static let taking: [Function] =
    single("first", "Cannot find first on type") { $0.first ?? .null }
    + single("last", "Cannot find last on type") { $0.last ?? .null }
    + single("rest", "Cannot find rest on type") { $0.isEmpty ? noList : .anyList(Array($0.dropFirst())) }
    + single("initial", "Cannot find initial on type") { $0.isEmpty ? noList : .anyList(Array($0.dropLast())) }
    + single("reverse", "Cannot find reverse on type") { .anyList($0.reversed()) }
    + single("uniq", "Cannot find uniq on type") { elements in
      var found: [Value] = []
      for element in elements where !found.contains(where: { $0.isDeepEqual(to: element) }) { found.append(element) }
      return .anyList(found)
    }

  private static let adding: [Function] =
    ["append", "push", "mustAppend", "mustPush"].map { name in
      Function(name, .any, .any) { (arguments) throws(FunctionError) in
        .anyList(try elements(arguments[0], "Cannot push on type") + [arguments[1]])
      }
    }
    + ["prepend", "mustPrepend"].map { name in
      Function(name, .any, .any) { (arguments) throws(FunctionError) in
        .anyList([arguments[1]] + (try elements(arguments[0], "Cannot prepend on type")))
      }
    }

  /// Where Go gives a slice that was never made.
  private static var noList: Value { .list(List([], isNil: true)) }

  /// A function of one list, under its name and the `must` name.
  private static func single(
    _ name: String, _ complaint: String, _ body: @escaping @Sendable ([Value]) -> Value
  ) -> [Function] {
    let strict = "must" + name.prefix(1).uppercased() + name.dropFirst()
    return [name, strict].map { name in
      Function(name, .any) { (arguments) throws(FunctionError) in body(try elements(arguments[0], complaint)) }
    }
  }

  private static func elements(_ value: Value, _ complaint: String) throws(FunctionError) -> [Value] {
    if let elements = Casting.elements(value) { return elements }
    if value.isNil { throw nilDereference }
    throw .message("\(complaint) \(value.type.kind)")
  }

  @Sendable private static func compact(_ arguments: [Value]) throws(FunctionError) -> Value {
    .anyList(try elements(arguments[0], "Cannot compact on type").filter { !Casting.isEmpty($0) })
  }

  @Sendable private static func without(_ arguments: [Value]) throws(FunctionError) -> Value {
    let omitted = arguments.dropFirst()
    let kept = try elements(arguments[0], "Cannot find without on type").filter { element in
      !omitted.contains { $0.isDeepEqual(to: element) }
    }
    return .anyList(kept)
  }

  @Sendable private static func has(_ arguments: [Value]) throws(FunctionError) -> Value {
    if arguments[1].isNil { return false }
    let elements = try elements(arguments[1], "Cannot find has on type")
    return .bool(elements.contains { $0.isDeepEqual(to: arguments[0]) })
  }

  @Sendable private static func slice(_ arguments: [Value]) throws(FunctionError) -> Value {
    let elements = try elements(arguments[0], "list should be type of slice or array but")
    if elements.isEmpty { return .null }
    let start = arguments.count > 1 ? Casting.int(arguments[1]) : 0
    let end = arguments.count > 2 ? Casting.int(arguments[2]) : elements.count
    guard start >= 0, start <= end, end <= elements.count else {
      throw .message("reflect.Value.Slice: slice index out of bounds")
    }
    guard case .list(let list) = arguments[0].underlying else { return .anyList(Array(elements[start..<end])) }
    return .list(List(Array(elements[start..<end]), of: list.elementType))
  }

  @Sendable private static func chunk(_ arguments: [Value]) throws(FunctionError) -> Value {
    let elements = try elements(arguments[1], "Cannot chunk type")
    let size = arguments.int(0)
    if elements.isEmpty { return .list(List([], of: .anySlice)) }
    guard size > 0 else {
      // Go rounds the number of chunks up, which leaves none where the list is not longer than the size below zero.
      guard size != 0, elements.count - 1 > 0, elements.count - 1 <= size.magnitude else {
        throw .message("runtime error: makeslice: len out of range")
      }
      return .list(List([], of: .anySlice))
    }
    let chunks = stride(from: 0, to: elements.count, by: size).map { start in
      Value.anyList(Array(elements[start..<min(start + size, elements.count)]))
    }
    return .list(List(chunks, of: .anySlice))
  }

  // MARK: Numbers in a row

  @Sendable private static func until(
    _ arguments: [Value], _ evaluator: inout Evaluator
  ) throws(FunctionError) -> Value {
    let count = arguments.int(0)
    return integers(try row(from: 0, to: count, by: count < 0 ? -1 : 1, &evaluator))
  }

  @Sendable private static func untilStep(
    _ arguments: [Value], _ evaluator: inout Evaluator
  ) throws(FunctionError) -> Value {
    integers(try row(from: arguments.int(0), to: arguments.int(1), by: arguments.int(2), &evaluator))
  }

  private static func integers(_ numbers: [Int]) -> Value {
    .list(List(numbers.map { .int($0) }, of: .int))
  }

  /// Each element is a step.
  private static func row(
    from start: Int, to stop: Int, by step: Int, _ evaluator: inout Evaluator
  ) throws(FunctionError) -> [Int] {
    guard step != 0, stop < start ? step < 0 : step > 0 else { return [] }
    let distance = start.distance(to: stop).magnitude
    try evaluator.charge(steps: Int(clamping: distance / step.magnitude))
    return Array(stride(from: start, to: stop, by: step))
  }

  @Sendable private static func sequence(
    _ arguments: [Value], _ evaluator: inout Evaluator
  ) throws(FunctionError) -> Value {
    let numbers = arguments.indices.map { arguments.int($0) }
    var (start, step, end) = (1, 1, 0)
    switch numbers.count {
    case 1: end = numbers[0]
    case 2: (start, end) = (numbers[0], numbers[1])
    case 3: (start, step, end) = (numbers[0], numbers[1], numbers[2])
    default: return ""
    }
    let direction = end < start ? -1 : 1
    if numbers.count == 3 {
      if direction < 0 && step > 0 { return "" }
    } else {
      step = direction
    }
    let row = try row(from: start, to: end + direction, by: step, &evaluator)
    return .text(row.map(String.init).joined(separator: " "))
  }
}
