import ClusterModel
import Diagnostics
import Kubernetes
import YAML

/// A patch that is asked where it touches something.
struct PatchPlaces {
  /// A step on the way to a value.
  enum Step {
    case key(String)
    case element(name: String, index: Int)
  }

  let version: EarlierVersion

  init(_ version: EarlierVersion) {
    self.version = version
  }

  /// The place of a value that the patch itself wrote; nil where something else did.
  func wrote(_ origin: Origin) -> Location? {
    let isOfPatch = origin.steps.contains { $0.kind == .patched && $0.location == version.entry }
    return isOfPatch ? origin.location : nil
  }

  /// The place in the patch that is nearest to a value that it takes out.
  func place(of steps: [Step]) -> Location {
    if let operations = version.patch.sequence { return operation(over: steps, operations) ?? version.entry }
    var node = version.patch
    var deepest: Location?
    for step in steps {
      switch step {
      case .key(let key):
        guard let entry = node.mapping?.entry(key) else { return deepest ?? version.entry }
        (node, deepest) = (entry.value, entry.keyOrigin.location)
      case .element(let name, _):
        guard let element = node.sequence?.first(where: { $0["name"]?.scalar?.text == name }) else {
          return deepest ?? version.entry
        }
        (node, deepest) = (element, element.origin.location)
      }
    }
    return deepest ?? version.entry
  }

  /// The path of the operation that takes out the value, or what it stands in.
  private func operation(over steps: [Step], _ operations: [Node]) -> Location? {
    let keys = steps.map { step in
      switch step {
      case .key(let key): key
      case .element(_, let index): String(index)
      }
    }
    return operations.first { operation in
      guard let kind = operation["op"]?.scalar?.text, ["remove", "replace", "move", "add"].contains(kind) else {
        return false
      }
      let text = operation[kind == "move" ? "from" : "path"]?.scalar?.text ?? ""
      let parts = text.split(separator: "/").map(String.init)
      return !parts.isEmpty && parts.count <= keys.count && zip(parts, keys).allSatisfy { $0 == $1 }
    }.flatMap { $0["path"]?.origin.location }
  }
}

extension AppliedObject {
  /// Where a patch takes out a field that the object had before; nil for one that it never had.
  func removal(of path: [String]) -> Origin? {
    for (index, version) in earlier.enumerated() {
      let next = index + 1 < earlier.count ? earlier[index + 1].node : manifest.node
      guard version.node.value(at: path) != nil, next.value(at: path) == nil else { continue }
      let place = PatchPlaces(version).place(of: path.map { .key($0) })
      return Origin(file: place.file, span: place.span)
    }
    return nil
  }
}

extension Node {
  /// The value found by following `keys`; nil when one of them is missing.
  func value(at keys: [String]) -> Node? {
    keys.reduce(Optional(self)) { node, key in node?[key] }
  }
}
