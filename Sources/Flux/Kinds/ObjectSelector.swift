/// Which objects are meant, by their labels.
public struct ObjectSelector: SpecPart {
  /// Labels with their values.
  public var matchLabels: [StringEntry]
  /// Conditions on labels.
  public var matchExpressions: [Field<Expression>]

  init(_ reader: inout SpecReader) {
    matchLabels = reader.stringMap("matchLabels")
    matchExpressions = reader.list("matchExpressions")
  }

  /// A condition on a label.
  public struct Expression: SpecPart {
    /// The label.
    public var key: Field<String>?
    /// `In`, `NotIn`, `Exists` or `DoesNotExist`.
    public var condition: Field<String>?
    /// The values.
    public var values: [Field<String>]

    init(_ reader: inout SpecReader) {
      key = reader.string("key")
      condition = reader.string("operator")
      values = reader.strings("values")
    }
  }
}
