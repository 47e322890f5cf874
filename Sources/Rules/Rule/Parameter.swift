import Flux
import Policies

/// A parameter of a rule with its Swift type.
public struct Parameter<Value: ParameterConvertible>: Sendable {
  /// The key in the configuration.
  public let name: String
  /// What it says where nobody sets it.
  public let defaultValue: Value
  /// What it means.
  public let summary: String

  /// A parameter.
  public init(_ name: String, default defaultValue: Value, _ summary: String) {
    self.name = name
    self.defaultValue = defaultValue
    self.summary = summary
  }

  /// The parameter without its type.
  public var signature: ParameterSignature {
    ParameterSignature(
      name: name, shape: Value.shape, defaultValue: defaultValue.parameterValue, summary: summary)
  }
}

extension GoDuration: ParameterConvertible {
  /// A duration in Go's syntax.
  public static var shape: ConfigShape { .text(.duration) }
  /// Reads the text.
  public init?(_ value: ParameterValue) {
    guard case .text(let text) = value else { return nil }
    self.init(text)
  }
  /// The text.
  public var parameterValue: ParameterValue { .text(words) }

  /// The length as people write it: `1h30m`, `45s`.
  public var words: String {
    var rest = nanoseconds
    if rest == 0 { return "0s" }
    var text = ""
    for (unit, size) in [("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000), ("ms", 1_000_000)]
      as [(String, Int64)] where rest >= size
    {
      text += "\(rest / size)\(unit)"
      rest %= size
    }
    return text
  }
}
