import Diagnostics
import GoTemplate
import YAML

/// Where the bytes of a template stand in the repository.
struct TemplatePlaces: Sendable {
  private enum Kind: Sendable {
    /// The template is the text of a scalar.
    case text(EmbeddedPlaces)
    /// The template is an object printed as YAML: the values that start at these bytes, in order.
    case object([(start: Int, origin: Origin)])
  }

  let source: TemplateSource
  private let kind: Kind

  /// The name that Go's error texts give such a template.
  private static let name = "resourceset"

  /// A template that `node`, a scalar, is the text of; nil when it is none.
  init?(text node: Node) {
    guard let scalar = node.scalar, let places = EmbeddedPlaces(in: node) else { return nil }
    source = Self.source(Array(scalar.text.utf8))
    kind = .text(places)
  }

  /// An object whose values are templates: the operator prints it and renders the whole.
  init(object node: Node) throws(YAMLError) {
    source = Self.source(try YAMLEmitter.emit(node))
    var places = ObjectPlaces(bytes: source.bytes)
    if let printed = try source.file.map({ (file) throws(YAMLError) in try YAMLReader.read(file) })?.first {
      places.note(printed.root, as: node)
    }
    kind = .object(places.found.sorted { $0.start < $1.start })
  }

  private static func source(_ bytes: [UInt8]) -> TemplateSource {
    TemplateSource(name: name, bytes: bytes, file: SourceFile(path: "<\(name)>", bytes: bytes))
  }

  /// The origin of the bytes from `start` up to `end` of the template.
  func origin(of start: Int, to end: Int) -> Origin {
    switch kind {
    case .text(let places):
      let first = source.position(of: start)
      return places.origin(of: SourceSpan(start: first, end: max(first, source.position(of: max(start, end)))))
    case .object(let values):
      let after = values.firstIndex { $0.start > start } ?? values.count
      return values[max(0, after - 1)].origin
    }
  }
}

/// Notes where the values of a printed object start.
private struct ObjectPlaces {
  private let offsets: TextOffsets
  private(set) var found: [(start: Int, origin: Origin)] = []

  init(bytes: [UInt8]) {
    offsets = TextOffsets(bytes)
  }

  /// `printed` is `written` with its keys in another order.
  mutating func note(_ printed: Node, as written: Node) {
    found.append((offsets.offset(of: printed.origin.span.start), written.origin))
    switch (printed.value, written.value) {
    case (.sequence(let left), .sequence(let right)):
      for (left, right) in zip(left, right) { note(left, as: right) }
    case (.mapping(let left), .mapping(let right)):
      for entry in left.entries {
        guard let other = right.entry(entry.key.text) else { continue }
        found.append((offsets.offset(of: entry.keyOrigin.span.start), other.keyOrigin))
        note(entry.value, as: other.value)
      }
    default: break
    }
  }
}

/// Turns lines and columns of a text into bytes.
struct TextOffsets {
  private let bytes: [UInt8]
  private let lines: [Int]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    lines = [0] + bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
  }

  /// The byte at a position; the end of the text for one behind it.
  func offset(of position: SourcePosition) -> Int {
    guard position.line >= 1, Int(position.line) <= lines.count else { return bytes.count }
    var (offset, column): (Int, UInt32) = (lines[Int(position.line) - 1], 1)
    while column < position.column, offset < bytes.count {
      offset += 1
      while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
      column += 1
    }
    return offset
  }
}
