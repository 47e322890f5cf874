/// Functions of lists and maps.
enum Collections {
  static let all = [size]

  private static let countable: [StaticType] = [
    .bytes, .list(.parameter("A")), .map(.parameter("A"), .parameter("B")), .string,
  ]

  private static let size = Function(
    "size", countable.map { .global([$0], .int) } + countable.map { .member([$0], .int) },
    plain: { (values) throws(EvaluationError) in
      switch values[0] {
      case .bytes(let bytes): return .int(Int64(bytes.count))
      case .list(let items): return .int(Int64(items.count))
      case .map(let map): return map.isUncertain ? .unknown([.isOther]) : .int(Int64(map.count))
      case .string(let text): return .int(Int64(text.unicodeScalars.count))
      default: throw .noSuchOverload(values)
      }
    })
}
