import Diagnostics
import Glibc

/// A directory on disk, confined: nothing outside of it can be reached, whatever its files, links and names are.
///
/// The root is opened once; every path is walked from there one component at a time without following links, and
/// links are followed by this code alone. So nobody who swaps a directory for a link meanwhile can lead a read out.
public struct DiskTree: FileTree {
  private let root: DirectoryHandle
  private let limits: TreeLimits

  /// The tree below the directory `root`, a path of the system. It may itself be reached through links.
  /// - Throws: ``FileError`` when there is no such directory or it cannot be read.
  public init(root path: String, limits: TreeLimits = TreeLimits()) throws(FileError) {
    root = try DirectoryHandle(rootPath: path)
    self.limits = limits
  }

  /// What stands at `path`, itself not followed; nil when nothing does.
  public func kind(of path: RepoPath) throws(FileError) -> EntryKind? {
    if path == .root { return .directory }
    return try LinkWalk(root: root, asked: path).run(followingLast: false)?.kind
  }

  /// The file at `path`; nil when nothing stands there or a link on the way leads nowhere.
  public func file(at path: RepoPath) throws(FileError) -> SourceFile? {
    guard let place = try LinkWalk(root: root, asked: path).run(followingLast: true) else { return nil }
    switch place.kind {
    case .directory: throw FileError(code: .isDirectory, path: path)
    case .link, .special: throw FileError(code: .notRegular, path: path)
    case .file: break
    }
    guard let bytes = try place.directory.read(place.name, limit: limits.fileBytes, asked: path) else { return nil }
    return SourceFile(path: path.string, bytes: bytes)
  }

  /// What ``file(at:)`` gives for each of `paths`: of files in one directory only the first one's way is walked.
  public func files(at paths: [RepoPath]) -> [Result<SourceFile?, FileError>] {
    var beside: (parent: RepoPath, directory: DirectoryHandle)?
    return paths.map { path in
      do throws(FileError) {
        if let parent = path.parent, parent != beside?.parent {
          beside = (try? directory(at: parent)).flatMap { $0 }.map { (parent, $0) }
        }
        // Links are followed from the root, and errors are those of the whole way.
        guard let directory = beside?.directory, try directory.kind(of: path.name, asked: path) == .file else {
          return .success(try file(at: path))
        }
        let bytes = try directory.read(path.name, limit: limits.fileBytes, asked: path)
        return .success(bytes.map { SourceFile(path: path.string, bytes: $0) })
      } catch {
        return .failure(error)
      }
    }
  }

  /// The directory at `path`; nil when there is none.
  private func directory(at path: RepoPath) throws(FileError) -> DirectoryHandle? {
    guard let place = try LinkWalk(root: root, asked: path).run(followingLast: true), place.kind == .directory else {
      return nil
    }
    return place.name.isEmpty ? place.directory : try place.directory.open(place.name, asked: path)
  }

  /// The entries of the directory at `path` (or that a link at `path` leads to); nil when there is none.
  public func entries(of path: RepoPath) throws(FileError) -> [TreeEntry]? {
    guard let directory = try directory(at: path) else { return nil }
    return try directory.list(limit: limits.directoryEntries, asked: path)
  }
}
