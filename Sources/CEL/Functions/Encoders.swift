/// Base64.
enum Encoders {
  static let all = [encode, decode]

  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let values = Dictionary(uniqueKeysWithValues: zip(alphabet, alphabet.indices))

  private static let encode = Function(
    "base64.encode", [.global([.bytes], .string)],
    plain: { (values) throws(EvaluationError) in
      guard case .bytes(let bytes) = values[0] else { throw .noSuchOverload(values) }
      var text: [UInt8] = []
      for start in stride(from: 0, to: bytes.count, by: 3) {
        let group = bytes[start..<min(start + 3, bytes.count)]
        let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
        for place in 0..<4 {
          text.append(place <= group.count ? alphabet[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
        }
      }
      return .string(String(decoding: text, as: UTF8.self))
    })

  private static let decode = Function(
    "base64.decode", [.global([.string], .bytes)],
    plain: { (values) throws(EvaluationError) in
      guard case .string(let text) = values[0] else { throw .noSuchOverload(values) }
      guard let bytes = decoded(text) else { throw EvaluationError(.invalid, "illegal base64 data") }
      return .bytes(bytes)
    })

  /// With or without padding, as cel-go tries both. Line ends do not count.
  private static func decoded(_ text: String) -> [UInt8]? {
    var digits = text.utf8.filter { $0 != 0x0A && $0 != 0x0D }
    let padding = digits.reversed().prefix { $0 == UInt8(ascii: "=") }.count
    if padding > 0 {
      guard padding <= 2, digits.count.isMultiple(of: 4) else { return nil }
      digits.removeLast(padding)
    }
    guard digits.count % 4 != 1 else { return nil }
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: digits.count, by: 4) {
      var bits = 0
      let group = digits[start..<min(start + 4, digits.count)]
      for digit in group {
        guard let value = self.values[digit] else { return nil }
        bits = bits << 6 | value
      }
      bits <<= 6 * (4 - group.count)
      for place in 0..<group.count - 1 { bytes.append(UInt8(bits >> (16 - 8 * place) & 0xFF)) }
    }
    return bytes
  }
}
