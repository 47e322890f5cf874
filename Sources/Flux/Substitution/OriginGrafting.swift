import Diagnostics
import YAML

/// Gives a tree that was read from substituted text the origins of the tree that the text was printed from.
struct OriginGrafting {
  /// Variables of one text that become steps of its origin; the chain of steps is walked and freed recursively.
  static let stepLimit = 32
  /// Undefined variables that are listed with their place; finding a place takes a search in the file.
  static let undefinedLimit = 100

  let variables: SubstitutionVariables
  /// Whether a variable without a value left a mark.
  let keepsPlaces: Bool
  private(set) var undefined: [UndefinedUse] = []
  private(set) var misread: [MisreadUse] = []
  private(set) var unknownPaths: [String] = []
  /// The way to the place that is worked on. Few places need it as a text.
  private var way: [Step] = []

  private enum Step {
    case key(String)
    case index(Int)
  }

  init(variables: SubstitutionVariables, keepsPlaces: Bool = false) {
    self.variables = variables
    self.keepsPlaces = keepsPlaces
  }

  private var path: String {
    var text = ""
    for step in way {
      switch step {
      case .key(let key): text += text.isEmpty ? key : ".\(key)"
      case .index(let index): text += "[\(index)]"
      }
    }
    return text
  }

  /// `new` with the origins of `old`.
  mutating func graft(_ new: Node, onto old: Node) -> Node {
    switch (new.value, old.value) {
    case (.mapping(let now), .mapping(let before)):
      return Node(.mapping(graft(now, onto: before, old)), origin: old.origin)
    case (.sequence(let now), .sequence(let before)):
      let items = now.enumerated().map { index, item in
        guard index < before.count else { return item.moved(to: old.origin) }
        way.append(.index(index))
        defer { way.removeLast() }
        return graft(item, onto: before[index])
      }
      return Node(.sequence(items), origin: old.origin)
    case (.scalar(let now), .scalar(let before)):
      if !Envsubst.mayChange(before.text), now.resolved(by: .goYAML2).isSame(as: before.resolved) { return old }
      return Node(scalar: now.asJSON, origin: origin(of: before.text, old.origin))
    case (_, .scalar(let before)): return new.moved(to: origin(of: before.text, old.origin))
    default: return new.moved(to: old.origin)
    }
  }

  /// Keys are matched by their text; those that were substituted, by their position in the printed order.
  private mutating func graft(_ new: Mapping, onto old: Mapping, _ node: Node) -> Mapping {
    let before = old.entries.indices.sorted {
      old.entries[$0].key.text.precedesByBytes(old.entries[$1].key.text)
    }
    let isParallel = before.count == new.count
    var entries: [Mapping.Entry] = []
    entries.reserveCapacity(new.count)
    for (index, entry) in new.entries.enumerated() {
      var matching = isParallel ? old.entries[before[index]] : nil
      if let match = matching, match.key.text != entry.key.text, !Envsubst.mayChange(match.key.text) {
        matching = nil
      }
      guard let match = matching ?? old.entry(entry.key.text) else {
        let moved = entry.value.moved(to: node.origin)
        entries.append(Mapping.Entry(key: entry.key.asJSONKey, keyOrigin: node.origin, value: moved))
        continue
      }
      way.append(.key(entry.key.text))
      defer { way.removeLast() }
      let isChanged = Envsubst.mayChange(match.key.text)
      entries.append(
        Mapping.Entry(
          key: isChanged ? entry.key.asJSONKey : match.key,
          keyOrigin: isChanged ? origin(of: match.key.text, match.keyOrigin) : match.keyOrigin,
          value: graft(entry.value, onto: match.value)))
    }
    return Mapping(entries)
  }

  /// The origin of a text after substitution, with a step for each variable in it. Notes what is not defined or known.
  private mutating func origin(of text: String, _ old: Origin) -> Origin {
    let bytes = Array(text.utf8)
    var origin = old
    let expressions: [Envsubst.Expression]
    let missing: [Envsubst.Undefined]
    do throws(EnvsubstError) {
      expressions = try Envsubst.expressions(in: bytes)
      missing = try Envsubst.expand(bytes, variables.lookup).undefined
    } catch {
      return origin  // part of an expression that runs over several fields
    }
    var named: [String] = []
    for name in expressions.map(\.variable) where named.count < Self.stepLimit && !named.contains(name) {
      named.append(name)
      let definition = variables[name]?.origin ?? old
      origin = origin.adding(.substituted(variable: name), at: definition.location)
    }
    if keepsPlaces && !missing.isEmpty || expressions.contains(where: { variables.lookup($0.variable) == .unknown }) {
      unknownPaths.append(path)
    }
    for use in expressions where MisreadUse.operations.contains(use.operation) && misread.count < Self.undefinedLimit {
      let span = ExpressionPlace(text: bytes, use: use.source).span(in: old)
      misread.append(
        MisreadUse(
          name: use.variable, operation: use.operation,
          origin: Origin(file: old.file, span: span, lastStep: old.lastStep)))
    }
    for use in missing where undefined.count < Self.undefinedLimit {
      let span = ExpressionPlace(text: bytes, use: use.source).span(in: old)
      undefined.append(
        UndefinedUse(
          name: use.variable, path: path, origin: Origin(file: old.file, span: span, lastStep: old.lastStep)))
    }
    return origin
  }
}

extension Node {
  /// This value as if all of it stood at `origin`.
  fileprivate func moved(to origin: Origin) -> Node {
    switch value {
    case .scalar(let scalar): return Node(scalar: scalar.asJSON, origin: origin)
    case .sequence(let items): return Node(.sequence(items.map { $0.moved(to: origin) }), origin: origin)
    case .mapping(let mapping):
      let entries = mapping.entries.map {
        Mapping.Entry(key: $0.key.asJSONKey, keyOrigin: origin, value: $0.value.moved(to: origin))
      }
      return Node(.mapping(Mapping(entries)), origin: origin)
    }
  }
}

extension Scalar {
  /// This scalar as it is once sigs.k8s.io/yaml has made JSON of it: `yes` is true, `010` is 8, a date is a text.
  fileprivate var asJSON: Scalar {
    let meaning = resolved(by: .goYAML2)
    switch meaning {
    case .null: return .null
    case .bool(let value): return .bool(value)
    case .int(let value): return .int(value)
    case .uint(let value): return .int(value)
    case .float(let value): return .float(value)
    case .timestamp(let text), .string(let text):
      let staysString = style != .plain || resolved == meaning
      return staysString && tag == .none ? self : .string(text)
    case .mismatch: return self
    }
  }

  /// This key as a key of JSON, which is always a text.
  fileprivate var asJSONKey: Scalar {
    let meant = asJSON
    return meant.style == .plain && meant.resolved != .string(meant.text) ? .string(meant.text) : meant
  }
}

extension ResolvedScalar {
  /// Whether both are the same in JSON, where a date is a text.
  fileprivate func isSame(as other: ResolvedScalar) -> Bool {
    switch (self, other) {
    case (.string(let one), .timestamp(let two)), (.timestamp(let one), .string(let two)): one == two
    default: self == other
    }
  }
}
