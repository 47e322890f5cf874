/// `text.format(arguments)`
enum TextFormat {
  static let function = Function("format", [.member([.string, .list(.dyn)], .string)]) {
    (values, budget) throws(EvaluationError) in
    guard case .string(let text) = values[0], case .list(let arguments) = values[1] else {
      throw .noSuchOverload(values)
    }
    if arguments.contains(where: { $0.holdsUnknown }) { return .unknown([.isOther, .fails]) }
    var result: [UInt8] = []
    var next = 0
    for piece in try pieces(of: text) {
      switch piece {
      case .byte(let byte): result.append(byte)
      case .clause(let clause):
        guard next < arguments.count else { throw .format("index \(next) out of range") }
        let printed = try clause.printed(arguments[next])
        try budget.spend(onParts: printed.utf8.count)
        result += Array(printed.utf8)
        next += 1
      }
    }
    return .string(String(decoding: result, as: UTF8.self))
  }

  /// What a text to be filled in is made of.
  enum Piece {
    case byte(UInt8)
    case clause(Clause)
  }

  static func pieces(of text: String) throws(EvaluationError) -> [Piece] {
    var found: [Piece] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte != UInt8(ascii: "%") {
        found.append(.byte(byte))
      } else if rest.first == UInt8(ascii: "%") {
        rest.removeFirst()
        found.append(.byte(byte))
      } else {
        found.append(.clause(try Clause(&rest)))
      }
    }
    return found
  }
}

extension Value {
  /// Whether it is unknown, or something in it is.
  fileprivate var holdsUnknown: Bool {
    switch self {
    case .unknown: true
    case .list(let items): items.contains { $0.holdsUnknown }
    case .map(let map): map.isUncertain || map.keys.contains { map[$0]?.holdsUnknown ?? false }
    default: false
    }
  }

  /// As the clause `%s` prints it.
  func printed() throws(EvaluationError) -> String {
    switch self {
    case .null: return "null"
    case .bool(let flag): return flag ? "true" : "false"
    case .int(let number): return "\(number)"
    case .uint(let number): return "\(number)"
    case .double(let number):
      guard number.isFinite else { return number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity" }
      return DecimalText.fixed(number)
    case .string(let text): return text
    case .bytes(let bytes): return String(decoding: bytes, as: UTF8.self)
    case .timestamp(let moment): return moment.text
    case .duration(let span): return span.text
    case .type(let name): return name
    case .list(let items):
      var texts: [String] = []
      for item in items { texts.append(try item.printed()) }
      return "[" + texts.joined(separator: ", ") + "]"
    case .map(let map):
      var entries: [(key: String, value: String)] = []
      for key in map.keys {
        guard let value = map[key] else { continue }
        entries.append((try key.value.printed(), try value.printed()))
      }
      entries.sort { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      return "{" + entries.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + "}"
    case .optional, .unknown: throw .unformattable(self, as: "string")
    }
  }
}
