import Diagnostics
import GoTemplate
import YAML

/// The key that go-yaml names when it refuses a list or a map as a key: as Go source.
enum ComplexKey {
  /// The key at a place, where it is written in brackets or braces.
  static func text(at location: Location) -> String? {
    guard let flow = flow(at: location), let root = try? YAMLReader.read(text: flow).first?.root else { return nil }
    return goSource(root)
  }

  /// From an opening bracket to the one that closes it; those in quotes do not count.
  private static func flow(at location: Location) -> String? {
    let lines = GoString(location.file.bytes).bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    let line = Int(location.span.start.line) - 1
    guard lines.indices.contains(line) else { return nil }
    let rest = GoString(Array(lines[line...].joined(separator: [0x0A]))).scalars.dropFirst(
      Int(location.span.start.column) - 1)
    guard let first = rest.firstIndex(where: { "[{".unicodeScalars.contains($0) }),
      rest[..<first].allSatisfy({ !"\n:".unicodeScalars.contains($0) })
    else { return nil }
    var (depth, quote): (Int, Unicode.Scalar?) = (0, nil)
    for index in rest[first...].indices {
      let scalar = rest[index]
      if let open = quote {
        if scalar == open { quote = nil }
      } else if scalar == "'" || scalar == "\"" {
        quote = scalar
      } else if "[{".unicodeScalars.contains(scalar) {
        depth += 1
      } else if "]}".unicodeScalars.contains(scalar) {
        depth -= 1
        if depth == 0 { return GoString(scalars: rest[first...index]).text }
      }
    }
    return nil
  }

  /// As `%#v` prints the value.
  private static func goSource(_ node: Node) -> String {
    switch node.value {
    case .sequence(let nodes): return "[]interface {}{" + nodes.map(goSource).joined(separator: ", ") + "}"
    case .mapping(let mapping):
      let entries = mapping.entries.map { entry in
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
