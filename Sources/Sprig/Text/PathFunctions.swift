import GoTemplate

/// Slash-separated paths; the `os…` functions do the same, as they do on Linux.
enum PathFunctions {
  static let functions: [Function] =
    both("base", "osBase") { .string(base($0.string(0))) }
    + both("dir", "osDir") { .string(directory($0.string(0))) }
    + both("clean", "osClean") { .string(clean($0.string(0).bytes[...])) }
    + both("ext", "osExt") { .string(fileExtension($0.string(0))) }
    + both("isAbs", "osIsAbs") { .bool($0.string(0).hasPrefix("/")) }

  private static func both(
    _ first: String, _ second: String, _ body: @escaping @Sendable ([Value]) -> Value
  ) -> [Function] {
    [Function(first, .string, body: body), Function(second, .string, body: body)]
  }

  private static let slash = UInt8(ascii: "/")

  private static func base(_ path: GoString) -> GoString {
    if path.isEmpty { return "." }
    let stripped = path.bytes.reversed().drop { $0 == slash }.reversed()
    let name = stripped.reversed().prefix { $0 != slash }.reversed()
    return name.isEmpty ? "/" : GoString(Array(name))
  }

  private static func directory(_ path: GoString) -> GoString {
    guard let last = path.bytes.lastIndex(of: slash) else { return "." }
    return clean(path.bytes[...last])
  }

  static func fileExtension(_ path: GoString) -> GoString {
    let name = path.bytes.reversed().prefix { $0 != slash }.reversed()
    let bytes = Array(name)
    guard let dot = bytes.lastIndex(of: UInt8(ascii: ".")) else { return "" }
    return GoString(bytes[dot...])
  }

  static func clean(_ path: ArraySlice<UInt8>) -> GoString {
    if path.isEmpty { return "." }
    let isRooted = path.first == slash
    var parts: [ArraySlice<UInt8>] = []
    for part in path.split(separator: slash) where part != [UInt8(ascii: ".")] {
      if part == Array("..".utf8)[...] {
        if let last = parts.last, last != Array("..".utf8)[...] {
          parts.removeLast()
        } else if !isRooted {
          parts.append(part)
        }
      } else {
        parts.append(part)
      }
    }
    let joined = Array(parts.joined(separator: [slash]))
    if isRooted { return GoString([slash] + joined) }
    return joined.isEmpty ? "." : GoString(joined)
  }
}
