import Diagnostics
import Documents
import Files
import YAML

/// What is known of the artifact behind an ExternalArtifact.
enum ComposedState: Sendable {
  case artifact(ComposedArtifact)
  /// It cannot be composed, for this reason.
  case unavailable(String)
}

/// An artifact that an ArtifactGenerator composes out of files of the repository.
///
/// Files keep the paths and documents they have in the repository; those merged of several are made up, but every
/// value in them knows where it was written.
struct ComposedArtifact: SourceArtifact {
  /// One file of the artifact.
  struct Entry: Sendable {
    var file: SourceFile
    /// The files of the repository that it is made of.
    var parts: [RepoPath]
    /// The documents of a merged file; nil for a copy, whose documents the repository has.
    var merged: [Document]?
    /// The `to` that put it there.
    var copiedBy: Location
  }

  let repository: any DocumentTree
  private let files: any FileTree
  private let entries: [RepoPath: Entry]

  /// - Throws: ``FileError`` when there are too many files.
  init(_ entries: [RepoPath: Entry], of repository: any DocumentTree) throws(FileError) {
    self.repository = repository
    self.entries = entries
    files = try IgnoringTree(MemoryTree(entries.mapValues(\.file)), without: .composed)
  }

  func kind(of path: RepoPath) throws(FileError) -> EntryKind? { try files.kind(of: path) }
  func file(at path: RepoPath) throws(FileError) -> SourceFile? { try files.file(at: path) }
  func entries(of path: RepoPath) throws(FileError) -> [TreeEntry]? { try files.entries(of: path) }

  func repositoryFiles(of path: RepoPath) -> [RepoPath] { entries[path]?.parts ?? [] }

  func documents(at path: RepoPath) throws(DocumentError) -> [Document]? {
    let found: SourceFile?
    do { found = try files.file(at: path) } catch { throw .file(error) }
    guard let found, let entry = entries[path] else { return nil }
    if let merged = entry.merged { return merged }
    if let part = entry.parts.first { return try repository.documents(at: part) }
    do { return try YAMLReader.read(found) } catch { throw .yaml(error) }
  }
}
