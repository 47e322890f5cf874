/// The `targetPath` of an entry of `valuesFrom`: a name in the notation of `--set`.
struct TargetPath {
  /// The names of the mappings that it leads through, up to the first brackets.
  let names: [String]
  /// The number in the first brackets: the entry of the list that the names lead to.
  let index: Int?

  /// Reads a path.
  init(_ path: String) {
    var names: [[UInt8]] = [[]]
    var index: Int?
    var isEscaped = false
    let bytes = Array(path.utf8)
    loop: for (position, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "\\") where !isEscaped:
        isEscaped = true
        continue
      case UInt8(ascii: ".") where !isEscaped: names.append([])
      case UInt8(ascii: "[") where !isEscaped:
        index = Int(String(decoding: bytes[(position + 1)...].prefix { $0 != UInt8(ascii: "]") }, as: UTF8.self))
        break loop
      default: names[names.count - 1].append(byte)
      }
      isEscaped = false
    }
    self.names = names.map { String(decoding: $0, as: UTF8.self) }
    self.index = index
  }

  /// What to set so that `value` goes to `path` as it is (fluxcd/pkg/chartutil, ReplacePathLiteralValue).
  static func literal(_ value: String, at path: String) -> String {
    let syntax = Set(#"\,{}[]"#.utf8)
    let escaped = value.utf8.flatMap { syntax.contains($0) ? [UInt8(ascii: "\\"), $0] : [$0] }
    return "\(path)=\(String(decoding: escaped, as: UTF8.self))"
  }
}
