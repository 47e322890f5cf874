import Diagnostics
import YAML

/// Operations of RFC 6902, carried out as kustomize does, with version 4 of evanphx/json-patch.
///
/// That library is more lenient than the RFC: `replace` sets a key that is not there, a negative index counts from the end,
/// a value that is missing is null, and `test` looks only at the keys that the object has.
public struct JSONPatch: Sendable {
  /// One operation.
  struct Operation: Sendable {
    var node: Node

    /// What it does; whatever is no text counts as unknown.
    var kind: String {
      guard case .string(let text)? = node["op"]?.scalar?.resolved else { return "unknown" }
      return text
    }

    /// The value; null where it is missing.
    var value: Node { node["value"] ?? Node(scalar: .null, origin: node.origin) }

    /// The path in the field `field`.
    func pointer(_ field: String) throws(KustomizeError) -> JSONPointer {
      guard let found = node[field], !found.isNull else {
        throw error("\(kind) operation is missing its \(field) field: missing value", at: node)
      }
      guard case .string(let text)? = found.scalar?.resolved else {
        throw error("the \(field) field of an operation must be a string", at: found)
      }
      return JSONPointer(text)
    }

    func error(_ text: String, at node: Node? = nil) -> KustomizeError {
      KustomizeError(.patch, text, at: (node ?? self.node["path"] ?? self.node).origin.location)
    }
  }

  let operations: [Operation]

  /// The operations in `node`, a list of mappings. What is wrong with one of them shows when it is carried out.
  public init(_ node: Node) throws(KustomizeError) {
    guard let items = node.sequence else {
      throw KustomizeError(.patch, "a JSON patch must be a list of operations", at: node.origin.location)
    }
    for item in items where item.mapping == nil {
      throw KustomizeError(.patch, "an operation of a JSON patch must be a mapping", at: item.origin.location)
    }
    operations = items.map { Operation(node: $0) }
  }

  /// Carries the operations out on `object`, which stays as it was when one of them fails. What they set keeps the place in the
  /// patch, with the step that `entry` asked for it.
  public func apply(to object: inout Node, entry: Location? = nil) throws(KustomizeError) {
    var changed = object
    var budget = GrowthBudget()
    for operation in operations {
      do throws(KustomizeError) {
        var marked = operation
        if let entry { marked.node = operation.node.adding(.patched, at: entry) }
        try marked.apply(to: &changed, within: &budget)
      } catch {
        var error = error
        if let entry { error.trace.append(RelatedLocation("patched here", at: entry)) }
        throw error
      }
    }
    object = changed.afterJSON()
  }
}

/// The way to a value: `/spec/containers/0`.
struct JSONPointer {
  let text: String
  /// The keys on the way; empty when there is nothing to point into.
  let parts: [String]

  init(_ text: String) {
    self.text = text
    // What is before the first slash does not count, whatever it is.
    parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropFirst().map {
      Self.unescape(Array($0))
    }
  }

  private static func unescape(_ bytes: [UInt8]) -> String {
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "~"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "1") {
        result.append(UInt8(ascii: "/"))
        index += 2
      } else if bytes[index] == UInt8(ascii: "~"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "0") {
        result.append(UInt8(ascii: "~"))
        index += 2
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
