import Diagnostics

extension Node {
  /// The documents in the text of this scalar (an inline patch, the values in a ConfigMap), with the places they have
  /// in the file around it.
  ///
  /// Places are exact for block scalars and for text that is a whole file; in quoted text all values have the place
  /// of the scalar.
  /// - Throws: ``YAMLError`` where the text is no YAML, at the best known place.
  public func embeddedDocuments(repeatedKeys: RepeatedKeys = .lastWins) throws(YAMLError) -> [Document] {
    guard let scalar else { return [] }
    let text = SourceFile(path: origin.file.path, text: scalar.text)
    if text.bytes == origin.file.bytes { return try YAMLReader.read(origin.file, repeatedKeys: repeatedKeys) }
    let shift = EmbeddedShift(scalar: scalar, origin: origin)
    do throws(YAMLError) {
      return try YAMLReader.read(text, repeatedKeys: repeatedKeys).map { document in
        var document = document
        document.root = document.root.moved(by: shift)
        document.duplicateKeys = document.duplicateKeys.map(shift.moved)
        return document
      }
    } catch {
      throw shift.moved(error)
    }
  }

  fileprivate func moved(by shift: EmbeddedShift) -> Node {
    let origin = shift.moved(self.origin)
    switch value {
    case .scalar: return Node(value, origin: origin)
    case .sequence(let items): return Node(.sequence(items.map { $0.moved(by: shift) }), origin: origin)
    case .mapping(let mapping):
      let entries = mapping.entries.map { entry in
        Mapping.Entry(
          key: entry.key, keyOrigin: shift.moved(entry.keyOrigin), value: entry.value.moved(by: shift))
      }
      return Node(.mapping(Mapping(entries, isFlow: mapping.isFlow)), origin: origin)
    }
  }
}

/// Turns places in the text of a scalar into places in the file that holds it: exact for block scalars, else those of
/// the scalar as a whole.
public struct EmbeddedPlaces: Sendable {
  private let shift: EmbeddedShift

  /// The places in the text of `node`; nil when that is no scalar.
  public init?(in node: Node) {
    guard let scalar = node.scalar else { return nil }
    shift = EmbeddedShift(scalar: scalar, origin: node.origin)
  }

  /// The origin of what stands at `span` of the text.
  public func origin(of span: SourceSpan) -> Origin {
    shift.moved(Origin(file: SourceFile(path: "", bytes: []), span: span))
  }
}

/// As ``EmbeddedPlaces``.
private struct EmbeddedShift {
  private let host: Origin
  /// Lines above the text and columns left of it; nil where the two do not correspond line by line.
  private let offset: (lines: UInt32, columns: UInt32)?

  init(scalar: Scalar, origin: Origin) {
    host = origin
    guard scalar.style == .literal, let indentation = Self.indentation(below: origin) else {
      offset = nil
      return
    }
    offset = (origin.span.start.line, indentation)
  }

  /// The spaces in front of the first line of a block scalar that is not empty.
  private static func indentation(below origin: Origin) -> UInt32? {
    var line: UInt32 = 1
    var spaces: UInt32 = 0
    for byte in origin.file.bytes {
      if byte == UInt8(ascii: "\n") {
        line += 1
        spaces = 0
      } else if line <= origin.span.start.line {
        continue
      } else if byte == UInt8(ascii: " ") {
        spaces += 1
      } else if byte != UInt8(ascii: "\r") {
        return spaces
      }
    }
    return nil
  }

  func moved(_ origin: Origin) -> Origin {
    Origin(file: host.file, span: moved(origin.span), lastStep: host.lastStep)
  }

  func moved(_ error: YAMLError) -> YAMLError {
    let place = Location(file: host.file, span: moved(error.place.span))
    let trace = error.trace.map {
      RelatedLocation($0.message, at: Location(file: host.file, span: moved($0.location.span)))
    }
    return YAMLError(error.code, at: place, trace: trace)
  }

  private func moved(_ span: SourceSpan) -> SourceSpan {
    guard let offset else { return host.span }
    return SourceSpan(start: moved(span.start, by: offset), end: moved(span.end, by: offset))
  }

  private func moved(_ position: SourcePosition, by offset: (lines: UInt32, columns: UInt32)) -> SourcePosition {
    SourcePosition(line: position.line + offset.lines, column: position.column + offset.columns)
  }
}
