import Diagnostics

/// Finds the escape `\/` in double-quoted scalars: libyaml reads it as JSON does, but go-yaml refuses it, so Flux does.
struct SlashEscapes {
  private var lines: LineIndex
  private let file: SourceFile

  /// Nil where the file holds no such bytes at all, which is nearly always.
  init?(_ bytes: [UInt8], of file: SourceFile) {
    guard Self.mayOccur(in: bytes) else { return nil }
    self.file = file
    lines = LineIndex(SourceFile(path: file.path, bytes: bytes))
  }

  private static func mayOccur(in bytes: [UInt8]) -> Bool {
    var next = 0
    while let found = bytes.offset(of: UInt8(ascii: "\\"), from: next) {
      next = found + 1
      if next < bytes.count, bytes[next] == UInt8(ascii: "/") { return true }
    }
    return false
  }

  /// Refuses a double-quoted scalar that holds the escape.
  mutating func check(_ span: SourceSpan) throws(YAMLError) {
    let range = lines.range(of: span)
    var index = range.lowerBound
    while index + 1 < range.upperBound {
      guard lines.bytes[index] == UInt8(ascii: "\\") else {
        index += 1
        continue
      }
      if lines.bytes[index + 1] == UInt8(ascii: "/") {
        let place = SourceSpan(start: lines.position(of: index), end: lines.position(of: index + 2))
        throw YAMLError(
          .syntax("found unknown escape character (go-yaml, which Flux uses, does not know '\\/')"),
          at: Location(file: file, span: place))
      }
      index += 2
    }
  }
}
