import YAML

/// What plain scalars mean to the Kubernetes API, by the rules of go-yaml that sigs.k8s.io/yaml uses.
extension Node {
  var isNull: Bool {
    guard let scalar, scalar.isPlainUntagged || scalar.tag == .null else { return false }
    return scalar.tag == .null || ["", "~", "null", "Null", "NULL"].contains(scalar.text)
  }

  /// The boolean this value is; nil for any other type.
  var boolean: Bool? {
    guard let scalar, scalar.isPlainUntagged || scalar.tag == .bool else { return nil }
    switch scalar.text {
    case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON": return true
    case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF": return false
    default: return nil
    }
  }

  /// The integer this value is; nil for any other type. A float without a fraction counts, as it does for the API.
  var integer: Int? {
    guard let scalar, scalar.isPlainUntagged || scalar.tag == .int else { return nil }
    let digits = scalar.text.replacingUnderscores
    if let value = Int(digits) { return value }
    if digits.hasPrefix("0x") { return Int(digits.dropFirst(2), radix: 16) }
    if digits.hasPrefix("0o") { return Int(digits.dropFirst(2), radix: 8) }
    if digits.hasPrefix("0b") { return Int(digits.dropFirst(2), radix: 2) }
    return Double(digits).flatMap { Int(exactly: $0) }
  }

  /// The string this value is; nil for numbers, booleans, nulls and collections.
  var string: String? {
    guard let scalar else { return nil }
    if scalar.tag == .string || !scalar.isPlainUntagged && scalar.tag == .none { return scalar.text }
    if scalar.tag != .none { return scalar.tag == .custom || scalar.tag == .binary ? scalar.text : nil }
    return isNull || boolean != nil || integer != nil || isFloat ? nil : scalar.text
  }

  private var isFloat: Bool {
    guard let text = scalar?.text else { return false }
    let unsigned = text.drop { $0 == "+" || $0 == "-" }
    if [".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN"].contains(unsigned) { return true }
    guard let first = unsigned.utf8.first, first == 0x2e || (0x30...0x39).contains(first) else { return false }
    return Double(text.replacingUnderscores) != nil
  }

  /// The type of this value in words, with an article.
  var typeName: String {
    switch value {
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .scalar:
      if isNull {
        "null"
      } else if boolean != nil {
        "a boolean"
      } else if integer != nil || isFloat && string == nil {
        "a number"
      } else {
        "a string"
      }
    }
  }
}

extension Scalar {
  fileprivate var isPlainUntagged: Bool { style == .plain && tag == .none }
}

extension String {
  fileprivate var replacingUnderscores: String {
    utf8.contains(UInt8(ascii: "_")) ? String(decoding: utf8.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self) : self
  }
}
