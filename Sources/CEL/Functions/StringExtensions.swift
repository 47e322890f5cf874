/// cel-go's extension for texts. Positions count characters, which are Unicode scalars.
enum StringExtensions {
  static let all = [
    charAt, indexOf, lastIndexOf, lowerAscii, upperAscii, replace, split, substring, trim, join, reverse, quote,
    TextFormat.function,
  ]

  private static let charAt = Function(
    "charAt", [.member([.string, .int], .string)],
    plain: { (values) throws(EvaluationError) in
      guard case .string(let text) = values[0], case .int(let index) = values[1] else { throw .noSuchOverload(values) }
      let scalars = Array(text.unicodeScalars)
      guard index >= 0, index <= scalars.count else { throw .outOfRange(index) }
      return .string(index == scalars.count ? "" : String(scalars[Int(index)]))
    })

  private static let substring = Function(
    "substring", [.member([.string, .int], .string), .member([.string, .int, .int], .string)],
    plain: { (values) throws(EvaluationError) in
      guard case .string(let text) = values[0], case .int(let start) = values[1] else { throw .noSuchOverload(values) }
      let scalars = Array(text.unicodeScalars)
      var end = Int64(scalars.count)
      if values.count == 3 {
        guard case .int(let given) = values[2] else { throw .noSuchOverload(values) }
        guard start <= given else {
          throw EvaluationError(.invalid, "invalid substring range. start: \(start), end: \(given)")
        }
        guard given <= end else { throw .outOfRange(given) }
        end = given
      }
      guard start >= 0, start <= scalars.count else { throw .outOfRange(start) }
      return .string(text: scalars[Int(start)..<Int(end)])
    })

  // MARK: Search

  private static let searches: [Function.Overload] = [
    .member([.string, .string], .int), .member([.string, .string, .int], .int),
  ]

  private static let indexOf = Function("indexOf", searches) { (values, budget) throws(EvaluationError) in
    let search = try Search(values, &budget)
    guard let offset = search.offset else { return .int(search.first(from: 0)) }
    guard offset >= 0 else { throw .outOfRange(offset) }
    return .int(search.first(from: offset))
  }

  private static let lastIndexOf = Function("lastIndexOf", searches) { (values, budget) throws(EvaluationError) in
    let search = try Search(values, &budget)
    guard let offset = search.offset else { return .int(search.last(from: Int64(search.text.count))) }
    guard offset >= 0 else { throw .outOfRange(offset) }
    if !search.part.isEmpty, offset >= search.text.count { return .int(-1) }
    return .int(search.last(from: offset))
  }

  private struct Search {
    var text: [Unicode.Scalar]
    var part: [Unicode.Scalar]
    var offset: Int64?

    init(_ values: [Value], _ budget: inout Budget) throws(EvaluationError) {
      guard case .string(let text) = values[0], case .string(let part) = values[1] else {
        throw .noSuchOverload(values)
      }
      if values.count == 3 {
        guard case .int(let offset) = values[2] else { throw .noSuchOverload(values) }
        self.offset = offset
      }
      try budget.spend(onSearchIn: text, for: part)
      self.text = Array(text.unicodeScalars)
      self.part = Array(part.unicodeScalars)
    }

    private func matches(at index: Int) -> Bool { text[index..<index + part.count].elementsEqual(part) }

    func first(from start: Int64) -> Int64 {
      if part.isEmpty { return min(start, Int64(text.count)) }
      guard part.count <= text.count, start <= text.count - part.count else { return -1 }
      return Int64((Int(start)...text.count - part.count).first(where: matches) ?? -1)
    }

    func last(from start: Int64) -> Int64 {
      if part.isEmpty { return min(start, Int64(text.count)) }
      guard part.count <= text.count else { return -1 }
      return Int64((0...min(Int(start), text.count - part.count)).last(where: matches) ?? -1)
    }
  }

  // MARK: Change

  private static func change(_ name: String, _ body: @escaping @Sendable (String) -> String) -> Function {
    Function(
      name, [.member([.string], .string)],
      plain: { (values) throws(EvaluationError) in
        guard case .string(let text) = values[0] else { throw .noSuchOverload(values) }
        return .string(body(text))
      })
  }

