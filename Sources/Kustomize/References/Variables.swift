import Diagnostics
import YAML

extension BuildSession {
  /// Replaces `$(NAME)` by the values of `vars`, once all names are final.
  mutating func resolveVariables(_ gathered: inout Accumulator) throws(KustomizeError) {
    guard !gathered.variables.isEmpty else { return }
    var values: [String: Node] = [:]
    for variable in gathered.variables.sorted(by: { $0.name < $1.name }) {
      values[variable.name] = try value(of: variable, in: gathered.resources)
    }
    let fields = gathered.fields[.varReference]
    var expansion = VariableExpansion(values: values)
    try gathered.resources.updateEach { resource throws(KustomizeError) in
      for field in fields {
        try field.visit(&resource.node) { (node: inout Node) throws(KustomizeError) in try expansion.expand(&node) }
      }
    }
    for variable in gathered.variables where !expansion.used.contains(variable.name) {
      result.warnings.append(
        BuildWarning(message: "the var '\(variable.name)' is never used", location: variable.origin.location))
    }
  }

  private func value(
    of variable: VariableArguments, in resources: ResourceList
  ) throws(KustomizeError) -> Node {
    guard let resource = resources.items.first(where: { $0.variables.contains(variable.name) }) else {
      throw KustomizeError(
        .reference, "the var '\(variable.name)' points at '\(variable.target)', which is not there",
        at: variable.origin.location)
    }
    guard let value = try resource.node.lookup(VariablePath.parts(variable.fieldPath)) else {
      throw KustomizeError(
        .reference,
        "the var '\(variable.name)' points at '\(variable.fieldPath)', which '\(resource.identity)' does not have",
        at: variable.origin.location, trace: [RelatedLocation("the object is here", at: resource.location)])
    }
    return Node(
      value.value, origin: value.origin.adding(.replaced, at: variable.origin.location))
  }
}

/// The paths of `vars`, where `ports[0]` means the field `ports` and its item 0.
private enum VariablePath {
  static func parts(_ path: String) -> [String] {
    FieldPath.splitBracketed(path).flatMap { part -> [String] in
      guard part.hasSuffix("]"), let open = part.utf8.lastIndex(of: UInt8(ascii: "[")) else { return [part] }
      let index = part[part.index(after: open)...].dropLast()
      guard !index.isEmpty, index.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
        return [part]
      }
      let name = part[..<open]
      return (name.isEmpty ? [] : [String(name)]) + [String(index)]
    }
  }
}

/// Replaces `$(NAME)` in texts.
private struct VariableExpansion {
  let values: [String: Node]
  /// The names of the variables that were found.
  private(set) var used: Set<String> = []
  private var budget = GrowthBudget()

  init(values: [String: Node]) {
    self.values = values
  }

  /// Expands a text, the texts of a list, or the texts of a mapping.
  mutating func expand(_ node: inout Node) throws(KustomizeError) {
    switch node.value {
    case .scalar: try expandText(&node)
    case .sequence(var items):
      for index in items.indices {
        guard items[index].isText else {
          throw KustomizeError(.reference, "only texts can hold vars", at: items[index].origin.location)
        }
        try expandText(&items[index])
      }
      node.value = .sequence(items)
    case .mapping(var mapping):
      for entry in mapping.entries where entry.value.isText {
        _ = try mapping.withValue(of: entry.key.text) { (value: inout Node) throws(KustomizeError) in
          try expandText(&value)
        }
      }
      node.value = .mapping(mapping)
    }
  }

  private mutating func expandText(_ node: inout Node) throws(KustomizeError) {
    guard let scalar = node.scalar, node.isText, scalar.text.utf8.contains(UInt8(ascii: "$")) else { return }
    let bytes = Array(scalar.text.utf8)
    if let whole = wholeReference(bytes), let value = take(whole) {
      // A text that is nothing but a reference takes over the type of the value.
      node = Node(value.value, origin: value.origin)
      return
    }
    let (text, steps) = try expanded(bytes, at: node.origin)
    guard text != bytes else { return }
    var origin = node.origin
    for step in steps { origin = origin.adding(.replaced, at: step) }
    node = Node(string: String(decoding: text, as: UTF8.self), origin: origin)
  }

  private func wholeReference(_ text: [UInt8]) -> String? {
    guard text.count >= 3, text.starts(with: Array("$(".utf8)), text.firstIndex(of: UInt8(ascii: ")")) == text.count - 1
    else { return nil }
    return String(decoding: text[2..<(text.count - 1)], as: UTF8.self)
  }

  private mutating func take(_ name: String) -> Node? {
    guard let value = values[name], value.scalar != nil else { return nil }
    used.insert(name)
    return value
  }

  /// `$(NAME)` becomes the value of the variable, or stays where there is none; `$$` becomes `$`.
  private mutating func expanded(
    _ text: [UInt8], at origin: Origin
  ) throws(KustomizeError) -> (text: [UInt8], steps: [Location]) {
    var (found, steps): ([UInt8], [Location]) = ([], [])
    var index = 0
    while index < text.count {
      guard text[index] == UInt8(ascii: "$"), index + 1 < text.count else {
        found.append(text[index])
        index += 1
        continue
      }
      switch text[index + 1] {
      case UInt8(ascii: "$"):
        found.append(UInt8(ascii: "$"))
        index += 2
      case UInt8(ascii: "("):
        guard let close = text[index...].firstIndex(of: UInt8(ascii: ")")) else {
          found += text[index..<(index + 2)]
          index += 2
          continue
        }
        let name = String(decoding: text[(index + 2)..<close], as: UTF8.self)
        if let value = take(name) {
          try budget.charge(value, below: 0, at: origin.location)
          found += Array((value.scalar?.resolved.goText ?? "").utf8)
          steps.append(value.origin.location)
        } else {
          found += text[index...close]
        }
        index = close + 1
      default:
        found += text[index..<(index + 2)]
        index += 2
      }
    }
    return (found, steps)
  }
}

extension Node {
  fileprivate var isText: Bool {
    guard case .string? = scalar?.resolved else { return false }
    return true
  }
}
