import Diagnostics
import GoTemplate
import Sprig

/// `.Files`: what a chart has besides templates and values.
package final class ChartFiles: TemplateObject {
  private let contents: [GoString: [UInt8]]

  /// Files by their paths.
  package init(_ contents: [GoString: [UInt8]]) {
    self.contents = contents
  }

  convenience init(_ files: [Chart.File]) {
    self.init(Dictionary(files.map { (GoString($0.name), $0.source.bytes) }, uniquingKeysWith: { $1 }))
  }

  package var type: GoType { .named("engine.files", kind: "map") }
  package var underlying: Value? { .dict(Dict(contents.mapValues { .bytes($0) }, element: .byteSlice)) }
  package var text: GoString? { nil }

  package func method(_ name: GoString) -> Function? {
    switch name {
    case "Get": return reading(name) { .string(GoString($0 ?? [])) }
    case "GetBytes": return reading(name) { .bytes($0 ?? []) }
    case "Lines": return reading(name) { ChartFiles.lines($0 ?? []) }
    case "Glob":
      return Function("Glob", .string) { [self] arguments in
        guard case .string(let pattern) = arguments[0] else { return .missing }
        let glob = GlobPattern(pattern.text) ?? GlobPattern("**")
        return .object(ChartFiles(contents.filter { glob?.matches($0.key.text) ?? true }))
      }
    case "AsConfig": return Function("AsConfig") { [self] _ in byName { .string(GoString($0)) } }
    case "AsSecrets": return Function("AsSecrets") { [self] _ in byName { .bytes($0) } }
    default: return nil
    }
  }

  private func reading(_ name: GoString, _ body: @escaping @Sendable ([UInt8]?) -> Value) -> Function {
    Function(name.text, .string) { [contents] arguments in
      guard case .string(let path) = arguments[0] else { return .missing }
      return body(contents[path])
    }
  }

  private static func lines(_ bytes: [UInt8]) -> Value {
    guard !bytes.isEmpty else { return .strings([]) }
    let body = bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...]
    return .strings(body.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { GoString($0) })
  }

  /// YAML of the contents by the last part of their paths; bytes are written as base64.
  private func byName(_ value: ([UInt8]) -> Value) -> Value {
    let dict = Dict()
    for path in contents.keys.sorted() {
      let name = path.bytes.split(separator: UInt8(ascii: "/")).last.map { GoString($0) } ?? path
      dict[name] = value(contents[path] ?? [])
    }
    return .string((try? YAMLValues.write(.dict(dict))) ?? "")
  }

  package func isEqual(to other: any TemplateObject) -> Bool {
    (other as? ChartFiles)?.contents == contents
  }
}
