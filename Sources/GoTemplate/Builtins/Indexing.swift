extension Builtins {
  static let length = Function("len", .value) { (arguments) throws(FunctionError) in
    switch arguments[0].underlying {
    case .string(let text): return .int(text.count)
    case .bytes(let bytes): return .int(bytes.count)
    case .list(let list): return .int(list.elements.count)
    case .dict(let dict): return .int(dict.entries.count)
    case .null: throw .message("len of nil pointer")
    case .missing: throw .message("reflect: call of reflect.Value.Type on zero Value")
    default: throw .message("len of type \(arguments[0].type)")
    }
  }

  static let index = Function("index", .value, variadic: .value) { (arguments) throws(FunctionError) in
    var item = arguments[0]
    if item.isNil { throw .message("index of untyped nil") }
    for key in arguments.dropFirst() {
      if item.isNil { throw .message("index of nil pointer") }
      item = try element(of: item, key)
    }
    return item
  }

  private static func element(of item: Value, _ key: Value) throws(FunctionError) -> Value {
    switch item.underlying {
    case .list(let list):
      let position = try checkedIndex(key, list.elements.count)
      guard position < list.elements.count else { throw .message("reflect: slice index out of range") }
      return list.elements[position]
    case .bytes(let bytes):
      let position = try checkedIndex(key, bytes.count)
      guard position < bytes.count else { throw .message("reflect: slice index out of range") }
      return .uint(UInt64(bytes[position]), .uint8)
    case .string(let text):
      let position = try checkedIndex(key, text.count)
      guard position < text.count else { throw .message("reflect: string index out of range") }
      return .uint(UInt64(text.bytes[position]), .uint8)
    case .dict(let dict): return dict[try checkedKey(key, dict)] ?? dict.elementType.zero
    default: throw .message("can't index item of type \(item.type)")
    }
  }

  private static func checkedKey(_ key: Value, _ dict: Dict) throws(FunctionError) -> GoString {
    if key.isNil {
      guard dict.keyType.canBeNil else { throw .message("value is nil; should be of type \(dict.keyType)") }
      return ""
    }
    guard key.type == dict.keyType else {
      throw .message("value has type \(key.type); should be \(dict.keyType)")
    }
    return Formatter.text(key)
  }

  /// Go lets the index right behind the end pass here; reading it then fails with words of its own.
  private static func checkedIndex(_ key: Value, _ count: Int) throws(FunctionError) -> Int {
    let position: Int64
    switch key {
    case .int(let value, _): position = value
    case .uint(let value, _): position = Int64(truncatingIfNeeded: value)
    case .missing, .null: throw .message("cannot index slice/array with nil")
    default: throw .message("cannot index slice/array with type \(key.type)")
    }
    guard position >= 0, position <= count else { throw .message("index out of range: \(position)") }
    return Int(position)
  }

  static let slice = Function("slice", .value, variadic: .value) { (arguments) throws(FunctionError) in
    let item = arguments[0].underlying
    let indexes = arguments.dropFirst()
    if item.isNil { throw .message("slice of untyped nil") }
    guard indexes.count <= 3 else { throw .message("too many slice indexes: \(indexes.count)") }
    let count: Int
    switch item {
    case .string(let text):
      guard indexes.count < 3 else { throw .message("cannot 3-index slice a string") }
      count = text.count
    case .list(let list): count = list.elements.count
    case .bytes(let bytes): count = bytes.count
    default: throw .message("can't slice item of type \(item.type)")
    }
    var bounds = [0, count, count]
    for (position, key) in indexes.enumerated() { bounds[position] = try checkedIndex(key, count) }
    guard bounds[0] <= bounds[1] else { throw .message("invalid slice index: \(bounds[0]) > \(bounds[1])") }
    if indexes.count == 3, bounds[1] > bounds[2] {
      throw .message("invalid slice index: \(bounds[1]) > \(bounds[2])")
    }
    let range = bounds[0]..<bounds[1]
    switch item {
    case .string(let text): return .string(GoString(text.bytes[range]))
    case .bytes(let bytes): return .bytes(Array(bytes[range]))
    case .list(let list): return .list(List(Array(list.elements[range]), of: list.elementType))
    default: return .missing
    }
  }
}
