import Diagnostics
import Pattern
import YAML

/// What is made where a path leads nowhere.
enum CreatedKind: Sendable {
  case scalar
  case sequence
  case mapping

  init(of node: Node) {
    switch node.value {
    case .scalar: self = .scalar
    case .sequence: self = .sequence
    case .mapping: self = .mapping
    }
  }

  func node(_ origin: Origin) -> Node {
    switch self {
    case .scalar: Node(scalar: Scalar(""), origin: origin)
    case .sequence: Node(.sequence([]), origin: origin)
    case .mapping: Node(.mapping(Mapping()), origin: origin)
    }
  }
}

/// Visits every value that a path of a replacement leads to, as kyaml's PathMatcher does: `*` means all elements of a list, and
/// the value in `[name=value]` is a regular expression.
struct PathVisitor {
  /// What to make of what is missing; nil makes nothing.
  let create: CreatedKind?
  /// Where what is made comes from.
  let origin: Origin

  /// What is done with a value; it is told whether the value has just been made.
  typealias Visit = (inout Node, Bool) throws(KustomizeError) -> Void

  /// How many values were visited.
  func visit(
    _ node: inout Node, _ path: ArraySlice<String>, isNew: Bool = false, _ body: Visit
  ) throws(KustomizeError) -> Int {
    guard let part = path.first else {
      try body(&node, isNew)
      return 1
    }
    if let index = Int(part), index >= 0 { return try element(index, of: &node, path, body) }
    if ListElement.isOne(part) {
      let wanted = try ListElement(part, at: node.origin)
      return try elements(like: wanted, of: &node, path, body, mayCreate: create != nil)
    }
    if part == "*" { return try everyElement(of: &node, path.dropFirst(), body) }
    return try field(part, of: &node, path, body)
  }

  /// The kind of what comes before the part `next` of a path.
  private func made(before next: String?) -> Node {
    let kind: CreatedKind =
      switch next {
      case nil, ""?: create ?? .mapping
      case let next? where ListElement.isOne(next) || (Int(next) ?? -1) >= 0: .sequence
      default: .mapping
      }
    return kind.node(origin)
  }

  private func field(
    _ name: String, of node: inout Node, _ path: ArraySlice<String>, _ body: Visit
  ) throws(KustomizeError) -> Int {
    if node.isNull { return 0 }
    try node.requireKind(node.mapping != nil, "MappingNode")
    let rest = path.dropFirst()
    let made = made(before: rest.first)
    let count = try node.withMapping { (mapping: inout Mapping) throws(KustomizeError) -> Int in
      let isNew = mapping.index(of: name) == nil
      if isNew {
        guard create != nil else { return 0 }
        mapping.set(name, made)
      }
      let found = try mapping.withValue(of: name) { (value: inout Node) throws(KustomizeError) -> Int in
        if let scalar = value.scalar, !rest.isEmpty { return try countInside(scalar, value.origin, rest) }
        return try visit(&value, rest, isNew: isNew, body)
      }
      return found ?? 0
    }
    return count ?? 0
  }

  /// The path goes on in the text of a scalar. kustomize finds the values there, and sets them where nobody sees it.
  private func countInside(
    _ scalar: Scalar, _ origin: Origin, _ path: ArraySlice<String>
  ) throws(KustomizeError) -> Int {
    do {
      guard var inner = try YAMLReader.read(text: scalar.text).first?.root else { return 0 }
      return try visit(&inner, path) { _, _ in }
    } catch let error as YAMLError {
      throw KustomizeError(.field, error.message, at: origin.location)
    } catch let error as KustomizeError {
      throw error
    } catch {
      return 0
    }
  }

  private func element(
    _ index: Int, of node: inout Node, _ path: ArraySlice<String>, _ body: Visit
  ) throws(KustomizeError) -> Int {
    let count = try node.elements().count
    let rest = path.dropFirst()
    let isNew = count == index && create != nil
    guard index < count || isNew else {
      throw KustomizeError(
        .field, "index \(index) specified but only \(count) elements found", at: node.origin.location)
    }
    let made = made(before: rest.first)
    let visited = try node.withSequence { (items: inout [Node]) throws(KustomizeError) -> Int in
      if isNew { items.append(made) }
      return try visit(&items[index], rest, isNew: isNew, body)
    }
    return visited ?? 0
  }

  private func everyElement(
    of node: inout Node, _ rest: ArraySlice<String>, _ body: Visit
  ) throws(KustomizeError) -> Int {
    _ = try node.elements()
    let count = try node.withSequence { (items: inout [Node]) throws(KustomizeError) -> Int in
      var count = 0
      for index in items.indices { count += try visit(&items[index], rest, body) }
      return count
    }
    return count ?? 0
  }

  private func elements(
    like wanted: ListElement, of node: inout Node, _ path: ArraySlice<String>, _ body: Visit, mayCreate: Bool
  ) throws(KustomizeError) -> Int {
    _ = try node.elements()
    let pattern = try Self.pattern(wanted.value, at: node.origin)
    let origin = self.origin
    let count = try node.withSequence { (items: inout [Node]) throws(KustomizeError) -> Int in
      var count = 0
      for index in items.indices where try Self.matches(items[index], wanted, pattern) {
        // An element that is told by its own text ends the path.
        count += try visit(&items[index], wanted.field.isEmpty ? [] : path.dropFirst(), body)
      }
      if count == 0, mayCreate {
        let value = Node(scalar: Scalar(wanted.value), origin: origin)
        items.append(wanted.field.isEmpty ? value : Node(mapping: wanted.field, value, origin: origin))
      }
      return count
    }
    if count == 0, mayCreate {
      return try elements(like: wanted, of: &node, path, body, mayCreate: false)
    }
    return count ?? 0
  }

  private static func pattern(_ text: String, at origin: Origin) throws(KustomizeError) -> Pattern {
    do throws(PatternError) {
      return try Pattern(text)
    } catch {
      throw KustomizeError(.replacement, error.message, at: origin.location)
    }
  }

  private static func matches(
    _ item: Node, _ wanted: ListElement, _ pattern: Pattern
  ) throws(KustomizeError) -> Bool {
    guard let scalar = (wanted.field.isEmpty ? item : item[wanted.field])?.scalar else { return false }
    // kyaml matches the value as it is written.
    let text =
      switch scalar.style {
      case .singleQuoted: "'\(scalar.text)'"
      case .doubleQuoted: "\"\(scalar.text)\""
      case .plain, .literal, .folded: scalar.text
      }
    do throws(PatternError) {
      return try pattern.matches(text)
    } catch {
      throw KustomizeError(.limit, error.message, at: item.origin.location)
    }
  }
}

extension Node {
  /// A mapping with one entry.
  fileprivate init(mapping key: String, _ value: Node, origin: Origin) {
    self.init(.mapping(Mapping([Mapping.Entry(key: Scalar(key), keyOrigin: origin, value: value)])), origin: origin)
  }
}
