import YAML

/// What values mean to the Kubernetes API once kustomize has read them.
extension Node {
  var isNull: Bool { scalar?.isNull ?? false }

  /// The boolean this value is; nil for any other type.
  var boolean: Bool? {
    guard case .bool(let value) = scalar?.resolved else { return nil }
    return value
  }

  /// The integer this value is; nil for any other type. A float without a fraction counts, as it does for the API.
  var integer: Int? {
    switch scalar?.resolved {
    case .int(let value): Int(exactly: value)
    case .uint(let value): Int(exactly: value)
    case .float(let value): Int(exactly: value)
    default: nil
    }
  }

  /// The string this value is (a date is one in JSON); nil for numbers, booleans, nulls and collections.
  var string: String? {
    switch scalar?.resolved {
    case .string(let text), .timestamp(let text): text
    default: nil
    }
  }

  /// The type of this value in words, with an article.
  var typeName: String {
    switch value {
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .scalar(let scalar):
      switch scalar.resolved {
      case .null: "null"
      case .bool: "a boolean"
      case .int, .uint, .float: "a number"
      case .timestamp, .string: "a string"
      case .mismatch: "a value that does not fit its tag"
      }
    }
  }
}
