import CEL

extension FuzzTarget {
  /// What is possible with unknown variables holds what comes out with any known ones.
  static func evaluate(_ text: [UInt8]) -> String? {
    let names = ["self", "dep", "status", "x", "a", "msg"]
    let environment = Environment.flux(variables: Dictionary(uniqueKeysWithValues: names.map { ($0, .dyn) }))
    let source = String(decoding: text, as: UTF8.self)
    _ = try? environment.compile(source)
    guard let program = try? environment.parse(source) else { return nil }
    func outcomes(_ value: Value) -> Outcomes {
      program.verdict(Dictionary(uniqueKeysWithValues: names.map { ($0, value) })).outcomes
    }
    let possible = outcomes(.anything)
    for value in [.null, .bool(true), .int(-1), .string("a"), .list([.int(1), .double(0.5)]), .map(MapValue())]
      as [Value]
    {
      let found = outcomes(value)
      // Everything is what an evaluation comes to that costs too much.
      if found != .all, !possible.isSuperset(of: found) { return "\(found) is not in \(possible) for \(value)" }
    }
    return nil
  }
}
