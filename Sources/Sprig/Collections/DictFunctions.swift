import GoTemplate

/// Maps. `set`, `unset` and the merges change the map they are given.
enum DictFunctions {
  static let functions: [Function] =
    [
      Function("dict", variadic: .any) { arguments in
        var entries: [GoString: Value] = [:]
        for index in stride(from: 0, to: arguments.count, by: 2) {
          entries[Casting.text(arguments[index])] = index + 1 < arguments.count ? arguments[index + 1] : ""
        }
        return .anyDict(entries)
      },
      Function("get", .anyMap, .string) { $0.dict(0)[$0.string(1)] ?? "" },
      Function("set", .anyMap, .string, .any) { arguments in
        arguments.dict(0)[arguments.string(1)] = arguments[2]
        return arguments[0]
      },
      Function("unset", .anyMap, .string) { arguments in
        arguments.dict(0)[arguments.string(1)] = nil
        return arguments[0]
      },
      Function("hasKey", .anyMap, .string) { .bool($0.dict(0)[$0.string(1)] != nil) },
      Function("pluck", .string, variadic: .anyMap) { arguments in
        .anyList(arguments.indices.dropFirst().compactMap { arguments.dict($0)[arguments.string(0)] })
      },
      // Go gives keys and values in random order; sorted is one of those orders.
      Function("keys", variadic: .anyMap) { arguments in
        .strings(arguments.indices.flatMap { arguments.dict($0).sortedKeys })
      },
      Function("values", .anyMap) { arguments in
        let dict = arguments.dict(0)
        return .anyList(dict.sortedKeys.compactMap { dict[$0] })
      },
      Function("pick", .anyMap, variadic: .string) { arguments in
        let wanted = Set(arguments.indices.dropFirst().map { arguments.string($0) })
        return .anyDict(arguments.dict(0).entries.filter { wanted.contains($0.key) })
      },
      Function("omit", .anyMap, variadic: .string) { arguments in
        let omitted = Set(arguments.indices.dropFirst().map { arguments.string($0) })
        return .anyDict(arguments.dict(0).entries.filter { !omitted.contains($0.key) })
      },
      Function("dig", variadic: .any, body: dig),
    ]
    + ["deepCopy", "mustDeepCopy"].map { name in
      Function(name, .any) { (arguments) throws(FunctionError) in
        guard !arguments[0].isNil else { throw .message("reflect: call of reflect.Value.Type on zero Value") }
        return arguments[0].deepCopy()
      }
    } + ["merge", "mustMerge"].map { merging($0, overwrites: false) }
    + ["mergeOverwrite", "mustMergeOverwrite"].map { merging($0, overwrites: true) }

  private static func merging(_ name: String, overwrites: Bool) -> Function {
    Function(name, .anyMap, variadic: .anyMap) { (arguments, evaluator) throws(FunctionError) in
      for index in arguments.indices.dropFirst() {
        var merging = Merging(overwrites: overwrites, limit: evaluator.limits.steps)
        merging.merge(arguments.dict(index), into: arguments.dict(0))
        try evaluator.charge(steps: merging.entries)
      }
      return arguments[0]
    }
  }

  @Sendable private static func dig(_ arguments: [Value]) throws(FunctionError) -> Value {
    guard arguments.count >= 3 else { throw .message("dig needs at least three arguments") }
    var current = try dict(arguments[arguments.count - 1])
    let path = arguments.dropLast(2)
    for key in path {
      guard case .string = key else { throw conversion(key, "string") }
    }
    for (index, key) in path.enumerated() {
      guard let step = current[Casting.text(key)] else { return arguments[arguments.count - 2] }
      if index + 1 == path.count { return step }
      current = try dict(step)
    }
    return .null
  }

  private static func dict(_ value: Value) throws(FunctionError) -> Dict {
    if case .dict(let dict) = value, dict.type == .anyMap { return dict }
    throw conversion(value, "map[string]interface {}")
  }

  private static func conversion(_ value: Value, _ wanted: String) -> FunctionError {
    let actual = value.isNil ? "nil" : value.type.description
    return .message("interface conversion: interface {} is \(actual), not \(wanted)")
  }
}

/// The merge of maps that sprig takes from the Go library `mergo`.
struct Merging {
  private let overwrites: Bool
  private let limit: Int
  /// How many entries were looked at.
  private(set) var entries = 0

  /// A merge that ends when it has looked at more than `limit` entries.
  init(overwrites: Bool, limit: Int) {
    self.overwrites = overwrites
    self.limit = limit
  }

  /// What an empty target misses is shared with the source, as in Go: a later `set` shows in both.
  mutating func merge(_ source: Dict, into target: Dict, depth: Int = 0) {
    guard source !== target, depth < Merging.deepest else { return }
    for (key, new) in source.entries {
      entries += 1
      guard entries <= limit else { return }
      if new.isNil {
        if overwrites { target[key] = .null }
        continue
      }
      let old = target[key]
      if case .dict(let newDict) = new, case .dict(let oldDict)? = old {
        merge(newDict, into: oldDict, depth: depth + 1)
        if oldDict.entries.isEmpty { target[key] = new }
        continue
      }
      if overwrites || old.map(Merging.isEmpty) ?? true { target[key] = new }
    }
  }

  /// Maps nest no deeper than this in a merge: a map that was put into itself never ends.
  private static let deepest = 1_000

  private static func isEmpty(_ value: Value) -> Bool {
    if case .object = value { return false }
    return !value.isTrue
  }
}

extension Value {
  /// The same value with lists and maps of its own.
  public func deepCopy() -> Value { deepCopy(depth: 0) }

  private func deepCopy(depth: Int) -> Value {
    guard depth < 1_000 else { return .null }
    switch self {
    case .list(let list):
      let copy = List(list.elements.map { $0.deepCopy(depth: depth + 1) }, of: list.elementType)
      copy.mark = list.mark
      return .list(copy)
    case .dict(let dict):
      let entries = dict.entries.mapValues { $0.deepCopy(depth: depth + 1) }
      let copy = Dict(entries, key: dict.keyType, element: dict.elementType)
      copy.mark = dict.mark
      return .dict(copy)
    default: return self
    }
  }
}
