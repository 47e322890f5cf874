import Diagnostics

/// Plain scalars in brackets and braces that libyaml reads by YAML 1.2 and go-yaml, which Flux uses, does not: there `?` ends a
/// scalar wherever it stands, so that `[--url=http://a?b=c]` is broken, and none begins with `:`.
enum FlowIndicators {
  /// Refuses what go-yaml refuses.
  static func check(_ scalar: Scalar, inMapping: Bool, at origin: Origin) throws(YAMLError) {
    guard scalar.style == .plain, let first = scalar.text.utf8.first else { return }
    if first == UInt8(ascii: ":") {
      throw YAMLError(
        .syntax(
          "did not find expected node content (go-yaml, which Flux uses, wants quotes around a text with ':' in front)"),
        at: origin.location)
    }
    guard scalar.text.utf8.dropFirst().contains(UInt8(ascii: "?")) else { return }
    let wanted = inMapping ? "did not find expected ',' or '}'" : "did not find expected ',' or ']'"
    throw YAMLError(
      .syntax("\(wanted) (go-yaml, which Flux uses, wants quotes around a text with '?' in brackets)"),
      at: origin.location)
  }
}
