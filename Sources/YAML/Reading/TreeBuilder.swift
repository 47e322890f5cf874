import CLibYAML
import Diagnostics

/// Builds trees from libyaml's events, on stacks of its own: nesting in the input costs no recursion here.
struct TreeBuilder: ~Copyable {
  private let file: SourceFile
  private let limits: ReadLimits
  private let dialect: YAMLDialect
  private let repeatedKeys: RepeatedKeys
  private var slashEscapes: SlashEscapes?
  private(set) var documents: [Document] = []
  private(set) var isFinished = false
  /// How many documents were read to their end.
  private(set) var endedDocuments = 0
  private var stack: [OpenCollection] = []
  /// The items of all open lists, innermost last.
  private var items = MoveStack<Node>()
  /// The entries of all open mappings, innermost last.
  private var entries = MoveStack<Mapping.Entry>()
  private var anchors: [String: Anchored] = [:]
  private var duplicates: [YAMLError] = []
  /// The first key that is a list or a mapping. go-yaml looks at keys when a document is read to its end: what is wrong
  /// with its grammar comes first.
  private var complexKey: YAMLError?
  private var documentStart = SourceSpan.fileStart.start
  private var nodeCount = 0
  private var aliasedNodes = 0

  /// What an anchor names.
  private struct Anchored {
    var node: Node
    /// The number of values in it, aliases in it written out.
    var size: Int
    /// Levels of nesting in it.
    var height: Int
  }

  init(
    file: SourceFile, limits: ReadLimits, dialect: YAMLDialect, repeatedKeys: RepeatedKeys, slashEscapes: SlashEscapes?
  ) {
    self.file = file
    self.limits = limits
    self.dialect = dialect
    self.repeatedKeys = repeatedKeys
    self.slashEscapes = slashEscapes
  }

  mutating func take(_ event: UnsafePointer<yaml_event_t>) throws(YAMLError) {
    switch unsafe event.pointee.type {
    case YAML_SCALAR_EVENT:
      try unsafe takeScalar(event)
    case YAML_SEQUENCE_START_EVENT:
      let isFlow = unsafe event.pointee.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
      try unsafe open(event, isMapping: false, isFlow: isFlow, anchor: event.pointee.data.sequence_start.anchor)
    case YAML_MAPPING_START_EVENT:
      let isFlow = unsafe event.pointee.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
      try unsafe open(event, isMapping: true, isFlow: isFlow, anchor: event.pointee.data.mapping_start.anchor)
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
      try unsafe close(at: SourcePosition(event.pointee.end_mark))
    case YAML_ALIAS_EVENT:
      try unsafe takeAlias(event)
    case YAML_DOCUMENT_START_EVENT:
      try unsafe startDocument(event)
    case YAML_DOCUMENT_END_EVENT:
      if let complexKey { throw complexKey }
      endedDocuments += 1
    case YAML_STREAM_END_EVENT:
      isFinished = true
    default:
      break  // stream start, no event: nothing to build
    }
  }

  private mutating func startDocument(_ event: UnsafePointer<yaml_event_t>) throws(YAMLError) {
    if let version = unsafe event.pointee.data.document_start.version_directive, unsafe version.pointee.minor != 1 {
      throw unsafe YAMLError(
        .syntax(VersionDirective.complaint), at: Location(file: file, span: SourceSpan(event)))
    }
    anchors.removeAll(keepingCapacity: true)
    duplicates = []
    documentStart = unsafe SourcePosition(event.pointee.start_mark)
  }

