import Diagnostics
import Files
import YAML

/// A file tree with the documents of its files beside it, frozen.
///
/// What was not parsed beforehand is parsed on request, each time anew.
public struct ParsedTree: DocumentTree {
  private let tree: any FileTree
  private let parsed: [RepoPath: Result<[Document], YAMLError>]

  /// `tree` with what has been parsed of it.
  public init(_ tree: any FileTree, parsed: [RepoPath: Result<[Document], YAMLError>] = [:]) {
    self.tree = tree
    self.parsed = parsed
  }

  /// What stands at `path`.
  public func kind(of path: RepoPath) throws(FileError) -> EntryKind? { try tree.kind(of: path) }
  /// The file at `path`.
  public func file(at path: RepoPath) throws(FileError) -> SourceFile? { try tree.file(at: path) }
  /// The entries of the directory at `path`.
  public func entries(of path: RepoPath) throws(FileError) -> [TreeEntry]? { try tree.entries(of: path) }

  /// The documents of the file at `path`; nil when no file stands there.
  public func documents(at path: RepoPath) throws(DocumentError) -> [Document]? {
    switch parsed[path] {
    case .success(let documents): return documents
    case .failure(let error): throw .yaml(error)
    case nil: break
    }
    let found: SourceFile?
    do { found = try file(at: path) } catch { throw .file(error) }
    guard let found else { return nil }
    do { return try YAMLReader.read(found) } catch { throw .yaml(error) }
  }
}
