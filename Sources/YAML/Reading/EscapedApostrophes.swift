import Diagnostics

/// Reads the escape `\'` in double-quoted scalars, which go-yaml knows and libyaml refuses.
///
/// libyaml says where it met one. The backslashes of that scalar are left out, the text is read again, and the places
/// in the tree are put right. Only files that hold such an escape pay for this.
struct EscapedApostrophes {
  private let file: SourceFile
  private var bytes: [UInt8]
  /// Where backslashes were, as places of the file, in their order.
  private var removed: [SourcePosition] = []
  private var attempts = 0
  /// Scalars with such escapes in one file; the file is read again for each.
  private static let limit = 100

  private init(_ file: SourceFile) {
    self.file = file
    bytes = file.bytes
  }

  /// What `body` makes of the content of `file`, or of the content without such backslashes where that is needed;
  /// `restore` then puts the places in it right.
  static func read<Result>(
    _ file: SourceFile, _ body: ([UInt8]) throws(YAMLError) -> Result, restore: (Result, EscapedApostrophes) -> Result
  ) throws(YAMLError) -> Result {
    var failure: YAMLError
    do throws(YAMLError) {
      return try body(file.bytes)
    } catch {
      failure = error
    }
    var escapes = EscapedApostrophes(file)
    while let bytes = escapes.text(after: failure) {
      do throws(YAMLError) {
        return restore(try body(bytes), escapes)
      } catch {
        failure = error
      }
    }
    throw failure
  }

  /// The text without the backslashes of the scalar that `error` is about; nil where it is about something else.
  private mutating func text(after error: YAMLError) -> [UInt8]? {
    guard case .syntax(let message) = error.code, message.hasPrefix("found unknown escape character while"),
      attempts < Self.limit
    else { return nil }
    var lines = LineIndex(SourceFile(path: file.path, bytes: bytes))
    var index = lines.offset(of: error.place.span.start)
    guard isEscape(at: index) else { return nil }
    attempts += 1
    var kept = Array(bytes[..<index])
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      if isEscape(at: index) {
        removed.append(inFile(lines.position(of: index)))
        kept.append(bytes[index + 1])
        index += 2
      } else {
        let width = bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        kept += bytes[index..<min(index + width, bytes.count)]
        index += width
      }
    }
    if index < bytes.count { kept += bytes[index...] }
    bytes = kept
    return kept
  }

  private func isEscape(at index: Int) -> Bool {
    index + 1 < bytes.count && bytes[index] == UInt8(ascii: "\\") && bytes[index + 1] == UInt8(ascii: "'")
  }

  /// A place of the shortened text as a place of the file.
  private func inFile(_ position: SourcePosition) -> SourcePosition {
    var position = position
    for place in removed where place.line == position.line && place.column <= position.column { position.column += 1 }
    return position
  }

  /// The document with places of the file.
  func restored(_ document: Document) -> Document {
    guard !removed.isEmpty else { return document }
    var document = document
    document.root = restored(document.root)
    document.start = inFile(document.start)
    return document
  }

  /// A span of the shortened text as a span of the file.
  func restored(_ span: SourceSpan) -> SourceSpan {
    SourceSpan(start: inFile(span.start), end: inFile(span.end))
  }

  private func restored(_ origin: Origin) -> Origin {
    Origin(file: origin.file, span: restored(origin.span), lastStep: origin.lastStep)
  }

  private func restored(_ node: Node) -> Node {
    let origin = restored(node.origin)
    switch node.value {
    case .scalar: return Node(node.value, origin: origin)
    case .sequence(let items): return Node(.sequence(items.map(restored)), origin: origin)
    case .mapping(let mapping):
      let entries = mapping.entries.map {
        Mapping.Entry(key: $0.key, keyOrigin: restored($0.keyOrigin), value: restored($0.value))
      }
      return Node(.mapping(Mapping(entries, isFlow: mapping.isFlow)), origin: origin)
    }
  }
}