  private mutating func takeScalar(_ event: UnsafePointer<yaml_event_t>) throws(YAMLError) {
    let bytes = unsafe UnsafeBufferPointer(
      start: event.pointee.data.scalar.value, count: event.pointee.data.scalar.length)
    var scalar = unsafe Scalar(
      String(decoding: bytes, as: UTF8.self), style: Scalar.Style(event.pointee.data.scalar.style),
      tag: event.pointee.data.scalar.tag == nil ? .none : Scalar.Tag(String(cString: event.pointee.data.scalar.tag)))
    let origin = unsafe Origin(file: file, span: SourceSpan(event))
    let anchor = unsafe event.pointee.data.scalar.anchor.map { unsafe String(cString: $0) }
    if slashEscapes != nil, scalar.style == .doubleQuoted { try slashEscapes?.check(origin.span) }
    if dialect == .goYAML2, scalar.style == .plain, scalar.tag == .none, anchor == nil,
      LoneTag.precedes(scalar, origin.span)
    {
      scalar.tag = .custom
    }
    nodeCount += 1
    if let top = stack.indices.last, stack[top].isFlow {
      try FlowIndicators.check(scalar, inMapping: stack[top].isMapping, at: origin)
    }
    if let top = stack.indices.last, stack[top].awaitsKey {
      if let anchor { anchors[anchor] = Anchored(node: Node(scalar: scalar, origin: origin), size: 1, height: 0) }
      stack[top].end = origin.span.end
      stack[top].pendingKey = OpenCollection.Key(scalar: scalar, origin: origin)
    } else {
      try add(Node(scalar: scalar, origin: origin), size: 1, height: 0, end: origin.span.end, anchor: anchor)
    }
  }

  private mutating func takeAlias(_ event: UnsafePointer<yaml_event_t>) throws(YAMLError) {
    let name = unsafe String(cString: event.pointee.data.alias.anchor)
    let place = unsafe Origin(file: file, span: SourceSpan(event))
    guard let anchored = anchors[name] else {
      let isOpen = stack.contains { $0.anchor == name }
      throw YAMLError(isOpen ? .recursiveAnchor(name) : .unknownAnchor(name), at: place.location)
    }
    aliasedNodes += anchored.size
    nodeCount += anchored.size
    guard aliasedNodes <= limits.aliasedNodes else {
      throw YAMLError(.tooManyAliases(limit: limits.aliasedNodes), at: place.location)
    }
    guard stack.count + anchored.height <= limits.depth else {
      throw YAMLError(.tooDeep(limit: limits.depth), at: place.location)
    }
    if let top = stack.indices.last, stack[top].awaitsKey {
      stack[top].end = place.span.end
      if let scalar = anchored.node.scalar {
        stack[top].pendingKey = OpenCollection.Key(scalar: scalar, origin: place)
      } else {
        noteComplexKey(place, top)
      }
    } else {
      try add(anchored.node, size: anchored.size, height: anchored.height, end: place.span.end, anchor: nil)
    }
  }

  private mutating func open(
    _ event: UnsafePointer<yaml_event_t>, isMapping: Bool, isFlow: Bool, anchor: UnsafeMutablePointer<yaml_char_t>?
  ) throws(YAMLError) {
    let span = unsafe SourceSpan(event)
    guard stack.count < limits.depth else {
      throw YAMLError(.tooDeep(limit: limits.depth), at: Location(file: file, span: span))
    }
    let name = unsafe anchor.map { unsafe String(cString: $0) }
    if let name { anchors[name] = nil }
    stack.append(
      OpenCollection(
        isMapping: isMapping, isFlow: isFlow, start: span.start, anchor: name, countBefore: nodeCount,
        firstValue: isMapping ? entries.count : items.count))
    nodeCount += 1
  }

  private mutating func close(at end: SourcePosition) throws(YAMLError) {
    guard let collection = stack.popLast() else { return }
    // libyaml ends a block collection where the next token starts; its last value is what a reader would underline.
    let span = SourceSpan(start: collection.start, end: collection.isFlow ? end : collection.end)
    let value: Node.Value
    if collection.isMapping {
      if !collection.merges.isEmpty { mergeIn(collection) }
      value = .mapping(Mapping(entries.take(from: collection.firstValue), isFlow: collection.isFlow))
    } else {
      value = .sequence(items.take(from: collection.firstValue))
    }
    try add(
      Node(value, origin: Origin(file: file, span: span)), size: nodeCount - collection.countBefore,
      height: collection.height, end: span.end, anchor: collection.anchor)
  }

