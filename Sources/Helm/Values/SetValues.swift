import GoTemplate
import Sprig

/// Values in the notation of `--set`: `a.b=1,list[0].name=x,names={a,b}`.
public struct SetValues {
  /// Which flag the text is for.
  public enum Style: Sendable {
    /// `--set`: numbers, booleans and null are such.
    case typed
    /// `--set-string`: everything is text.
    case text
    /// `--set-json`: values are JSON.
    case json
    /// `--set-literal`: one value that goes to the end, with nothing escaped.
    case literal
  }

  /// What is wrong with a text, as Helm words it.
  public struct Malformed: Error {
    /// What is wrong.
    public var message: String
  }

  private enum Stop: Error {
    /// The end of the text.
    case end
    case malformed(String)
  }

  private let scalars: [Unicode.Scalar]
  private var position = 0
  private let style: Style

  private static let largestIndex = 65_536
  private static let deepestName = 30

  private init(_ text: String, _ style: Style) {
    scalars = Array(text.unicodeScalars)
    self.style = style
  }

  /// Puts what a text says into `target`.
  public static func apply(_ text: String, _ style: Style, to target: Dict) throws(Malformed) {
    var parser = SetValues(text, style)
    do throws(Stop) {
      while true { try parser.key(target, 0) }
    } catch {
      if case .malformed(let message) = error { throw Malformed(message: message) }
    }
  }

  // MARK: Scanning

  private mutating func next() throws(Stop) -> Unicode.Scalar {
    guard position < scalars.count else { throw .end }
    position += 1
    return scalars[position - 1]
  }

  /// The characters up to one of `stops`, which is nil at the end.
  private mutating func take(until stops: String) -> (text: GoString, stop: Unicode.Scalar?) {
    var found: [Unicode.Scalar] = []
    while position < scalars.count {
      let scalar = scalars[position]
      position += 1
      if stops.unicodeScalars.contains(scalar) { return (GoString(scalars: found), scalar) }
      if scalar == "\\", style != .literal {
        guard position < scalars.count else { break }
        found.append(scalars[position])
        position += 1
      } else {
        found.append(scalar)
      }
    }
    return (GoString(scalars: found), nil)
  }

  // MARK: Keys

  private mutating func key(_ target: Dict, _ level: Int) throws(Stop) {
    let (name, stop) = take(until: style == .literal ? "=[." : "=[,.")
    switch stop {
    case nil:
      if name.isEmpty { throw .end }
      throw .malformed("key \(Quoting.quote(name)) has no value")
    case "[":
      let index = try index()
      var list: [Value] = []
      if let known = target[name] {
        guard case .list(let old) = known else { throw conversion(known, "[]interface {}") }
        list = old.elements
      }
      defer { set(target, name, .anyList(list)) }
      try item(&list, index, level)
    case "=": try value(name, target)
    case ",":
      throw .malformed("key \(Quoting.quote(name)) has no value (cannot end with ,)")
    default: try nested(name, target, level)
    }
  }

  private mutating func nested(_ name: GoString, _ target: Dict, _ level: Int) throws(Stop) {
    guard level < SetValues.deepestName else {
      throw .malformed(
        "value name nested level is greater than maximum supported nested level of \(SetValues.deepestName)")
    }
    var inner = Dict()
    if let known = target[name] {
      guard case .dict(let dict) = known else { throw conversion(known, "map[string]interface {}") }
      inner = dict
    }
    do throws(Stop) {
      try key(inner, level + 1)
    } catch {
      if !inner.entries.isEmpty { set(target, name, .dict(inner)) }
      throw error
    }
    guard !inner.entries.isEmpty else { throw .malformed("key map \(Quoting.quote(name)) has no value") }
    set(target, name, .dict(inner))
  }

  /// Go fails here in a conversion, and reports that as the key's fault.
  private func conversion(_ value: Value, _ wanted: String) -> Stop {
    let actual = value.isNil ? "nil" : value.type.description
    return .malformed("unable to parse key: interface conversion: interface {} is \(actual), not \(wanted)")
  }

  private func set(_ target: Dict, _ name: GoString, _ value: Value) {
    if !name.isEmpty { target[name] = value }
  }

  // MARK: Values

