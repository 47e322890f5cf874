/// What a scalar means.
public enum ResolvedScalar: Sendable, Hashable {
  /// No value: empty, `~`, `null`.
  case null
  /// A truth value.
  case bool(Bool)
  /// A whole number that fits 64 bits with a sign.
  case int(Int64)
  /// A whole number above `Int64.max`.
  case uint(UInt64)
  /// Any other number.
  case float(Double)
  /// A date or a point in time, written as Go writes it (RFC 3339, the fraction without trailing zeros).
  case timestamp(String)
  /// A text.
  case string(String)
  /// An explicit tag that its text does not fit, such as `!!int abc`: go-yaml refuses the document.
  case mismatch(tag: Scalar.Tag)
}

/// Whose rules say what a plain scalar means.
public enum YAMLDialect: Sendable, Hashable {
  /// go-yaml v3, with which kustomize reads resources: booleans are `true` and `false` only, dates are dates.
  case goYAML3
  /// go-yaml v2 behind sigs.k8s.io/yaml, with which Helm reads values and Kubernetes reads manifests and kustomization
  /// files: `yes`, `no`, `on`, `off`, `y`, `n` are booleans, dates are texts.
  case goYAML2
}

extension Scalar {
  /// What the scalar means to kustomize.
  public var resolved: ResolvedScalar { resolved(by: .goYAML3) }

  /// Whether it is null, by any dialect.
  public var isNull: Bool {
    switch tag {
    case .null: true
    // Only a short text can be a null, so that most need not be resolved.
    case .none: style == .plain && text.utf8.count <= 4 && resolved == .null
    default: false
    }
  }

  /// What the scalar means by the rules of `dialect`.
  public func resolved(by dialect: YAMLDialect) -> ResolvedScalar {
    switch tag {
    case .none:
      return style == .plain ? PlainResolver(dialect).resolve(text) : .string(text)
    case .string, .custom, .merge:
      return .string(text)
    case .binary:
      // Go keeps the decoded bytes in a string; what is no UTF-8 is replaced when they are printed.
      guard let bytes = Base64.decode(text) else { return .mismatch(tag: tag) }
      return .string(String(decoding: bytes, as: UTF8.self))
    case .int, .float, .bool, .null, .timestamp:
      return resolvedByTag(dialect)
    }
  }

  /// A tagged scalar must look like what its tag says, quoted or not.
  private func resolvedByTag(_ dialect: YAMLDialect) -> ResolvedScalar {
    if tag == .null { return .null }
    let meant = PlainResolver(dialect, readsDates: tag == .timestamp).resolve(text)
    switch (tag, meant) {
    case (.int, .int), (.int, .uint), (.float, .float), (.bool, .bool), (.timestamp, .timestamp):
      return meant
    case (.float, .int(let value)):
      return .float(Double(value))
    case (.timestamp, .string) where dialect == .goYAML2 && Timestamp.normalised(text.utf8.span) != nil:
      return meant
    default:
      return .mismatch(tag: tag)
    }
  }
}

extension Scalar {
  /// The null value.
  public static let null = Scalar("null")

  /// A truth value.
  public static func bool(_ value: Bool) -> Scalar { Scalar(value ? "true" : "false") }

  /// A whole number.
  public static func int(_ value: some BinaryInteger) -> Scalar { Scalar(String(value)) }

  /// A number, as Go's `%g` and go-yaml print it.
  public static func float(_ value: Double) -> Scalar { Scalar(GoFloat.yaml(value)) }
}
