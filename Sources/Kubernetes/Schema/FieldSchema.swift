/// What a strategic merge needs to know of a value: how its list elements are told apart, and what is below.
public struct FieldSchema: Sendable {
  let table: MergeTable
  let number: Int

  private var entry: MergeTable.Entry { table.entries[number] }

  /// `merge`, `replace`, `retainKeys`; empty where nothing is said.
  public var patchStrategies: [String] { entry.strategies }

  /// The fields that tell the elements of this list apart; empty for lists of plain values, and where the schema names none.
  public var mergeKeys: [String] { entry.keys }

  /// Whether this is a list whose elements are merged one by one.
  public var mergesElements: Bool { entry.strategies.contains("merge") }

  /// The schema of a field; nil where it is not known.
  public func field(_ name: String) -> FieldSchema? {
    if let found = entry.fields[name] { return FieldSchema(table: table, number: table.resolve(found)) }
    if let values = entry.values { return FieldSchema(table: table, number: table.resolve(values)) }
    return entry.isClosed ? FieldSchema(table: table, number: MergeTable.atomic) : nil
  }

  /// The schema of the elements of this list; nil where it is not known.
  public var elements: FieldSchema? {
    entry.elements.map { FieldSchema(table: table, number: table.resolve($0)) }
  }
}
