import GoTemplate

/// Values as other types, as leniently as the Go library `cast` converts them: what does not convert is 0.
enum Casting {
  static func int64(_ value: Value) -> Int64 {
    switch value.underlying {
    case .int(let integer, _): integer
    case .uint(let integer, _): Int64(truncatingIfNeeded: integer)
    case .double(let number): truncated(number)
    case .bool(let truth): truth ? 1 : 0
    case .string(let text): NumberText.integer(withoutZeroDecimals(text.bytes)) ?? 0
    default: 0
    }
  }

  static func int(_ value: Value) -> Int { Int(int64(value)) }

  static func double(_ value: Value) -> Double {
    switch value.underlying {
    case .int(let integer, _): Double(integer)
    case .uint(let integer, _): Double(integer)
    case .double(let number): number
    case .bool(let truth): truth ? 1 : 0
    case .string(let text): NumberText.float(text.bytes) ?? 0
    default: 0
    }
  }

  /// What the processor gives for a number that no `int64` can be.
  private static func truncated(_ number: Double) -> Int64 {
    guard number.isFinite, number >= -0x1p63, number < 0x1p63 else { return Int64.min }
    return Int64(number)
  }

  /// `12.000` is an integer.
  private static func withoutZeroDecimals(_ bytes: [UInt8]) -> [UInt8] {
    var end = bytes.count
    while end > 0, bytes[end - 1] == UInt8(ascii: "0") { end -= 1 }
    guard end > 0, bytes[end - 1] == UInt8(ascii: ".") else { return bytes }
    return Array(bytes[..<(end - 1)])
  }

  /// `strconv.ParseInt` in base 10: what is too large is the largest.
  static func decimal(_ text: GoString) -> Int64 {
    var digits = text.bytes
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative || digits.first == UInt8(ascii: "+") { digits.removeFirst() }
    guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return 0 }
    guard let magnitude = NumberText.magnitude(digits, radix: 10), magnitude <= Int64.max.magnitude else {
      return isNegative ? Int64.min : Int64.max
    }
    return isNegative ? -Int64(magnitude) : Int64(magnitude)
  }

  /// sprig's `strval`.
  static func text(_ value: Value) -> GoString {
    switch value {
    case .string(let text): text
    case .bytes(let bytes): GoString(bytes)
    default: Formatter.text(value.isNil ? .null : value)
    }
  }

  /// sprig's `strslice`: the texts of all elements that are not nil. A list of strings is itself.
  static func list(_ value: Value) -> List {
    switch value.underlying {
    case .list(let list) where list.elementType == .string: return list
    case .list(let list):
      return List(list.elements.filter { !$0.isNil }.map { .string(text($0)) }, of: .string)
    case .bytes(let bytes): return List(bytes.map { .text(String($0)) }, of: .string)
    case .missing, .null: return List([], of: .string)
    default: return List([.string(text(value))], of: .string)
    }
  }

  /// The elements of a list, nil when the value is none.
  static func elements(_ value: Value) -> [Value]? {
    switch value.underlying {
    case .list(let list): list.elements
    case .bytes(let bytes): bytes.map { .uint(UInt64($0), .uint8) }
    default: nil
    }
  }

  /// sprig's `empty`.
  static func isEmpty(_ value: Value) -> Bool { !value.isTrue }
}

/// What Go says when it looks into nil.
let nilDereference = FunctionError.message("runtime error: invalid memory address or nil pointer dereference")

extension [Value] {
  /// The string at `index`, which a string parameter guarantees.
  func string(_ index: Int) -> GoString {
    if case .string(let text) = self[index] { return text }
    return ""
  }

  /// The integer at `index`, which an integer parameter guarantees.
  func int(_ index: Int) -> Int {
    if case .int(let value, _) = self[index] { return Int(value) }
    return 0
  }

  /// The map at `index`, which a map parameter guarantees.
  func dict(_ index: Int) -> Dict {
    if case .dict(let dict) = self[index] { return dict }
    return Dict()
  }
}