  private static let lowerAscii = change("lowerAscii") { text in
    String(decoding: text.utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }, as: UTF8.self)
  }

  private static let upperAscii = change("upperAscii") { text in
    String(decoding: text.utf8.map { $0 >= 0x61 && $0 <= 0x7A ? $0 & 0xDF : $0 }, as: UTF8.self)
  }

  private static let reverse = change("reverse") { text in
    var result = String.UnicodeScalarView()
    result.append(contentsOf: text.unicodeScalars.reversed())
    return String(result)
  }

  private static let trim = change("trim") { text in
    var scalars = text.unicodeScalars[...]
    while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
    while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
    return String(scalars)
  }

  private static let quote: Function = {
    let escapes: [Unicode.Scalar: String] = [
      "\u{07}": "\\a", "\u{08}": "\\b", "\u{0C}": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\u{0B}": "\\v",
      "\\": "\\\\", "\"": "\\\"",
    ]
    return Function(
      "strings.quote", [.global([.string], .string)],
      plain: { (values) throws(EvaluationError) in
        guard case .string(let text) = values[0] else { throw .noSuchOverload(values) }
        return .string("\"" + text.unicodeScalars.map { escapes[$0] ?? String($0) }.joined() + "\"")
      })
  }()

  // MARK: Parts

  private static let replace = Function(
    "replace", [.member([.string, .string, .string], .string), .member([.string, .string, .string, .int], .string)]
  ) { (values, budget) throws(EvaluationError) in
    guard case .string(let text) = values[0], case .string(let old) = values[1], case .string(let new) = values[2]
    else { throw .noSuchOverload(values) }
    var limit = -1
    if values.count == 4 {
      guard case .int(let given) = values[3] else { throw .noSuchOverload(values) }
      limit = Int(clamping: given)
    }
    try budget.spend(onSearchIn: text, for: old)
    let parts = Cutting.parts(of: text, at: old, isReplacing: true, limit: limit < 0 ? .max : limit)
    try budget.spend(onParts: (parts.count - 1) * new.utf8.count)
    return .string(parts.joined(separator: new))
  }

  private static let split = Function(
    "split", [.member([.string, .string], .list(.string)), .member([.string, .string, .int], .list(.string))]
  ) { (values, budget) throws(EvaluationError) in
    guard case .string(let text) = values[0], case .string(let separator) = values[1] else {
      throw .noSuchOverload(values)
    }
    var limit = -1
    if values.count == 3 {
      guard case .int(let given) = values[2] else { throw .noSuchOverload(values) }
      limit = Int(clamping: given)
    }
    try budget.spend(onSearchIn: text, for: separator)
    if limit == 0 { return .list([]) }
    let cuts = limit < 0 ? Int.max : limit - 1
    return .list(Cutting.parts(of: text, at: separator, isReplacing: false, limit: cuts).map(Value.string))
  }

  private static let join = Function(
    "join", [.member([.list(.string)], .string), .member([.list(.string), .string], .string)]
  ) { (values, budget) throws(EvaluationError) in
    guard case .list(let items) = values[0] else { throw .noSuchOverload(values) }
    var separator = ""
    if values.count == 2 {
      guard case .string(let given) = values[1] else { throw .noSuchOverload(values) }
      separator = given
    }
    var texts: [String] = []
    for item in items {
      switch item {
      case .string(let text): texts.append(text)
      case .unknown: return .unknown([.isOther, .fails])
      default: throw EvaluationError(.invalid, "join: invalid input: a value of type \(item.typeName)")
      }
      try budget.spend(onParts: item.extent + separator.utf8.count)
    }
    return .string(texts.joined(separator: separator))
  }
}

/// Cutting a text at each place where another is found, as Go's `strings` does.
private enum Cutting {
  /// The pieces between at most `limit` finds. An empty text is found between all characters; and in front of the first
  /// and behind the last, where it `isReplacing` them.
  static func parts(of text: String, at mark: String, isReplacing: Bool, limit: Int) -> [String] {
    if mark.isEmpty { return characters(of: text, isReplacing: isReplacing, limit: limit) }
    let bytes = Array(text.utf8)
    let needle = Array(mark.utf8)
    var parts: [String] = []
    var start = 0
    while parts.count < limit, let found = bytes.index(of: needle, from: start) {
      parts.append(String(decoding: bytes[start..<found], as: UTF8.self))
      start = found + needle.count
    }
    parts.append(String(decoding: bytes[start...], as: UTF8.self))
    return parts
  }

  private static func characters(of text: String, isReplacing: Bool, limit: Int) -> [String] {
    var rest = text.unicodeScalars[...]
    var parts: [String] = isReplacing && limit > 0 ? [""] : []
    let last = isReplacing ? 0 : 1
    var remaining = rest.count
    while parts.count < limit, remaining > last, let first = rest.popFirst() {
      parts.append(String(first))
      remaining -= 1
    }
    if !rest.isEmpty || isReplacing { parts.append(String(rest)) }
    return parts
  }
}

extension Value {
  fileprivate static func string(text scalars: ArraySlice<Unicode.Scalar>) -> Value {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return .string(String(view))
  }
}

extension EvaluationError {
  fileprivate static func outOfRange(_ index: Int64) -> EvaluationError {
    EvaluationError(.invalid, "index out of range: \(index)")
  }
}
