import ClusterModel
import Diagnostics
import Files
import Flux

/// The files of an artifact while it is composed.
struct Staging {
  /// A file that took the place of another.
  struct Overwrite {
    var path: RepoPath
    var by: CopyOperation
    var earlier: Location
  }

  private(set) var entries: [RepoPath: ComposedArtifact.Entry] = [:]
  private(set) var overwrites: [Overwrite] = []
  private var directories: Set<RepoPath> = [.root]

  func isDirectory(_ path: RepoPath) -> Bool { directories.contains(path) }

  /// Makes a directory and those above it.
  mutating func makeDirectory(_ path: RepoPath, for copy: CopyOperation) throws(CompositionError) {
    var next: RepoPath? = path
    while let here = next, !directories.contains(here) {
      guard entries[here] == nil else { throw blocked(here, "a file", copy) }
      directories.insert(here)
      next = here.parent
    }
  }

  /// Puts a file at `path`, in place of what an earlier copy put there.
  mutating func put(
    _ entry: ComposedArtifact.Entry, at path: RepoPath, for copy: CopyOperation
  ) throws(CompositionError) {
    if let earlier = entries[path], earlier.parts != entry.parts {
      overwrites.append(Overwrite(path: path, by: copy, earlier: earlier.copiedBy))
    }
    try replace(entry, at: path, for: copy)
  }

  /// Puts at `path` what is made of the file that is there.
  mutating func replace(
    _ entry: ComposedArtifact.Entry, at path: RepoPath, for copy: CopyOperation
  ) throws(CompositionError) {
    guard !directories.contains(path) else { throw blocked(path, "a directory", copy) }
    if let parent = path.parent { try makeDirectory(parent, for: copy) }
    entries[path] = entry
  }

  private func blocked(_ path: RepoPath, _ what: String, _ copy: CopyOperation) -> CompositionError {
    CompositionError(
      .blockedTarget(path: path.string),
      "'\(copy.from.value)' cannot be copied to '\(path)' in the artifact: \(what) is there", at: copy.to.origin)
  }
}
