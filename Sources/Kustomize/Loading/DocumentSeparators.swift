import Diagnostics
import YAML

/// kustomize cuts files into documents at lines that begin with `---`, before any YAML is read, and refuses what else stands
/// on them but a comment.
enum DocumentSeparators {
  static func check(_ documents: [Document]) throws(KustomizeError) {
    guard let file = documents.first?.root.origin.file else { return }
    let bytes = file.bytes
    var line: UInt32 = 1
    var next = bytes.firstIndex(of: UInt8(ascii: "\n"))
    while let lineFeed = next {
      line += 1
      let start = lineFeed + 1
      next = bytes[start...].firstIndex(of: UInt8(ascii: "\n"))
      guard start + 3 < bytes.count, bytes[start] == UInt8(ascii: "-"), bytes[start + 1] == UInt8(ascii: "-"),
        bytes[start + 2] == UInt8(ascii: "-"), let end = next
      else { continue }
      let rest = bytes[(start + 3)..<end].drop { $0 == UInt8(ascii: " ") || $0 == 0x09 || $0 == 0x0D }
      guard let first = rest.first, first != UInt8(ascii: "#") else { continue }
      let place = SourcePosition(line: line, column: 1)
      throw KustomizeError(
        .loading, "a line that begins with '---' may hold nothing else but a comment",
        at: Location(file: file, span: SourceSpan(start: place, end: place)))
    }
  }
}
