import Diagnostics

/// A change to the bytes of a file that leaves every other byte as it is.
public struct TextEdit: Sendable, Hashable {
  /// The bytes that go.
  public var range: Range<Int>
  /// The bytes that come in their place.
  public var replacement: [UInt8]

  /// A change of `range`.
  public init(range: Range<Int>, replacement: [UInt8]) {
    self.range = range
    self.replacement = replacement
  }

  /// The bytes of `file` after all of `edits`, whose ranges must not overlap. An edit that overlaps an earlier one
  /// in the file is an error.
  public static func apply(_ edits: [TextEdit], to file: SourceFile) throws(YAMLError) -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    for edit in edits.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      guard edit.range.lowerBound >= index, edit.range.upperBound <= file.bytes.count else {
        throw YAMLError(.notEditable("two edits change the same bytes"), at: Location(file: file))
      }
      result += file.bytes[index..<edit.range.lowerBound]
      result += edit.replacement
      index = edit.range.upperBound
    }
    return result + file.bytes[index...]
  }
}
