import Diagnostics
import Kubernetes
import YAML

/// The JSON of an object that kustomize hashes where it is neither a ConfigMap nor a Secret: not of what it says, but of the nodes
/// of the text, with their styles, lines and columns.
struct NodeEncoding {
  private let lines: [[Unicode.Scalar]]
  /// The line before the first one of the document: kustomize cuts a file into documents before it reads them.
  private let lineOffset: UInt32
  private let file: SourceFile
  private var bytes: [UInt8] = []

  /// The JSON of `object`.
  /// - Throws: ``KustomizeError`` where something else than its text made the object what it is, or where it has comments: the
  ///   lines and comments that kustomize would see are not known then.
  static func encode(_ object: Node) throws(KustomizeError) -> [UInt8] {
    var encoding = try NodeEncoding(of: object)
    try encoding.write(object)
    return encoding.bytes
  }

  private init(of object: Node) throws(KustomizeError) {
    file = object.origin.file
    lines = String(decoding: file.bytes, as: UTF8.self).parts(separatedBy: "\n").map { Array($0.unicodeScalars) }
    let start = object.origin.span.start.line
    var offset: UInt32 = 0
    var end = UInt32(lines.count) + 1
    for (index, line) in lines.enumerated() where index > 0 && line.starts(with: "---".unicodeScalars) {
      if UInt32(index + 1) < start { offset = UInt32(index + 1) } else { end = min(end, UInt32(index + 1)) }
    }
    lineOffset = offset
    for comment in (try? Comments.scan(file)) ?? []
    where comment.span.start.line > offset && comment.span.start.line < end {
      throw KustomizeError(
        .generator, "the hash of an object with comments is not known", at: Location(file: file, span: comment.span))
    }
  }

  private mutating func write(_ node: Node) throws(KustomizeError) {
    switch node.value {
    case .mapping(let mapping):
      try open(kind: 4, style: mapping.isFlow ? Self.flow : 0, tag: "!!map", text: "", origin: node.origin)
      try writeContent(mapping.entries) { encoding, entry throws(KustomizeError) in
        try encoding.write(Node(scalar: entry.key, origin: entry.keyOrigin))
        encoding.bytes.append(UInt8(ascii: ","))
        try encoding.write(entry.value)
      }
    case .sequence(let items):
      try open(kind: 2, style: isFlow(node) ? Self.flow : 0, tag: "!!seq", text: "", origin: node.origin)
      try writeContent(items) { encoding, item throws(KustomizeError) in try encoding.write(item) }
    case .scalar(let scalar):
      try open(kind: 8, style: Self.style(scalar), tag: Self.tag(scalar), text: scalar.text, origin: node.origin)
      bytes += Array("null".utf8)
    }
    bytes += Array(#","HeadComment":"","LineComment":"","FootComment":"""#.utf8)
    let start = node.origin.span.start
    bytes += Array(#","Line":\#(start.line - lineOffset),"Column":\#(start.column)}"#.utf8)
  }

  private mutating func open(
    kind: Int, style: Int, tag: String, text: String, origin: Origin
  ) throws(KustomizeError) {
    guard origin.file === file, origin.lastStep == nil, origin.span.start.line > lineOffset else {
      throw KustomizeError(
        .generator, "the hash of an object that was changed before is known for ConfigMaps and Secrets only",
        at: origin.location)
    }
    bytes += Array(#"{"Kind":\#(kind),"Style":\#(style),"Tag":"#.utf8)
    JSONString.append(tag, to: &bytes, escapesHTML: true)
    bytes += Array(#","Value":"#.utf8)
    JSONString.append(text, to: &bytes, escapesHTML: true)
    bytes += Array(#","Anchor":"","Alias":null,"Content":"#.utf8)
  }

  /// What a collection holds; Go writes null for nothing.
  private mutating func writeContent<Element>(
    _ elements: [Element], _ write: (inout NodeEncoding, Element) throws(KustomizeError) -> Void
  ) throws(KustomizeError) {
    guard !elements.isEmpty else {
      bytes += Array("null".utf8)
      return
    }
    for (index, element) in elements.enumerated() {
      bytes.append(index == 0 ? UInt8(ascii: "[") : UInt8(ascii: ","))
      try write(&self, element)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  // MARK: go-yaml's numbers and names

  private static let flow = 32

  private static func style(_ scalar: Scalar) -> Int {
    let tagged = scalar.tag == .none ? 0 : 1
    return switch scalar.style {
    case .plain: tagged
    case .doubleQuoted: tagged | 2
    case .singleQuoted: tagged | 4
    case .literal: tagged | 8
    case .folded: tagged | 16
    }
  }

  private static func tag(_ scalar: Scalar) -> String {
    switch scalar.pinnedTag {
    case .int: "!!int"
    case .float: "!!float"
    case .bool: "!!bool"
    case .null: "!!null"
    case .timestamp: "!!timestamp"
    case .binary: "!!binary"
    case .merge: "!!merge"
    case .none, .string, .custom: "!!str"
    }
  }

  private func isFlow(_ node: Node) -> Bool {
    let (line, column) = (Int(node.origin.span.start.line) - 1, Int(node.origin.span.start.column) - 1)
    return lines.indices.contains(line) && lines[line].indices.contains(column) && lines[line][column] == "["
  }
}
