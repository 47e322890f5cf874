extension TextFormat {
  /// A place to be filled in, such as `%.2f`.
  struct Clause {
    private let letter: UInt8
    private var precision = 6

    /// The highest precision; cel-go's own since it has one.
    private static let highestPrecision = 100

    /// Takes what stands behind the percent sign.
    init(_ rest: inout ArraySlice<UInt8>) throws(EvaluationError) {
      if rest.first == UInt8(ascii: ".") {
        let digits = rest.dropFirst().prefix { $0.isDigit }
        rest = rest.dropFirst(1 + digits.count)
        guard let given = Int(String(decoding: digits, as: UTF8.self)), given <= Self.highestPrecision else {
          throw .format("error while parsing precision")
        }
        precision = given
      }
      guard let letter = rest.popFirst() else { throw .format("unexpected end of string") }
      guard "sdfebxXo".utf8.contains(letter) else {
        throw .format("unrecognized formatting clause \"\(Unicode.Scalar(letter))\"")
      }
      self.letter = letter
    }

    /// Whether a value of a type can be printed.
    func accepts(_ type: StaticType) -> Bool {
      switch (letter, type) {
      case (_, .dyn), (_, .error), (_, .int), (_, .uint): true
      case (UInt8(ascii: "s"), .optional): false
      case (UInt8(ascii: "s"), _): true
      case (UInt8(ascii: "d"), .double), (UInt8(ascii: "f"), .double), (UInt8(ascii: "e"), .double): true
      case (UInt8(ascii: "b"), .bool): true
      case (UInt8(ascii: "x"), .string), (UInt8(ascii: "x"), .bytes): true
      case (UInt8(ascii: "X"), .string), (UInt8(ascii: "X"), .bytes): true
      default: false
      }
    }

    /// What the clause can be used on, in the words of cel-go.
    var complaint: String {
      switch letter {
      case UInt8(ascii: "d"): "decimal clause can only be used on ints, uints, and doubles"
      case UInt8(ascii: "f"): "fixed-point clause can only be used on ints, uints, and doubles"
      case UInt8(ascii: "e"): "scientific clause can only be used on ints, uints, and doubles"
      case UInt8(ascii: "b"): "only ints, uints, and bools can be formatted as binary"
      case UInt8(ascii: "o"): "octal clause can only be used on ints and uints"
      case UInt8(ascii: "s"): "string clause cannot be used on this"
      default: "only ints, uints, bytes, and strings can be formatted as hex"
      }
    }

    func printed(_ value: Value) throws(EvaluationError) -> String {
      switch letter {
      case UInt8(ascii: "s"): return try value.printed()
      case UInt8(ascii: "d"):
        guard value.isNumber else { throw .unformattable(value, as: "decimal") }
        return try value.printed()
      case UInt8(ascii: "f"): return try Self.number(value, "fixed-point") { $0.fixed(precision) }
      case UInt8(ascii: "e"): return try Self.number(value, "scientific") { $0.scientific(precision) }
      case UInt8(ascii: "b"):
        if case .bool(let flag) = value { return flag ? "1" : "0" }
        return try Self.whole(value, radix: 2, "binary")
      case UInt8(ascii: "o"): return try Self.whole(value, radix: 8, "octal")
      case UInt8(ascii: "x"): return try Self.hex(value, uppercase: false)
      default: return try Self.hex(value, uppercase: true)
      }
    }

    private static func number(_ value: Value, _ clause: String, _ print: (DecimalExpansion) -> String)
      throws(EvaluationError) -> String
    {
      let number: Double
      switch value {
      case .int(let whole): number = Double(whole)
      case .uint(let whole): number = Double(whole)
      case .double(let fraction): number = fraction
      default: throw .unformattable(value, as: clause)
      }
      guard number.isFinite else { return number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity" }
      return print(DecimalExpansion(number))
    }

    private static func whole(_ value: Value, radix: Int, _ clause: String) throws(EvaluationError) -> String {
      switch value {
      case .int(let number): return String(number, radix: radix)
      case .uint(let number): return String(number, radix: radix)
      default: throw .unformattable(value, as: clause)
      }
    }

    private static func hex(_ value: Value, uppercase: Bool) throws(EvaluationError) -> String {
      let bytes: [UInt8]
      switch value {
      case .int(let number): return String(number, radix: 16, uppercase: uppercase)
      case .uint(let number): return String(number, radix: 16, uppercase: uppercase)
      case .string(let text): bytes = Array(text.utf8)
      case .bytes(let given): bytes = given
      default: throw .unformattable(value, as: "hex")
      }
      return bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: uppercase) }.joined()
    }
  }
}

extension EvaluationError {
  static func format(_ message: String) -> EvaluationError { EvaluationError(.invalid, message) }

  static func unformattable(_ value: Value, as clause: String) -> EvaluationError {
    .format("\(clause) clause cannot be used on \(value.typeName)")
  }
}
