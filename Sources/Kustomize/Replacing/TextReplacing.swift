import Diagnostics
import YAML

// A path that goes on inside of a text: `data.config\.json.server.host` changes the JSON or YAML that the text holds.
extension Node {
  /// This object with `value` written into a text in it; nil when the path leads to no such text, or nowhere inside it.
  func replacingInText(
    _ path: [String], by value: Node, _ create: CreatedKind?
  ) throws(KustomizeError) -> Node? {
    guard path.count > 1 else { return nil }
    for length in 1..<path.count {
      guard let found = try? lookup(path[..<length]), let scalar = found.scalar, !found.isNull else { continue }
      guard var text = try? StructuredText(scalar.text) else { continue }
      let visitor = PathVisitor(create: create, origin: value.origin)
      let count = try visitor.visit(&text.root, path[length...]) { (node: inout Node, isNew: Bool) in
        let place = node.origin
        node.setValue(value, isNew: isNew)
        // The place within the text tells which comment belongs to the value.
        if node.scalar != nil { node.origin = place }
      }
      guard count > 0, let written = text.written else { return nil }
      var changed = self
      let replaced = Node(scalar: Scalar(written, style: scalar.style, tag: scalar.pinnedTag), origin: value.origin)
      _ = try PathVisitor(create: nil, origin: value.origin).visit(&changed, path[..<length]) {
        (node: inout Node, _: Bool) in node = replaced
      }
      return changed
    }
    return nil
  }
}

/// JSON or YAML that is the text of a value.
struct StructuredText {
  private let text: String
  private let file: SourceFile
  /// What it holds.
  var root: Node

  init?(_ text: String) throws(YAMLError) {
    self.text = text
    file = SourceFile(path: "<text>", text: text)
    guard let root = try YAMLReader.read(file).first?.root else { return nil }
    self.root = root
  }

  /// The text for ``root``, in the format of the old one. Nil where JSON cannot say it.
  var written: String? {
    guard let first = text.unicodeScalars.first(where: { !$0.properties.isWhitespace }) else { return nil }
    guard first == "{" || first == "[" else { return BlockText(source: text, file: file).write(root) }
    let isIndented = text.utf8.contains(UInt8(ascii: "\n")) && text.parts(separatedBy: "  ").count > 1
    let emitter = JSONEmitter(dialect: .goYAML3, indentation: isIndented ? "  " : nil)
    return (try? emitter.emit(root)).map { String(decoding: $0, as: UTF8.self) }
  }
}
