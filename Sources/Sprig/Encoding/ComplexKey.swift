import Diagnostics
import GoTemplate
import YAML

/// The key that go-yaml names when it refuses a list or a map as a key: as Go source.
enum ComplexKey {
  /// The key at a place; nil where it says nothing without what is around it, such as an alias.
  static func text(at location: Location) -> String? {
    guard let root = try? YAMLReader.read(text: source(at: location), path: "<key>").first?.root else { return nil }
    return goSource(root)
  }

  /// What stands there, with the columns that it stands in.
  private static func source(at location: Location) -> String {
    let span = location.span
    let (first, last) = (Int(span.start.line) - 1, Int(span.end.line) - 1)
    var lines = location.file.bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    guard lines.indices.contains(first), lines.indices.contains(last), first <= last else { return "" }
    lines = Array(lines[first...last])
    let end = GoString(scalars: GoString(lines[lines.count - 1]).scalars.prefix(Int(span.end.column) - 1))
    lines[lines.count - 1] = end.bytes[...]
    let before = Int(span.start.column) - 1
    let start = GoString(scalars: GoString(lines[0]).scalars.dropFirst(before))
    lines[0] = ([UInt8](repeating: UInt8(ascii: " "), count: before) + start.bytes)[...]
    return String(decoding: Array(lines.joined(separator: [0x0A])), as: UTF8.self)
  }

  /// As `%#v` prints the value.
  private static func goSource(_ node: Node) -> String {
    switch node.value {
    case .sequence(let nodes): return "[]interface {}{" + nodes.map(goSource).joined(separator: ", ") + "}"
    case .mapping(let mapping):
      let entries = mapping.entries.sorted { $0.key.text < $1.key.text }.map { entry in
        "\(goSource(Node(scalar: entry.key, origin: entry.keyOrigin))):\(goSource(entry.value))"
      }
      return "map[interface {}]interface {}{" + entries.joined(separator: ", ") + "}"
    case .scalar(let scalar):
      switch scalar.resolved(by: .goYAML2) {
      case .null: return "interface {}(nil)"
      case .bool(let truth): return String(truth)
      case .int(let integer): return String(integer)
      case .uint(let integer): return "0x" + String(integer, radix: 16)
      case .float(let number): return GoFloat.general(number)
      case .string(let text), .timestamp(let text): return Quoting.quote(text)
      case .mismatch: return Quoting.quote(scalar.text)
      }
    }
  }
}
