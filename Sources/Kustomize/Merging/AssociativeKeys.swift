import Diagnostics
import YAML

/// How the elements of a list are told apart when several keys may be given or not.
enum AssociativeKeys {
  /// The only key that is inferred.
  private static let inferred = "name"

  /// Whether every element has the key.
  static func canInfer(_ items: [Node]) -> Bool {
    !items.isEmpty && items.allSatisfy { $0[inferred] != nil }
  }

  /// The key of a list without a schema.
  static func infer(from lists: [Node?], path: [String]) throws(KustomizeError) -> String {
    let filled = lists.compactMap(\.self).filter { $0.sequence?.isEmpty == false }
    guard let first = filled.first, let items = first.sequence, canInfer(items) else {
      throw KustomizeError(
        .patch, "no merge key found for field \(path.joined(separator: "."))",
        at: (filled.first ?? lists.compactMap(\.self).first)?.origin.location)
    }
    for list in filled.dropFirst() where !canInfer(list.sequence ?? []) {
      throw KustomizeError(
        .patch, "conflicting merge keys [\(inferred),] for field \(path.joined(separator: "."))",
        at: list.origin.location)
    }
    return inferred
  }

  /// The keys that at least one of the lists of values has a value for, and the values of them; all of them where none has.
  static func valid(
    among lists: [[String]], _ values: [String], _ keys: [String]
  ) -> (keys: [String], values: [String]) {
    let used = keys.indices.filter { index in lists.contains { index < $0.count && !$0[index].isEmpty } }
    guard !used.isEmpty else { return (keys, values) }
    let kept = values.indices.filter { !values[$0].isEmpty || used.contains($0) }
    return (used.map { keys[$0] }, kept.map { values[$0] })
  }

  /// Fills in what one list of values lacks from another that agrees with it otherwise: a port without a protocol is the same
  /// as the one with it.
  static func completed(_ lists: [[String]]) -> [[String]] {
    var lists = lists
    for one in lists.indices {
      let values = lists[one]
      for other in lists.indices {
        guard let joined = join(values, lists[other]) else { continue }
        lists[one] = joined
        lists[other] = joined
      }
    }
    return lists
  }

  private static func join(_ one: [String], _ other: [String]) -> [String]? {
    guard one.count == other.count else { return nil }
    var hasCommon = false
    var joined: [String] = []
    for (left, right) in zip(one, other) {
      if left == right {
        hasCommon = true
      } else if !left.isEmpty, !right.isEmpty {
        return nil
      }
      joined.append(left.isEmpty ? right : left)
    }
    return hasCommon ? joined : nil
  }
}
