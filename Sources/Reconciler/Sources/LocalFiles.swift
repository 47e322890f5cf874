import Diagnostics
import Files
import Flux

/// The files at hand that a source hands out.
struct LocalFiles: Sendable {
  /// Another source whose files go into the artifact (`spec.include` of a GitRepository).
  struct Included: Sendable {
    /// The files; nil when they are not at hand.
    var files: LocalFiles?
    /// The path in the other artifact.
    var from: String
    /// The path in this one.
    var to: String
    /// The place that asks for it, and what it is.
    var place: Origin
    var name: String
  }

  /// The directory of the repository that is the root.
  var root: RepoPath
  /// The source's `spec.ignore`; nil for the default exclusions.
  var ignore: SourceIgnore.Text?
  /// Whether it is a Bucket, which leaves out nothing by itself.
  var isBucket = false
  /// What the paths of all files start with; empty for any.
  var prefixes: [Field<String>] = []
  var included: [Included] = []
  /// Whether submodules are fetched with the repository; nil where the source is no Git repository.
  var fetchesSubmodules: Bool?

  /// What tells one from another: places do not.
  var key: String {
    let others = included.map { "\($0.name) \($0.from) \($0.to) {\($0.files?.key ?? "?")}" }
    let parts = [
      root.string, ignore.map { "=\($0.value)" } ?? "", "\(isBucket)", "\(prefixes.map(\.value))",
      "\(others)", fetchesSubmodules.map { "\($0)" } ?? "",
    ]
    return parts.joined(separator: "\u{0}")
  }
}