  private mutating func value(_ name: GoString, _ target: Dict) throws(Stop) {
    switch style {
    case .literal: set(target, name, .string(take(until: "").text))
    case .json: set(target, name, try jsonValue())
    case .typed, .text:
      guard position < scalars.count else {
        set(target, name, "")
        throw .end
      }
      set(target, name, try plainValue())
    }
  }

  /// A list in braces, or a value up to the next comma.
  private mutating func plainValue() throws(Stop) -> Value {
    guard scalars[position] == "{" else { return typed(take(until: ",").text) }
    position += 1
    var list: [Value] = []
    while true {
      let (text, stop) = take(until: ",}")
      guard let stop else { throw .malformed("list must terminate with '}'") }
      list.append(typed(text))
      guard stop == "}" else { continue }
      if position < scalars.count, scalars[position] == "," { position += 1 }
      return .anyList(list)
    }
  }

  private func typed(_ text: GoString) -> Value {
    guard style == .typed else { return .string(text) }
    switch text.text.lowercased() {
    case "true": return true
    case "false": return false
    case "null": return .null
    case "0": return .int64(0)
    default: break
    }
    let digits = text.bytes.first == UInt8(ascii: "-") || text.bytes.first == UInt8(ascii: "+") ? 1 : 0
    if text.bytes.first != UInt8(ascii: "0"), text.count > digits,
      text.bytes.dropFirst(digits).allSatisfy({ (0x30...0x39).contains($0) }), let number = Int64(text.text)
    {
      return .int64(number)
    }
    return .string(text)
  }

  private mutating func jsonValue() throws(Stop) -> Value {
    if skipEmpty() { return .null }
    let rest = GoString(scalars: scalars[position...])
    do throws(JSONReader.Malformed) {
      let (value, count) = try JSONReader.readPrefix(rest)
      position += GoString(rest.bytes[..<count]).scalarCount
      _ = skipEmpty()
      return value
    } catch {
      throw .malformed(error.message)
    }
  }

  /// Skips blanks and a comma; whether there was nothing else.
  private mutating func skipEmpty() -> Bool {
    while position < scalars.count {
      if scalars[position] == "," {
        position += 1
        return true
      }
      guard scalars[position].isSpaceInGo else { return false }
      position += 1
    }
    return true
  }

  // MARK: Lists

  private mutating func index() throws(Stop) -> Int {
    let (text, stop) = take(until: "]")
    guard stop != nil else { throw .malformed("error parsing index: EOF") }
    guard let index = Int(text.text) else {
      throw .malformed("error parsing index: strconv.Atoi: parsing \(Quoting.quote(text)): invalid syntax")
    }
    return index
  }

  private mutating func item(_ list: inout [Value], _ index: Int, _ level: Int) throws(Stop) {
    guard index >= 0 else { throw .malformed("negative \(index) index not allowed") }
    let (name, stop) = take(until: "[.=")
    guard name.isEmpty else {
      let shown = name.scalars.map { Quoting.quote(rune: $0) }.joined(separator: " ")
      throw .malformed("unexpected data at end of array index: [\(shown)]")
    }
    switch stop {
    case nil: throw .end
    case "=": try put(try itemValue(), at: index, in: &list)
    case "[":
      let inner = try self.index()
      var nested: [Value] = []
      if index < list.count, !list[index].isNil {
        guard case .list(let old) = list[index] else { throw conversion(list[index], "[]interface {}") }
        nested = old.elements
      }
      try item(&nested, inner, level)
      try put(.anyList(nested), at: index, in: &list)
    default:
      var inner = Dict()
      if index < list.count, case .dict(let dict) = list[index] { inner = dict }
      do throws(Stop) {
        try key(inner, level)
      } catch {
        if index < list.count { list[index] = .dict(inner) }
        throw error
      }
      try put(.dict(inner), at: index, in: &list)
    }
  }

  private mutating func itemValue() throws(Stop) -> Value {
    switch style {
    case .literal: return .string(take(until: "").text)
    case .json: return try jsonValue()
    case .typed, .text: return position < scalars.count ? try plainValue() : ""
    }
  }

  private func put(_ value: Value, at index: Int, in list: inout [Value]) throws(Stop) {
    guard index <= SetValues.largestIndex else {
      throw .malformed("index of \(index) is greater than maximum supported index of \(SetValues.largestIndex)")
    }
    while list.count <= index { list.append(.null) }
    list[index] = value
  }
}
