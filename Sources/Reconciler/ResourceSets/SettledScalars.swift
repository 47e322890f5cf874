import YAML

extension Scalar {
  /// This scalar so that everyone reads it as one version of go-yaml does: to version 2, which the operator goes by,
  /// `yes` is true, to version 3 it is a text.
  func settled(as dialect: YAMLDialect) -> Scalar {
    guard resolved(by: .goYAML2) != resolved(by: .goYAML3) else { return self }
    switch resolved(by: dialect) {
    case .null: return .null
    case .bool(let value): return .bool(value)
    case .int(let value): return .int(value)
    case .uint(let value): return .int(value)
    case .float(let value): return .float(value)
    case .string(let text), .timestamp(let text): return .string(text)
    case .mismatch: return self
    }
  }
}

extension Node {
  /// This value as it is in the cluster, which kustomize has read by version 3: keys are texts, whatever they look like.
  var settled: Node {
    switch value {
    case .scalar(let scalar): return Node(scalar: scalar.settled(as: .goYAML3), origin: origin)
    case .sequence(let items): return Node(.sequence(items.map(\.settled)), origin: origin)
    case .mapping(let mapping):
      let entries = mapping.entries.map {
        Mapping.Entry(key: .string($0.key.text), keyOrigin: $0.keyOrigin, value: $0.value.settled)
      }
      return Node(.mapping(Mapping(entries)), origin: origin)
    }
  }
}
