import Diagnostics
import Documents
import Files
import Flux
import YAML

/// The files of a source as source-watcher sees them: links and other things are never part of an artifact.
struct SourceListing {
  let artifact: any SourceArtifact
  /// The place that asks: where errors are reported.
  let place: Origin

  /// What stands at `path`, a file or a directory.
  func kind(of path: RepoPath) throws(CompositionError) -> EntryKind? {
    if path == .root { return .directory }
    do {
      switch try artifact.kind(of: path) {
      case .file: return .file
      case .directory: return .directory
      default: return nil
      }
    } catch {
      throw CompositionError(gap: error.message, at: place)
    }
  }

  /// The files and directories in a directory, by name; none where there is no such directory.
  func entries(of path: RepoPath) throws(CompositionError) -> [TreeEntry] {
    do {
      return try (artifact.entries(of: path) ?? []).filter { $0.kind == .file || $0.kind == .directory }
    } catch {
      throw CompositionError(gap: error.message, at: place)
    }
  }

  /// The file at `path` as it goes into an artifact; nil when there is none.
  func entry(at path: RepoPath, for copy: CopyOperation) throws(CompositionError) -> ComposedArtifact.Entry? {
    do {
      if let composed = artifact as? ComposedArtifact {
        guard var entry = try composed.entry(at: path) else { return nil }
        entry.copiedBy = copy.to.origin.location
        return entry
      }
      guard let file = try artifact.file(at: path) else { return nil }
      return ComposedArtifact.Entry(
        file: file, parts: artifact.repositoryFiles(of: path), content: .copied, copiedBy: copy.to.origin.location)
    } catch {
      throw CompositionError(gap: error.message, at: place)
    }
  }

  /// What fits `pattern`, as Go's `fs.Glob` finds it: component by component, `**` no more than `*`. Nil for a malformed
  /// pattern.
  func matches(_ pattern: String) throws(CompositionError) -> [RepoPath]? {
    var parts = pattern.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    // Go splits the directory off and cleans it: `./*` is what is at the root, while `./a` is no path it takes.
    if parts.count > 1, parts[0] == ".", Self.hasPattern(parts[1]) { parts.removeFirst() }
    let globs = parts.map { NameGlob($0) }
    guard globs.allSatisfy(\.isWellFormed) else { return nil }
    // Go takes no path with such components: nothing fits.
    guard !parts.contains(where: { ["", ".", ".."].contains($0) }) else { return [] }
    var found: [RepoPath] = [.root]
    for (part, glob) in zip(parts, globs) { found = try step(from: found, part, glob) }
    return found
  }

  /// All files and directories that fit a pattern in which `**` stands for any directories.
  func matches(_ pattern: ExcludePatterns) throws(CompositionError) -> [RepoPath] {
    do {
      let walk = try TreeWalk(artifact)
      return (walk.directories + walk.files).filter(pattern.fits)
    } catch {
      throw CompositionError(gap: error.message, at: place)
    }
  }

  private static func hasPattern(_ part: String) -> Bool {
    part.utf8.contains { #"*?[\"#.utf8.contains($0) }
  }

  private func step(from directories: [RepoPath], _ part: String, _ glob: NameGlob) throws(CompositionError)
    -> [RepoPath]
  {
    var found: [RepoPath] = []
    for directory in directories where try kind(of: directory) == .directory {
      if Self.hasPattern(part) {
        for entry in try entries(of: directory) where glob.matches(entry.name[...]) {
          found.append(directory.child(entry.name))
        }
      } else if try kind(of: directory.child(part)) != nil {
        found.append(directory.child(part))
      }
    }
    return found
  }
}
