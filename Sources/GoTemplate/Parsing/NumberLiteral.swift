/// A constant of a template, as every number type that can hold it.
struct NumberLiteral: Sendable {
  var text: String
  var int: Int64?
  var uint: UInt64?
  var float: Double?
  var complex: (real: Double, imaginary: Double)?

  /// What is wrong with a literal.
  struct Malformed: Error {
    var message: String
  }

  init(_ bytes: [UInt8], kind: Token.Kind) throws(Malformed) {
    text = String(decoding: bytes, as: UTF8.self)
    if kind == .characterConstant {
      try readCharacter(bytes)
    } else if kind == .complex {
      guard let value = NumberLiteral.complex(bytes) else { throw malformed }
      setComplex(value.real, value.imaginary)
    } else if bytes.last == UInt8(ascii: "i"), let value = NumberText.float(Array(bytes.dropLast())) {
      setComplex(0, value)
    } else {
      try readReal(bytes)
    }
  }

  private var malformed: Malformed { Malformed(message: "illegal number syntax: \(Quoting.quote(text))") }

  private mutating func readCharacter(_ bytes: [UInt8]) throws(Malformed) {
    let inner = Array(bytes.dropFirst().dropLast())
    var index = 0
    guard let piece = Quoting.unquoteCharacter(inner, at: &index, mark: UInt8(ascii: "'")) else {
      throw Malformed(message: "invalid syntax")
    }
    guard index == inner.count else { throw Malformed(message: "malformed character constant: \(text)") }
    let code: UInt32
    switch piece {
    case .byte(let byte): code = UInt32(byte)
    case .scalar(let scalar): code = scalar.value
    }
    (int, uint, float) = (Int64(code), UInt64(code), Double(code))
  }

  private mutating func readReal(_ bytes: [UInt8]) throws(Malformed) {
    uint = NumberText.unsigned(bytes)
    int = NumberText.integer(bytes)
    if int == 0 { uint = 0 }
    if let int {
      float = Double(int)
    } else if let uint {
      float = Double(uint)
    } else if let value = NumberText.float(bytes) {
      guard text.utf8.contains(where: { ".eEpP".utf8.contains($0) }) else {
        throw Malformed(message: "integer overflow: \(Quoting.quote(text))")
      }
      float = value
      int = Int64(exactly: value)
      uint = UInt64(exactly: value)
    }
    guard int != nil || uint != nil || float != nil else { throw malformed }
  }

  private mutating func setComplex(_ real: Double, _ imaginary: Double) {
    complex = (real, imaginary)
    guard imaginary == 0 else { return }
    float = real
    int = Int64(exactly: real)
    uint = UInt64(exactly: real)
  }

  private static func complex(_ bytes: [UInt8]) -> (real: Double, imaginary: Double)? {
    let marks = bytes.indices.dropFirst().filter { index in
      let isSign = bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-")
      return isSign && !"eEpP".utf8.contains(bytes[index - 1])
    }
    guard let split = marks.last, bytes.last == UInt8(ascii: "i"),
      let real = NumberText.float(Array(bytes[..<split])),
      let imaginary = NumberText.float(Array(bytes[split...].dropLast()))
    else { return nil }
    return (real, imaginary)
  }

  /// What the literal is where any type will do: Go looks at how it is written.
  var ideal: Value? {
    if let complex { return .complex(complex.real, complex.imaginary) }
    let isHexadecimal = text.hasPrefix("0x") || text.hasPrefix("0X")
    let looksLikeFloat = text.utf8.contains { ".eEpP".utf8.contains($0) }
    let isHexInteger = isHexadecimal && text.utf8.count > 2 && !text.utf8.contains { "pP".utf8.contains($0) }
    if let float, !isHexInteger, !text.hasPrefix("'"), looksLikeFloat { return .double(float) }
    return int.map { .int($0, .int) }
  }
}
