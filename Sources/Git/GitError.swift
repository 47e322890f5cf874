import Diagnostics

/// Why a repository does not give what it was asked for.
public struct GitError: PlacedError, Hashable {
  /// What went wrong.
  public enum Code: Sendable, Hashable {
    /// No repository at the path or above it.
    case notARepository(path: String)
    /// A name that leads to no commit. In a clone with part of the history it may exist elsewhere.
    case unknownRevision(String, isShallow: Bool)
    /// A name that leads to more than one object.
    case ambiguousRevision(String)
    /// Two commits without a common ancestor in this clone.
    case noMergeBase(CommitID, CommitID, isShallow: Bool)
    /// More than the limit of something.
    case tooMany(String, limit: Int)
    /// libgit2's own reason.
    case library(String)
  }

  /// What went wrong.
  public var code: Code

  /// An error of a repository.
  public init(_ code: Code) {
    self.code = code
  }

  /// What is wrong, with the remedy, as a sentence without a full stop.
  public var message: String {
    switch code {
    case .notARepository(let path):
      "'\(path)' is not inside a git work tree"
    case .unknownRevision(let name, isShallow: false):
      "the revision '\(name)' names no commit of this clone" + Self.hint(toFetch: name)
    case .unknownRevision(let name, isShallow: true):
      "the revision '\(name)' names no commit of this shallow clone\(Self.hint(toFetch: name)); fetch more "
        + "history with 'git fetch --deepen=100' or 'git fetch --unshallow'"
    case .ambiguousRevision(let name):
      "the revision '\(name)' names more than one object; give more digits or a full reference name"
    case .noMergeBase(let left, let right, isShallow: false):
      "\(left.short) and \(right.short) have no common ancestor"
    case .noMergeBase(let left, let right, isShallow: true):
      "no common ancestor of \(left.short) and \(right.short) is in this shallow clone; fetch more history, for "
        + "example with 'git fetch --deepen=100' or 'git fetch --unshallow'"
    case .tooMany(let what, let limit):
      "more than \(limit) \(what)"
    case .library(let reason):
      "git: \(reason)"
    }
  }

  /// How to get a branch or a tag; empty for what is no such name.
  private static func hint(toFetch name: String) -> String {
    let parts = name.split(separator: "/", maxSplits: 1)
    let branch = parts.count == 2 && parts[0] == "origin" ? String(parts[1]) : name
    // Another name with a slash may be one of another remote.
    let isPlain = !branch.contains { "^~:@{} ".contains($0) } && (branch != name || !name.contains("/"))
    guard !name.isEmpty, name != "HEAD", isPlain else { return "" }
    return "; fetch it first, for example with 'git fetch origin \(branch)'"
  }

  /// No file is involved.
  public var location: Location? { nil }
  /// Nothing led there.
  public var trace: [RelatedLocation] { [] }
}
