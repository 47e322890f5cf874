import Diagnostics
import Documents
import Files
import Flux
import YAML

/// The files that a source hands out, under paths of their own.
protocol SourceArtifact: DocumentTree {
  /// The repository they are from, parsed.
  var repository: any DocumentTree { get }
  /// The files of the repository that the file at `path` is made of.
  func repositoryFiles(of path: RepoPath) -> [RepoPath]
  /// What of it is not at hand, in words; nil when all is.
  var missingPart: String? { get }
  /// The submodules whose files are not in it.
  var absentSubmodules: [AbsentSubmodule] { get }
  /// Whether all files below a directory are files of the repository, so that places in them mean something to a reader.
  func isReadable(below directory: RepoPath) -> Bool
}

extension SourceArtifact {
  var missingPart: String? { nil }
  var absentSubmodules: [AbsentSubmodule] { [] }
  func isReadable(below directory: RepoPath) -> Bool { true }
}

/// What a source would hand out: a directory of the repository, less what the source leaves out.
///
/// Paths are the artifact's own; the files know the paths they have in the repository.
struct Artifact: SourceArtifact {
  /// The directory of the repository that is the artifact's root.
  let root: RepoPath
  let repository: any DocumentTree
  let absentSubmodules: [AbsentSubmodule]
  private let files: IgnoringTree

  /// The artifact of files in the whole repository, parsed; without what others include in it.
  /// - Throws: ``FileError`` when the directory cannot be walked.
  init(of repository: any DocumentTree, _ files: LocalFiles) throws(FileError) {
    root = files.root
    self.repository = repository
    let subtree = SubTree(of: repository, at: root)
    absentSubmodules = try Self.absentSubmodules(of: subtree, files)
    let unfetched = absentSubmodules.filter { !$0.isFetched }.map(\.submodule.path)
    let prefixes = files.prefixes.map { $0.value.hasPrefix("./") ? String($0.value.dropFirst(2)) : $0.value }
    self.files =
      try files.isBucket
      ? IgnoringTree(bucket: subtree, specIgnore: files.ignore, prefixes: prefixes)
      : IgnoringTree(repository: subtree, specIgnore: files.ignore, prefixes: prefixes, absent: unfetched)
  }

  /// A submodule that is fetched may be at hand: the analysed folder then holds its files.
  private static func absentSubmodules(
    of tree: any FileTree, _ files: LocalFiles
  ) throws(FileError) -> [AbsentSubmodule] {
    guard let isFetched = files.fetchesSubmodules else { return [] }
    var found: [AbsentSubmodule] = []
    for submodule in try Submodule.all(in: tree) {
      let isAtHand = try tree.entries(of: submodule.path)?.isEmpty == false
      if !isFetched || !isAtHand { found.append(AbsentSubmodule(submodule: submodule, isFetched: isFetched)) }
    }
    return found
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
