import Diagnostics

extension Scalar {
  /// The key as the Go programs turn it into one of JSON.
  ///
  /// sigs.k8s.io/yaml prints numbers and booleans; kustomize takes keys that are no strings at the root of a
  /// document only, where it reads into a map of strings.
  func jsonKey(by dialect: YAMLDialect, at origin: Origin, isRoot: Bool) throws(YAMLError) -> String {
    switch resolved(by: dialect) {
    case .string(let text): return text
    case .mismatch(let tag): throw YAMLError(.tagMismatch(text, tag: tag), at: origin.location)
    case .null where dialect == .goYAML3 && isEmptyPlain:
      // go-yaml v3 prints an empty key in quotes, so that kustomize reads a string where it wrote a null.
      return ""
    case .null: break
    case _ where dialect == .goYAML3:
      if isRoot { return text }
    case .bool(let value): return value ? "true" : "false"
    case .int(let value): return String(value)
    case .float(let value): return GoFloat.singleKey(value)
    case .uint, .timestamp: break
    }
    throw YAMLError(.nonStringKey(text), at: origin.location)
  }

  /// Whether nothing at all is written: no text, no quotes, no tag.
  var isEmptyPlain: Bool { text.isEmpty && style == .plain && tag == .none }
}
