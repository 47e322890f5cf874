/// The `targetPath` of an entry of `valuesFrom`: a name in the notation of `--set`.
enum TargetPath {
  /// The names of the mappings that a path leads through, without what is in brackets.
  static func names(of path: String) -> [String] {
    var names: [[UInt8]] = [[]]
    var isEscaped = false
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "\\") where !isEscaped:
        isEscaped = true
        continue
      case UInt8(ascii: ".") where !isEscaped: names.append([])
      case UInt8(ascii: "[") where !isEscaped: return names.map { String(decoding: $0, as: UTF8.self) }
      default: names[names.count - 1].append(byte)
      }
      isEscaped = false
    }
    return names.map { String(decoding: $0, as: UTF8.self) }
  }

  /// What to set so that `value` goes to `path` as it is (fluxcd/pkg/chartutil, ReplacePathLiteralValue).
  static func literal(_ value: String, at path: String) -> String {
    let syntax = Set(#"\,{}[]"#.utf8)
    let escaped = value.utf8.flatMap { syntax.contains($0) ? [UInt8(ascii: "\\"), $0] : [$0] }
    return "\(path)=\(String(decoding: escaped, as: UTF8.self))"
  }
}
