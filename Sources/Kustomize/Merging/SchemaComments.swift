import Diagnostics
import Kubernetes
import YAML

/// Schemas in comments: kyaml takes JSON in a comment behind or above a field for the schema of its value.
struct SchemaComments {
  private struct Place: Hashable {
    var file: ObjectIdentifier
    var line: UInt32
  }

  private var schemas: [Place: FieldSchema] = [:]
  /// The files are kept, so that no other one takes the place of one of them.
  private let files: [SourceFile]

  /// The schemas in the files of `nodes`; nil where there are none, which is nearly always.
  init?(in nodes: [Node], types: Schema) {
    var files: [SourceFile] = []
    for node in nodes where !files.contains(where: { $0 === node.origin.file }) {
      if Self.mayHoldSchema(node.origin.file.bytes) { files.append(node.origin.file) }
    }
    guard !files.isEmpty else { return nil }
    self.files = files
    for file in files {
      for comment in (try? Comments.scan(file)) ?? [] where comment.text.hasPrefix("{") {
        guard let fragment = try? YAMLReader.read(text: comment.text).first?.root, fragment.mapping != nil else {
          continue
        }
        let line = comment.span.start.line + (comment.isAlone ? 1 : 0)
        schemas[Place(file: ObjectIdentifier(file), line: line)] = types.fragment(fragment)
      }
    }
    if schemas.isEmpty { return nil }
  }

  /// The schema of the value of `entry`.
  func schema(of entry: Mapping.Entry) -> FieldSchema? {
    schemas[Place(file: ObjectIdentifier(entry.keyOrigin.file), line: entry.keyOrigin.span.start.line)]
  }

  /// Whether a `{` stands behind a `#`, with nothing but blanks between them. Every merge asks.
  private static func mayHoldSchema(_ bytes: [UInt8]) -> Bool {
    var next = 0
    while let mark = bytes.offset(of: UInt8(ascii: "#"), from: next) {
      next = mark + 1
      while next < bytes.count, bytes[next] == UInt8(ascii: " ") { next += 1 }
      if next < bytes.count, bytes[next] == UInt8(ascii: "{") { return true }
    }
    return false
  }
}
