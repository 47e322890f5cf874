import Diagnostics
import Documents
import Files
import YAML

/// The files that a source hands out, under paths of their own.
protocol SourceArtifact: DocumentTree {
  /// The repository they are from, parsed.
  var repository: any DocumentTree { get }
  /// The files of the repository that the file at `path` is made of.
  func repositoryFiles(of path: RepoPath) -> [RepoPath]
}

/// What a source would hand out: a directory of the repository, less what the source leaves out.
///
/// Paths are the artifact's own; the files know the paths they have in the repository.
struct Artifact: SourceArtifact {
  /// The directory of the repository that is the artifact's root.
  let root: RepoPath
  let repository: any DocumentTree
  private let files: IgnoringTree

  /// - Parameters:
  ///   - repository: the whole repository, parsed.
  ///   - root: the directory that is the artifact's root.
  ///   - ignore: the source's `spec.ignore`; nil for the default exclusions.
  /// - Throws: ``FileError`` when the directory cannot be walked.
  init(of repository: any DocumentTree, root: RepoPath, ignore: SourceIgnore.Text?) throws(FileError) {
    self.root = root
    self.repository = repository
    let subtree = SubTree(of: repository, at: root)
    files = try IgnoringTree(repository: subtree, specIgnore: ignore)
  }

  func kind(of path: RepoPath) throws(FileError) -> EntryKind? { try files.kind(of: path) }
  func file(at path: RepoPath) throws(FileError) -> SourceFile? { try files.file(at: path) }
  func entries(of path: RepoPath) throws(FileError) -> [TreeEntry]? { try files.entries(of: path) }

  /// The pattern that leaves a file of the repository out; nil where none does, or it is no file of this source.
  func exclusion(of file: RepoPath) -> IgnorePattern? {
    guard let path = file.relative(to: root) else { return nil }
    return (try? files.exclusion(of: path)) ?? nil
  }

  func repositoryFiles(of path: RepoPath) -> [RepoPath] { [path.below(root)] }

  func documents(at path: RepoPath) throws(DocumentError) -> [Document]? {
    let isThere: Bool
    do { isThere = try files.kind(of: path) == .file } catch { throw .file(error) }
    return isThere ? try repository.documents(at: path.below(root)) : nil
  }
}
