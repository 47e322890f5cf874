import Diagnostics

/// The text of one template file.
public final class TemplateSource: Sendable {
  /// The name error texts use: of a chart's template, its path within the chart.
  public let name: String
  /// The text.
  public let bytes: [UInt8]
  /// The file it stands in; nil for text made by a template.
  public let file: SourceFile?
  private let lineStarts: [Int]

  /// A template's text.
  public init(name: String, bytes: [UInt8], file: SourceFile? = nil) {
    self.name = name
    self.bytes = bytes
    self.file = file
    var starts = [0]
    for index in 0..<bytes.count where bytes[index] == UInt8(ascii: "\n") { starts.append(index + 1) }
    lineStarts = starts
  }

  /// The line (from 1) that holds the byte at `offset`, and how many bytes into it.
  public func line(of offset: Int) -> (line: Int, bytesBefore: Int) {
    var (low, high) = (0, lineStarts.count)
    while low + 1 < high {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return (low + 1, offset - lineStarts[low])
  }

  /// The position of the byte at `offset`, with its column in characters.
  public func position(of offset: Int) -> SourcePosition {
    let (line, before) = line(of: min(offset, bytes.count))
    let start = lineStarts[line - 1]
    let column = GoString(bytes[start..<min(start + before, bytes.count)]).scalarCount
    return SourcePosition(line: UInt32(clamping: line), column: UInt32(clamping: column + 1))
  }

  /// The place of the byte at `offset`, where the text is that of a file.
  public func location(of offset: Int) -> Location? {
    guard let file else { return nil }
    let start = position(of: offset)
    return Location(file: file, span: SourceSpan(start: start, end: start))
  }
}
