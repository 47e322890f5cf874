import Diagnostics

/// Writes trees in block style.
struct BlockWriter {
  private(set) var output = EmitterOutput()
  private let style: YAMLEmitter.Style
  private let printer: ScalarPrinter
  private let order: KeyOrder
  /// Deeper trees are refused: writing recurses.
  static let depthLimit = 512
  /// Longer keys are written with `?`, as libyaml has it.
  private static let simpleKeyLimit = 128

  init(_ style: YAMLEmitter.Style) {
    self.style = style
    printer = ScalarPrinter(style)
    order = KeyOrder(lettersLeadBehindDigits: style == .toYAMLPretty)
  }

  mutating func separateDocuments() {
    output.startDocument()
    output.put("---")
    output.putBreak()
  }

  mutating func document(_ node: Node) throws(YAMLError) {
    output.startDocument()
    try write(node, Context(indent: -1, depth: 0, isMappingValue: false))
    output.indent(to: 0)
  }

  private struct Context {
    /// The column of the collection around; -1 outside of all.
    var indent: Int
    var depth: Int
    var isMappingValue: Bool

    var columnInside: Int { indent < 0 ? 0 : indent + 2 }
  }

  private mutating func write(_ node: Node, _ context: Context) throws(YAMLError) {
    guard context.depth <= Self.depthLimit else {
      throw YAMLError(.tooDeep(limit: Self.depthLimit), at: node.origin.location)
    }
    switch node.value {
    case .scalar(let scalar):
      let text = try ScalarText(scalar, at: node.origin, style: style)
      printer.print(text, into: &output, indent: context.indent < 0 ? 2 : context.indent + 2, isKey: false)
    case .sequence(let items) where items.isEmpty:
      output.indicator("[]")
    case .sequence(let items):
      try writeItems(items, context)
    case .mapping(let mapping) where mapping.isEmpty:
      output.indicator("{}")
    case .mapping(let mapping):
      try writeEntries(mapping, context)
    }
  }

  private mutating func writeItems(_ items: [Node], _ context: Context) throws(YAMLError) {
    let hangs = style != .toYAMLPretty && context.isMappingValue && !output.isIndentation
    let column = hangs ? max(context.indent, 0) : context.columnInside
    let inner = Context(indent: column, depth: context.depth + 1, isMappingValue: false)
    for item in items {
      output.indent(to: column)
      output.indicator("-", isIndentation: true)
      try write(item, inner)
    }
  }

  private mutating func writeEntries(_ mapping: Mapping, _ context: Context) throws(YAMLError) {
    let column = context.columnInside
    let inner = Context(indent: column, depth: context.depth + 1, isMappingValue: true)
    for entry in try sorted(mapping, isRoot: context.depth == 0) {
      output.indent(to: column)
      let isSimple = entry.key.isSingleLine && entry.key.text.utf8.count <= Self.simpleKeyLimit
      if !isSimple { output.indicator("?", isIndentation: true) }
      printer.print(entry.key, into: &output, indent: column + 2, isKey: isSimple)
      if isSimple {
        output.indicator(":", needsSpace: false)
      } else {
        output.indent(to: column)
        output.indicator(":", isIndentation: true)
      }
      if mapping.isFlow {
        try write(printed(mapping.entries[entry.index].value), inner)
      } else {
        try write(mapping.entries[entry.index].value, inner)
      }
    }
  }

  /// The value of a flow mapping as it is printed: go-yaml v3 writes an empty one as `''`, which kustomize then reads
  /// as a string.
  private func printed(_ value: Node) -> Node {
    guard style == .kustomize, value.scalar?.isEmptyPlain == true else { return value }
    return Node(string: "", origin: value.origin)
  }

  /// An entry on its way out: its key, and where it stands in its mapping.
  private struct PrintedEntry {
    var key: ScalarText
    var index: Int
  }

  private func sorted(_ mapping: Mapping, isRoot: Bool) throws(YAMLError) -> [PrintedEntry] {
    var found: [PrintedEntry] = []
    found.reserveCapacity(mapping.count)
    var isSorted = true
    for index in mapping.entries.indices {
      let key = try ScalarText(
        key: mapping.entries[index].key, at: mapping.entries[index].keyOrigin, style: style, isRoot: isRoot)
      if isSorted, let last = found.last { isSorted = order.comesFirst(last.key.text, key.text) }
      found.append(PrintedEntry(key: key, index: index))
    }
    if !isSorted { found.sort { order.comesFirst($0.key.text, $1.key.text) } }
    return found
  }
}
