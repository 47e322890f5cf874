import Diagnostics
import YAML

/// Why a `targetPath` with its value cannot be set.
struct SetExpressionError: Error, Hashable {
  /// What is wrong, as a sentence without a full stop.
  var message: String
}

/// Sets values by Helm's `--set` syntax (helm/pkg/strvals), which is how helm-controller applies a `targetPath`:
/// `a.b[0].c=value,d={x,y}`, with `\` before a character that is meant as it is.
struct SetExpression {
  private let text: [UInt8]
  private var next = 0
  private let origin: Origin
  private let isString: Bool
  /// As deep as strvals nests names and as far as it grows a list.
  static let maximumDepth = 30
  static let maximumIndex = 65_536

  /// Sets what `expression` says in `values`. With `isString` every value stays text.
  static func apply(
    _ expression: String, to values: inout Node, origin: Origin, isString: Bool
  ) throws(SetExpressionError) {
    var parser = SetExpression(text: Array(expression.utf8), origin: origin, isString: isString)
    while parser.next < parser.text.count {
      values = try parser.settingKey(in: values, depth: 0)
    }
  }

  private init(text: [UInt8], origin: Origin, isString: Bool) {
    self.text = text
    self.origin = origin
    self.isString = isString
  }

  /// The names of the mappings that a path leads through, without what is in brackets.
  static func names(of path: String) -> [String] {
    var parser = SetExpression(text: Array(path.utf8), origin: .synthetic("<path>"), isString: true)
    var names: [String] = []
    while let (name, stop) = parser.token(upTo: [UInt8(ascii: "."), UInt8(ascii: "[")]) {
      names.append(name)
      guard stop == UInt8(ascii: ".") else { break }
    }
    return names
  }

  private mutating func settingKey(in base: Node, depth: Int) throws(SetExpressionError) -> Node {
    guard depth <= Self.maximumDepth else { throw SetExpressionError(message: "value name nested too deeply") }
    let stops = [UInt8(ascii: "="), UInt8(ascii: "["), UInt8(ascii: ","), UInt8(ascii: ".")]
    guard let (key, stop) = token(upTo: stops) else { return base }
    var mapping = base.mapping ?? Mapping()
    switch stop {
    case UInt8(ascii: "="):
      set(key, try value(), in: &mapping)
    case UInt8(ascii: "["):
      let index = try index()
      set(key, try settingItem(index, in: mapping[key], depth: depth + 1), in: &mapping)
    case UInt8(ascii: "."):
      let inner = mapping[key].flatMap { $0.mapping == nil ? nil : $0 } ?? Node(.mapping(Mapping()), origin: origin)
      let filled = try settingKey(in: inner, depth: depth + 1)
      guard filled.mapping?.isEmpty == false else { throw SetExpressionError(message: "key map '\(key)' has no value") }
      set(key, filled, in: &mapping)
    default:
      throw SetExpressionError(message: "key '\(key)' has no value")
    }
    return Node(.mapping(mapping), origin: base.origin)
  }

  private mutating func settingItem(
    _ index: Int, in base: Node?, depth: Int
  ) throws(SetExpressionError) -> Node {
    guard depth <= Self.maximumDepth else { throw SetExpressionError(message: "value name nested too deeply") }
    var items = base?.sequence ?? []
    while items.count <= index { items.append(Node(scalar: Scalar("null"), origin: origin)) }
    guard next < text.count else { throw SetExpressionError(message: "a list item has no value") }
    let stop = text[next]
    next += 1
    switch stop {
    case UInt8(ascii: "="):
      items[index] = try value()
    case UInt8(ascii: "["):
      let inner = try self.index()
      items[index] = try settingItem(inner, in: items[index], depth: depth + 1)
    case UInt8(ascii: "."):
      let inner = items[index].mapping == nil ? Node(.mapping(Mapping()), origin: origin) : items[index]
      items[index] = try settingKey(in: inner, depth: depth + 1)
    default:
      throw SetExpressionError(message: "unexpected text behind a list index")
    }
    return Node(.sequence(items), origin: base?.origin ?? origin)
  }

  private func set(_ key: String, _ value: Node, in mapping: inout Mapping) {
    if !key.isEmpty { mapping.set(key, value) }
  }

  private mutating func index() throws(SetExpressionError) -> Int {
    guard let (digits, stop) = token(upTo: [UInt8(ascii: "]")]), stop == UInt8(ascii: "]"), let index = Int(digits),
      (0...Self.maximumIndex).contains(index)
    else { throw SetExpressionError(message: "a list index must be a number from 0 to \(Self.maximumIndex)") }
    return index
  }

  private mutating func value() throws(SetExpressionError) -> Node {
    guard next < text.count, text[next] == UInt8(ascii: "{") else {
      return typed(token(upTo: [UInt8(ascii: ",")])?.text ?? "")
    }
    next += 1
    var items: [Node] = []
    while let (item, stop) = token(upTo: [UInt8(ascii: ","), UInt8(ascii: "}")]) {
      if stop == UInt8(ascii: "}") {
        if next < text.count, text[next] == UInt8(ascii: ",") { next += 1 }
        if !item.isEmpty { items.append(typed(item)) }
        return Node(.sequence(items), origin: origin)
      }
      guard stop != nil else { break }
      items.append(typed(item))
    }
    throw SetExpressionError(message: "list must terminate with '}'")
  }

  /// The text up to one of `stops`, which is passed over; nil at the end of the input.
  private mutating func token(upTo stops: [UInt8]) -> (text: String, stop: UInt8?)? {
    guard next < text.count else { return nil }
    var taken: [UInt8] = []
    while next < text.count {
      let byte = text[next]
      next += 1
      if stops.contains(byte) { return (String(decoding: taken, as: UTF8.self), byte) }
      if byte == UInt8(ascii: "\\"), next < text.count {
        taken.append(text[next])
        next += 1
      } else {
        taken.append(byte)
      }
    }
    return (String(decoding: taken, as: UTF8.self), nil)
  }

  /// Only these are anything but text: true, false, null, 0, and whole numbers that do not start with a 0.
  private func typed(_ text: String) -> Node {
    let isNumber = text == "0" || (text.utf8.first != UInt8(ascii: "0") && Int64(text) != nil)
    let isTyped = !isString && (["true", "false", "null"].contains(text) || isNumber)
    return Node(scalar: isTyped ? Scalar(text) : .string(text), origin: origin)
  }
}