  /// Merged keys come behind the written ones, which win over them, as earlier merges win over later ones.
  private mutating func mergeIn(_ collection: OpenCollection) {
    var known: Set<String> = []
    for index in collection.firstValue..<entries.count { known.insert(entries[index].key.text) }
    for source in collection.merges {
      for entry in source.mapping?.entries ?? [] where known.insert(entry.key.text).inserted {
        entries.push(entry)
      }
    }
  }

  /// Puts a finished value where it belongs: into the collection that is open, or as the root of a document.
  private mutating func add(
    _ node: consuming Node, size: Int, height: Int, end: SourcePosition, anchor: String?
  ) throws(YAMLError) {
    if let anchor { anchors[anchor] = Anchored(node: copy node, size: size, height: height) }
    guard let top = stack.indices.last else {
      documents.append(
        Document(root: node, index: documents.count, start: documentStart, duplicateKeys: duplicates))
      return
    }
    stack[top].end = end
    stack[top].height = max(stack[top].height, height + 1)
    guard stack[top].isMapping else {
      items.push(node)
      return
    }
    guard let key = stack[top].pendingKey.take() else { return noteComplexKey(node.origin, top) }
    guard key.isMerge else {
      addEntry(Mapping.Entry(key: key.scalar, keyOrigin: key.origin, value: node), top, isWritten: true)
      return
    }
    let sources = try mergeSources(of: node)
    if dialect == .goYAML3 {
      stack[top].merges += sources
    } else {
      for source in sources.reversed() {
        for entry in source.mapping?.entries ?? [] { addEntry(entry, top, isWritten: false) }
      }
    }
  }

  private mutating func noteComplexKey(_ origin: Origin, _ top: Int) {
    if complexKey == nil { complexKey = YAMLError(.complexKey, at: origin.location) }
    stack[top].pendingKey = OpenCollection.Key(scalar: .null, origin: origin)
  }

  /// The mappings that a merge key takes in, those first that win.
  private func mergeSources(of node: Node) throws(YAMLError) -> [Node] {
    switch node.value {
    case .mapping: return [node]
    case .sequence(let items) where items.allSatisfy({ $0.mapping != nil }): return items
    default: throw YAMLError(.badMerge, at: node.origin.location)
    }
  }

  /// Adds an entry to the open mapping. One value of a repeated key wins, which is noted unless it is merged in.
  private mutating func addEntry(_ entry: consuming Mapping.Entry, _ top: Int, isWritten: Bool) {
    guard let earlier = position(of: entry.key.text, top) else {
      entries.push(entry)
      return
    }
    if isWritten {
      let first = RelatedLocation("first set here", at: entries[earlier].keyOrigin.location)
      duplicates.append(
        YAMLError(.duplicateKey(entry.key.text), at: entry.keyOrigin.location, trace: [first]))
    }
    if repeatedKeys == .lastWins || !isWritten { entries[earlier] = entry }
  }

  /// Where a key stands already in the open mapping; where it is new, it is noted that it will be the next entry.
  private mutating func position(of key: String, _ top: Int) -> Int? {
    let first = stack[top].firstValue
    guard entries.count - first >= OpenCollection.searchedCount else { return entries.index(of: key, from: first) }
    if stack[top].positions.isEmpty {
      for index in first..<entries.count { stack[top].positions[entries[index].key.text] = index }
    }
    if let earlier = stack[top].positions[key] { return earlier }
    stack[top].positions[key] = entries.count
    return nil
  }
}

extension SourceSpan {
  /// The span of an event.
  init(_ event: UnsafePointer<yaml_event_t>) {
    unsafe self.init(start: SourcePosition(event.pointee.start_mark), end: SourcePosition(event.pointee.end_mark))
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
