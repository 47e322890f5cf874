/// The types that can be named.
enum KnownType {
  /// The types that values have.
  static let names: Set<String> = [
    "bool", "bytes", "double", "int", "list", "map", "null_type", "string", "type", "uint", "optional_type",
    "google.protobuf.Duration", "google.protobuf.Timestamp",
  ]

  /// Messages that cel-go knows without being told. What they hold is not followed here.
  static let messages: Set<String> = Set(
    [
      "Any", "BoolValue", "BytesValue", "DoubleValue", "Duration", "FloatValue", "Int32Value", "Int64Value",
      "ListValue", "NullValue", "StringValue", "Struct", "Timestamp", "UInt32Value", "UInt64Value", "Value",
    ].map { "google.protobuf." + $0 })
}
