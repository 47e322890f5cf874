import YAML

/// Writes JSON as Go does, on one line or indented by two.
struct JSONText {
  let isIndented: Bool

  /// Nil where a value is not what its tag says.
  func write(_ node: Node) -> String? {
    guard !node.holdsMismatch else { return nil }
    var encoder = JSONEncoder()
    encoder.value(node)
    return String(decoding: isIndented ? Self.indented(encoder.bytes) : encoder.bytes, as: UTF8.self)
  }

  private static func indented(_ compact: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    var (depth, isInString, index) = (0, false, 0)
    func newLine() -> [UInt8] { [UInt8(ascii: "\n")] + Array(repeating: UInt8(ascii: " "), count: 2 * depth) }
    while index < compact.count {
      let byte = compact[index]
      index += 1
      if isInString {
        output.append(byte)
        if byte == UInt8(ascii: "\\"), index < compact.count {
          output.append(compact[index])
          index += 1
        } else if byte == UInt8(ascii: "\"") {
          isInString = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        output.append(byte)
        if index < compact.count, compact[index] == byte + 2 {
          output.append(compact[index])
          index += 1
        } else {
          depth += 1
          output += newLine()
        }
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        output += newLine() + [byte]
      case UInt8(ascii: ","): output += [byte] + newLine()
      case UInt8(ascii: ":"): output += [byte, UInt8(ascii: " ")]
      default:
        output.append(byte)
        isInString = byte == UInt8(ascii: "\"")
      }
    }
    return output
  }
}

extension Node {
  /// Whether a value in it has a tag that its text does not fit.
  fileprivate var holdsMismatch: Bool {
    switch value {
    case .scalar(let scalar): if case .mismatch = scalar.resolved { true } else { false }
    case .sequence(let items): items.contains(where: \.holdsMismatch)
    case .mapping(let mapping): mapping.entries.contains { $0.value.holdsMismatch }
    }
  }
}
