import Diagnostics
import YAML

extension JSONPatch.Operation {
  /// Carries the operation out.
  func apply(to root: inout Node, within budget: inout GrowthBudget) throws(KustomizeError) {
    switch kind {
    case "add": try add(try pointer("path"), value, to: &root, &budget)
    case "remove": try remove(&root)
    case "replace": try replace(&root, &budget)
    case "move": try move(&root, &budget)
    case "copy": try copy(&root, &budget)
    case "test": try test(root)
    default: throw error("Unexpected kind: \(kind)", at: node["op"] ?? node)
    }
  }

  private func add(
    _ pointer: JSONPointer, _ value: Node, to root: inout Node, _ budget: inout GrowthBudget
  ) throws(KustomizeError) {
    try budget.charge(value, below: pointer.parts.count, at: node.origin.location)
    let missing = error("\(kind) operation does not apply: doc is missing path: \"\(pointer.text)\": missing value")
    try root.withContainer(of: pointer, else: missing) { (container: inout Node, key: String) throws(KustomizeError) in
      do throws(PointerError) {
        try container.add(value, under: key)
      } catch {
        throw self.error("error in \(kind) for path: '\(pointer.text)': \(error.text)")
      }
    }
  }

  private func remove(_ root: inout Node) throws(KustomizeError) {
    let path = try pointer("path")
    let missing = error("remove operation does not apply: doc is missing path: \"\(path.text)\": missing value")
    try root.withContainer(of: path, else: missing) { (container: inout Node, key: String) throws(KustomizeError) in
      do throws(PointerError) {
        _ = try container.take(key)
      } catch {
        throw self.error("error in remove for path: '\(path.text)': \(error.text)")
      }
    }
  }

  private func replace(_ root: inout Node, _ budget: inout GrowthBudget) throws(KustomizeError) {
    let path = try pointer("path")
    try budget.charge(value, below: path.parts.count, at: node.origin.location)
    if path.parts.isEmpty, path.text.isEmpty {
      guard value.scalar == nil else { throw error("replace operation value must be object or array") }
      root = value
      return
    }
    let missing = error("replace operation does not apply: doc is missing path: \(path.text): missing value")
    try root.withContainer(of: path, else: missing) { (container: inout Node, key: String) throws(KustomizeError) in
      do throws(PointerError) {
        try container.replace(key, by: value)
      } catch {
        throw self.error("replace operation does not apply: doc is missing key: \(path.text): missing value")
      }
    }
  }

  private func move(_ root: inout Node, _ budget: inout GrowthBudget) throws(KustomizeError) {
    let from = try pointer("from")
    let place = node["from"] ?? node
    let missing = error(
      "move operation does not apply: doc is missing from path: \(from.text): missing value", at: place)
    var moved = Node(scalar: .null, origin: node.origin)
    try root.withContainer(of: from, else: missing) { (container: inout Node, key: String) throws(KustomizeError) in
      do throws(PointerError) {
        moved = try container.take(key)
      } catch {
        throw self.error("error in move for path: '\(key)': \(error.text)", at: place)
      }
    }
    try add(try pointer("path"), moved, to: &root, &budget)
  }

  private func copy(_ root: inout Node, _ budget: inout GrowthBudget) throws(KustomizeError) {
    let from = try pointer("from")
    let place = node["from"] ?? node
    guard let container = root.container(of: from), let key = from.parts.last else {
      throw error("copy operation does not apply: doc is missing from path: \(from.text): missing value", at: place)
    }
    let copied: Node?
    do throws(PointerError) {
      copied = try container.value(under: key)
    } catch {
      throw self.error("error in copy for from: '\(from.text)': \(error.text)", at: place)
    }
    try add(try pointer("path"), copied ?? Node(scalar: .null, origin: node.origin), to: &root, &budget)
  }

  private func test(_ root: Node) throws(KustomizeError) {
    let path = try pointer("path")
    var found: Node? = root
    if !path.text.isEmpty {
      guard let container = root.container(of: path), let key = path.parts.last else {
        throw error("test operation does not apply: is missing path: \(path.text): missing value")
      }
      do throws(PointerError) {
        found = try container.value(under: key)
      } catch {
        throw self.error("error in test for path: '\(path.text)': \(error.text)")
      }
    }
    let isEqual = (found ?? Node(scalar: .null, origin: node.origin)).isCovered(by: value)
    guard isEqual else {
      var failure = error("testing value \(path.text) failed: test failed")
      if let found { failure.trace.append(RelatedLocation("the value is here", at: found.origin.location)) }
      throw failure
    }
  }
}

extension Node {
  /// Whether `other` has all that this has: an object may lack keys of the value it is tested against.
  fileprivate func isCovered(by other: Node) -> Bool {
    switch (value, other.value) {
    case (.mapping(let mine), .mapping(let theirs)):
      return mine.entries.allSatisfy { entry in theirs[entry.key.text].map(entry.value.isCovered) ?? false }
    case (.sequence(let mine), .sequence(let theirs)):
      return mine.count == theirs.count && zip(mine, theirs).allSatisfy { $0.isCovered(by: $1) }
    case (.scalar(let mine), .scalar(let theirs)):
      return mine.resolved == theirs.resolved
    default:
      return false
    }
  }
}
