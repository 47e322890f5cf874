import Diagnostics
import YAML

/// YAML that stands as text inside a YAML file, such as an inline patch: read so that its values point into that file.
enum InlineText {
  /// The documents of the text of `scalar`, which stands at `origin`.
  static func documents(_ scalar: Scalar, at origin: Origin) throws(KustomizeError) -> [Document] {
    let aligned = scalar.style == .literal ? alignedText(of: scalar, at: origin) : nil
    let text = aligned ?? scalar.text
    do {
      var documents = try YAMLReader.read(SourceFile(path: origin.file.path, text: text))
      for index in documents.indices {
        documents[index].root.relocate { found in
          aligned == nil ? origin : Origin(file: origin.file, span: found.span, lastStep: origin.lastStep)
        }
      }
      return documents
    } catch {
      throw KustomizeError(.patch, error.message, at: aligned == nil ? origin.location : error.location)
    }
  }

  /// The text with as many lines in front and spaces before each line as it has in its file, so that places come out right.
  /// Nil where the file's lines do not read as the text: then the file is not what was parsed.
  private static func alignedText(of scalar: Scalar, at origin: Origin) -> String? {
    let lines = scalar.text.split(separator: "\n", omittingEmptySubsequences: false)
    let first = Int(origin.span.start.line)
    guard let content = lines.firstIndex(where: { !$0.isEmpty }),
      let fileLine = origin.file.line(first + 1 + content),
      let indent = indentation(of: lines[content], in: fileLine)
    else { return nil }
    let margin = String(repeating: " ", count: indent)
    let shifted = lines.map { $0.isEmpty ? "" : margin + $0 }
    return String(repeating: "\n", count: first) + shifted.joined(separator: "\n")
  }

  /// How far `line` is indented in its file, where it reads there as it does here.
  private static func indentation(of line: Substring, in fileLine: ArraySlice<UInt8>) -> Int? {
    let bytes = Array(line.utf8)
    let indent = fileLine.count - bytes.count
    guard indent >= 0, fileLine.suffix(bytes.count).elementsEqual(bytes),
      fileLine.prefix(indent).allSatisfy({ $0 == UInt8(ascii: " ") })
    else { return nil }
    return indent
  }
}

extension SourceFile {
  /// The bytes of a line, counted from 1, without its end.
  fileprivate func line(_ number: Int) -> ArraySlice<UInt8>? {
    var current = 1
    var start = bytes.startIndex
    while current < number {
      guard let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
      start = end + 1
      current += 1
    }
    let line = bytes[start...].prefix { $0 != UInt8(ascii: "\n") }
    return line.last == UInt8(ascii: "\r") ? line.dropLast() : line
  }
}

extension Node {
  /// Gives every value and key below this one another origin.
  mutating func relocate(_ origin: (Origin) -> Origin) {
    self.origin = origin(self.origin)
    switch value {
    case .scalar: break
    case .sequence:
      _ = withSequence { (items: inout [Node]) in
        for index in items.indices { items[index].relocate(origin) }
      }
    case .mapping(let mapping):
      let entries = mapping.entries.map { entry in
        var entry = entry
        entry.keyOrigin = origin(entry.keyOrigin)
        entry.value.relocate(origin)
        return entry
      }
      value = .mapping(Mapping(entries))
    }
  }
}
