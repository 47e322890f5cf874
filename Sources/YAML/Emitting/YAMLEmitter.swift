import Diagnostics

/// Writes trees as YAML, byte for byte as the Go programs do that Flux runs.
public enum YAMLEmitter {
  /// Whose output to write.
  public enum Style: Sendable, Hashable {
    /// `kustomize build`: scalars mean what go-yaml v3 says, pass through JSON and are printed by go-yaml v2,
    /// with sorted keys, lists not indented, long lines folded at 80 columns. A key that is no string is an error.
    case kustomize
    /// Helm's `toYaml`, and sigs.k8s.io/yaml everywhere: as ``kustomize``, but scalars mean what go-yaml v2 says.
    case toYAML
    /// Helm's `toYamlPretty`: go-yaml v3 with an indentation of two; lists are indented, lines are not folded.
    case toYAMLPretty
  }

  /// The documents of `nodes`, with `---` between them. Each ends with a line feed.
  /// - Throws: ``YAMLError`` at a value that the Go program refuses to print.
  public static func emit(_ nodes: [Node], style: Style = .kustomize) throws(YAMLError) -> [UInt8] {
    var writer = BlockWriter(style)
    for (index, node) in nodes.enumerated() {
      if index > 0 { writer.separateDocuments() }
      try writer.document(node)
    }
    return writer.output.bytes
  }

  /// One document. It ends with a line feed.
  public static func emit(_ node: Node, style: Style = .kustomize) throws(YAMLError) -> [UInt8] {
    try emit([node], style: style)
  }
}
