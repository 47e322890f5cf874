import Diagnostics

/// A tree of files that engines read from. They never touch the disk themselves.
///
/// Implementations are values or immutable handles: the same path gives the same answer however often it is asked.
public protocol FileTree: Sendable {
  /// What stands at `path`; nil when nothing does. A symbolic link is reported as such, not followed;
  /// links among the directories *above* `path` are followed as far as the tree allows.
  func kind(of path: RepoPath) throws(FileError) -> EntryKind?

  /// The file at `path`; nil when nothing stands there. A link is followed inside the root only.
  /// - Throws: ``FileError`` when it cannot be read, is too large, is a directory, or a link leads out of the root.
  func file(at path: RepoPath) throws(FileError) -> SourceFile?

  /// What is in the directory at `path`, by the bytes of the names; nil when there is no such directory.
  func entries(of path: RepoPath) throws(FileError) -> [TreeEntry]?

  /// What ``file(at:)`` gives for each of `paths`. A tree may have a quicker way to files that stand beside each other.
  func files(at paths: [RepoPath]) -> [Result<SourceFile?, FileError>]
}

extension FileTree {
  /// One after the other.
  public func files(at paths: [RepoPath]) -> [Result<SourceFile?, FileError>] {
    paths.map { path in
      do throws(FileError) { return .success(try file(at: path)) } catch { return .failure(error) }
    }
  }
}

/// What a path can lead to.
public enum EntryKind: Sendable, Hashable {
  /// A regular file.
  case file
  /// A directory.
  case directory
  /// A symbolic link.
  case link
  /// A socket, a pipe, a device, a submodule: nothing that can be read.
  case special
}

/// One entry of a directory.
public struct TreeEntry: Sendable, Hashable {
  /// One path component.
  public var name: String
  /// What it is.
  public var kind: EntryKind

  /// An entry of a directory.
  public init(name: String, kind: EntryKind) {
    self.name = name
    self.kind = kind
  }
}

/// Why a file or directory cannot be read.
public struct FileError: PlacedError, Hashable {
  /// What went wrong.
  public enum Code: Sendable, Hashable {
    /// A symbolic link leads out of the root, or its target is absolute.
    case linkLeavesRoot(target: String)
    /// Links lead in a circle.
    case linkLoop
    /// A directory stands where a file is wanted.
    case isDirectory
    /// Neither file nor directory.
    case notRegular
    /// Larger than the limit, in bytes.
    case tooLarge(limit: Int)
    /// More entries than a tree may have.
    case tooManyEntries(limit: Int)
    /// The system's own reason.
    case system(String)
  }

  /// What went wrong.
  public var code: Code
  /// The path asked for.
  public var path: RepoPath

  /// An error at `path`.
  public init(code: Code, path: RepoPath) {
    self.code = code
    self.path = path
  }

  /// What is wrong, as a sentence without a full stop.
  public var message: String {
    switch code {
    case .linkLeavesRoot(let target): "symbolic link '\(path)' leads out of the repository (to '\(target)')"
    case .linkLoop: "symbolic links lead in a circle at '\(path)'"
    case .isDirectory: "'\(path)' is a directory, not a file"
    case .notRegular: "'\(path)' is not a regular file"
    case .tooLarge(let limit): "'\(path)' is larger than \(limit) bytes"
    case .tooManyEntries(let limit): "'\(path)' holds more than \(limit) entries"
    case .system(let reason): "cannot read '\(path)': \(reason)"
    }
  }

  /// The start of the file.
  public var location: Location? { Location(file: SourceFile(path: path.string, bytes: [])) }
  /// Nothing led there.
  public var trace: [RelatedLocation] { [] }
}

extension FileTree {
  /// Whether a directory stands at `path`.
  public func isDirectory(_ path: RepoPath) throws(FileError) -> Bool {
    if path == .root { return true }
    return try kind(of: path) == .directory
  }

  /// Whether a file stands at `path`.
  public func isFile(_ path: RepoPath) throws(FileError) -> Bool {
    try kind(of: path) == .file
  }
}
