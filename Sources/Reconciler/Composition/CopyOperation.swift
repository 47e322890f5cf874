import ClusterModel
import Diagnostics
import Files
import Flux

/// One entry of an artifact's `copy`, taken apart.
struct CopyOperation {
  enum Strategy: String {
    case overwrite = "Overwrite"
    case merge = "Merge"
    case extract = "Extract"
  }

  let copy: Field<ArtifactGenerator.Copy>
  let from: Field<String>
  let to: Field<String>
  /// The alias in `from`.
  let alias: String
  /// The path or pattern in `from`.
  let pattern: String
  /// The path in `to`, below the artifact's root.
  let target: String
  let strategy: Strategy
  let exclude: ExcludePatterns

  init(_ copy: Field<ArtifactGenerator.Copy>) throws(CompositionError) {
    self.copy = copy
    guard let from = copy.from else {
      throw CompositionError(.malformedCopy, "a copy must say what it copies in 'from'", at: copy.origin)
    }
    guard let to = copy.to else {
      throw CompositionError(.malformedCopy, "a copy must say where to in 'to'", at: copy.origin)
    }
    let parts = from.value.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].hasPrefix("@") else {
      throw CompositionError(.malformedCopy, "'\(from.value)' must have the form '@alias/path'", at: from.origin)
    }
    guard to.value.hasPrefix("@artifact/") else {
      throw CompositionError(.malformedCopy, "'\(to.value)' must start with '@artifact/'", at: to.origin)
    }
    guard let strategy = Strategy(rawValue: copy.strategy?.value ?? Strategy.overwrite.rawValue) else {
      throw CompositionError(
        .wrongStrategy(copy.strategy?.value ?? ""), "strategy must be Overwrite, Merge or Extract",
        at: copy.strategy?.origin ?? copy.origin)
    }
    self.from = from
    self.to = to
    alias = String(parts[0].dropFirst())
    pattern = String(parts[1])
    target = String(to.value.dropFirst("@artifact/".count))
    self.strategy = strategy
    exclude = try ExcludePatterns(copy.exclude)
  }

  /// Whether `from` is a pattern and not a path.
  var isPattern: Bool { pattern.hasGlobCharacters }

  /// The path that `text` names below the artifact's target.
  func destination(_ text: String) throws(CompositionError) -> RepoPath {
    let whole = target.isEmpty ? text : "\(target)/\(text)"
    do { return try RepoPath(whole) } catch {
      throw CompositionError(.malformedCopy, "'\(to.value)' must stay inside of the artifact", at: to.origin)
    }
  }

  /// Where what the pattern found goes: below the target, less the directory in front of a closing `/**`.
  func destination(ofMatch match: RepoPath) throws(CompositionError) -> RepoPath {
    if pattern.hasSuffix("/**") {
      let prefix = pattern.dropLast("**".count)
      if match.string.hasPrefix(prefix) { return try destination(String(match.string.dropFirst(prefix.count))) }
    }
    return try destination(match.string)
  }

  /// The part of `from` in front of the first component with a pattern in it.
  var literalRoot: RepoPath {
    let parts = pattern.split(separator: "/").prefix { !$0.hasGlobCharacters }
    return (try? RepoPath(parts.joined(separator: "/"))) ?? .root
  }
}

extension StringProtocol {
  /// Whether source-watcher takes this for a pattern.
  var hasGlobCharacters: Bool { utf8.contains { "*?[]".utf8.contains($0) } }
}
