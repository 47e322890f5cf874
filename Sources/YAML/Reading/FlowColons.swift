import Diagnostics

/// Reads plain scalars in brackets and braces that end with a colon (`{http://example.com:, b: c}`), which go-yaml does and libyaml
/// refuses.
///
/// libyaml says where it met one. Another sign of the same width, which the file does not hold, takes the colon's place, the
/// text is read again, and the colons are put back into the tree. Only files that hold such a colon pay for this.
enum FlowColons {
  /// Scalars with such colons in one file; the file is read again for each.
  private static let limit = 100
  /// What may stand in a plain scalar and means nothing in YAML.
  private static let standIns = Array("^~$;()_=+/ABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)

  /// What `body` makes of `bytes`, the content of `file`.
  static func read(
    _ bytes: [UInt8], of file: SourceFile, _ body: ([UInt8]) throws(YAMLError) -> [Document]
  ) throws(YAMLError) -> [Document] {
    var failure: YAMLError
    do throws(YAMLError) {
      return try body(bytes)
    } catch {
      failure = error
    }
    guard isUnexpectedColon(failure), let standIn = standIns.first(where: { !bytes.contains($0) }) else {
      throw failure
    }
    var (changed, lines) = (bytes, LineIndex(SourceFile(path: file.path, bytes: bytes)))
    for _ in 0..<limit where isUnexpectedColon(failure) {
      let offset = lines.offset(of: failure.place.span.start)
      guard changed.indices.contains(offset), changed[offset] == UInt8(ascii: ":") else { break }
      changed[offset] = standIn
      do throws(YAMLError) {
        return try body(changed).map { document in
          var document = document
          document.root = restored(document.root, standIn)
          return document
        }
      } catch {
        failure = error
      }
    }
    throw failure
  }

  private static func isUnexpectedColon(_ error: YAMLError) -> Bool {
    if case .syntax(let message) = error.code { message.hasPrefix("found unexpected ':'") } else { false }
  }

  private static func restored(_ node: Node, _ standIn: UInt8) -> Node {
    switch node.value {
    case .scalar(let scalar): return Node(scalar: restored(scalar, standIn), origin: node.origin)
    case .sequence(let items): return Node(.sequence(items.map { restored($0, standIn) }), origin: node.origin)
    case .mapping(let mapping):
      let entries = mapping.entries.map {
        Mapping.Entry(key: restored($0.key, standIn), keyOrigin: $0.keyOrigin, value: restored($0.value, standIn))
      }
      return Node(.mapping(Mapping(entries, isFlow: mapping.isFlow)), origin: node.origin)
    }
  }

  private static func restored(_ scalar: Scalar, _ standIn: UInt8) -> Scalar {
    guard scalar.text.utf8.contains(standIn) else { return scalar }
    var scalar = scalar
    scalar.text = String(decoding: scalar.text.utf8.map { $0 == standIn ? UInt8(ascii: ":") : $0 }, as: UTF8.self)
    return scalar
  }
}
