import CLibYAML
import Diagnostics

/// Builds trees from libyaml's events, on a stack of its own: nesting in the input costs no recursion here.
struct TreeBuilder {
  private let file: SourceFile
  private let limits: ReadLimits
  private(set) var documents: [Document] = []
  private(set) var isFinished = false
  private var stack: [OpenCollection] = []
  private var anchors: [String: Anchored] = [:]
  private var duplicates: [YAMLError] = []
  private var nodeCount = 0
  private var aliasedNodes = 0

  /// What an anchor names, with the number of values in it, aliases in it written out.
  private struct Anchored {
    var node: Node
    var size: Int
  }

  init(file: SourceFile, limits: ReadLimits) {
    self.file = file
    self.limits = limits
  }

  mutating func take(_ event: yaml_event_t) throws(YAMLError) {
    switch unsafe event.type {
    case YAML_STREAM_END_EVENT:
      isFinished = true
    case YAML_DOCUMENT_START_EVENT:
      anchors.removeAll(keepingCapacity: true)
      duplicates = []
    case YAML_SCALAR_EVENT:
      try unsafe takeScalar(event)
    case YAML_ALIAS_EVENT:
      try unsafe takeAlias(event)
    case YAML_SEQUENCE_START_EVENT:
      let start = unsafe event.data.sequence_start
      let isFlow = unsafe start.style == YAML_FLOW_SEQUENCE_STYLE
      try unsafe open(event, isMapping: false, isFlow: isFlow, anchor: start.anchor)
    case YAML_MAPPING_START_EVENT:
      let start = unsafe event.data.mapping_start
      let isFlow = unsafe start.style == YAML_FLOW_MAPPING_STYLE
      try unsafe open(event, isMapping: true, isFlow: isFlow, anchor: start.anchor)
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
      try unsafe close(at: SourcePosition(event.end_mark))
    default:
      break  // stream start, document end, no event: nothing to build
    }
  }

  private func origin(of event: yaml_event_t) -> Origin {
    unsafe Origin(
      file: file, span: SourceSpan(start: SourcePosition(event.start_mark), end: SourcePosition(event.end_mark)))
  }

  private mutating func takeScalar(_ event: yaml_event_t) throws(YAMLError) {
    let data = unsafe event.data.scalar
    let text = unsafe String(decoding: UnsafeBufferPointer(start: data.value, count: data.length), as: UTF8.self)
    let scalar = unsafe Scalar(
      text, style: Scalar.Style(data.style), tag: data.tag == nil ? .none : Scalar.Tag(String(cString: data.tag)))
    let origin = unsafe origin(of: event)
    nodeCount += 1
    if let top = stack.indices.last, stack[top].isMapping, stack[top].pendingKey == nil {
      if let anchor = unsafe data.anchor {
        unsafe anchors[String(cString: anchor)] = Anchored(node: Node(scalar: scalar, origin: origin), size: 1)
      }
      stack[top].pendingKey = OpenCollection.Key(scalar: scalar, origin: origin)
    } else {
      let node = Node(scalar: scalar, origin: origin)
      let anchor = unsafe data.anchor.map { unsafe String(cString: $0) }
      try add(node, size: 1, anchor: anchor)
    }
  }

  private mutating func takeAlias(_ event: yaml_event_t) throws(YAMLError) {
    let name = unsafe String(cString: event.data.alias.anchor)
    let place = unsafe origin(of: event).location
    guard let anchored = anchors[name] else {
      let isOpen = stack.contains { $0.anchor == name }
      throw YAMLError(isOpen ? .recursiveAnchor(name) : .unknownAnchor(name), at: place)
    }
    aliasedNodes += anchored.size
    nodeCount += anchored.size
    guard aliasedNodes <= limits.aliasedNodes else {
      throw YAMLError(.tooManyAliases(limit: limits.aliasedNodes), at: place)
    }
    guard stack.count + anchored.node.depth(limit: limits.depth) <= limits.depth else {
      throw YAMLError(.tooDeep(limit: limits.depth), at: place)
    }
    if let top = stack.indices.last, stack[top].isMapping, stack[top].pendingKey == nil {
      guard let scalar = anchored.node.scalar else { throw YAMLError(.complexKey, at: place) }
      stack[top].pendingKey = unsafe OpenCollection.Key(scalar: scalar, origin: origin(of: event))
    } else {
      try add(anchored.node, size: anchored.size, anchor: nil)
    }
  }

  private mutating func open(
    _ event: yaml_event_t, isMapping: Bool, isFlow: Bool, anchor: UnsafeMutablePointer<yaml_char_t>?
  ) throws(YAMLError) {
    let origin = unsafe origin(of: event)
    guard stack.count < limits.depth else { throw YAMLError(.tooDeep(limit: limits.depth), at: origin.location) }
    if let top = stack.last, top.isMapping, top.pendingKey == nil {
      throw YAMLError(.complexKey, at: origin.location)
    }
    let name = unsafe anchor.map { unsafe String(cString: $0) }
    if let name { anchors[name] = nil }
    stack.append(
      OpenCollection(isMapping: isMapping, isFlow: isFlow, origin: origin, anchor: name, countBefore: nodeCount))
    nodeCount += 1
  }

  private mutating func close(at end: SourcePosition) throws(YAMLError) {
    guard var collection = stack.popLast() else { return }
    let node = try collection.finish(at: end)
    try add(node, size: nodeCount - collection.countBefore, anchor: collection.anchor)
  }

  /// Puts a finished value where it belongs: into the collection that is open, or as the root of a document.
  private mutating func add(_ node: Node, size: Int, anchor: String?) throws(YAMLError) {
    if let anchor { anchors[anchor] = Anchored(node: node, size: size) }
    guard let top = stack.indices.last else {
      documents.append(Document(root: node, index: documents.count, duplicateKeys: duplicates))
      return
    }
    if let duplicate = try stack[top].add(node) { duplicates.append(duplicate) }
  }
}

extension Node {
  /// Levels of nesting in this value, counted no further than `limit`.
  func depth(limit: Int) -> Int {
    if limit <= 0 { return 1 }
    switch value {
    case .scalar: return 0
    case .sequence(let items): return 1 + items.reduce(0) { max($0, $1.depth(limit: limit - 1)) }
    case .mapping(let mapping): return 1 + mapping.entries.reduce(0) { max($0, $1.value.depth(limit: limit - 1)) }
    }
  }
}

extension Scalar.Style {
  init(_ style: yaml_scalar_style_t) {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: self = .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: self = .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE: self = .literal
    case YAML_FOLDED_SCALAR_STYLE: self = .folded
    default: self = .plain
    }
  }
}

extension Scalar.Tag {
  /// The tag by its full or short name, as libyaml resolves it.
  init(_ name: String) {
    let prefix = "tag:yaml.org,2002:"
    switch name.hasPrefix(prefix) ? String(name.utf8.dropFirst(prefix.utf8.count)) ?? name : name {
    // A lone `!` says that quoting decides, as it does without a tag.
    case "!": self = .none
    case "str": self = .string
    case "int": self = .int
    case "float": self = .float
    case "bool": self = .bool
    case "null": self = .null
    case "binary": self = .binary
    case "timestamp": self = .timestamp
    case "merge": self = .merge
    default: self = .custom
    }
  }
}
