import Diagnostics

/// A tree of files held in memory: what tests, generated artifacts and unpacked archives are.
public struct MemoryTree: FileTree {
  private var files: [RepoPath: SourceFile] = [:]
  private var directories: [RepoPath: [TreeEntry]] = [.root: []]

  /// A tree of `files`, each under the path it is to be found at (which may differ from the path its content is known by).
  public init(_ files: [RepoPath: SourceFile] = [:]) {
    for (path, file) in files.sorted(by: { $0.key < $1.key }) {
      insert(file, at: path)
    }
  }

  /// A tree from texts under their paths.
  /// - Throws: ``PathError`` where a key is no path below the root.
  public init(texts: [String: String]) throws(PathError) {
    var files: [RepoPath: SourceFile] = [:]
    for (text, content) in texts {
      let path = try RepoPath(text)
      files[path] = SourceFile(path: path.string, text: content)
    }
    self.init(files)
  }

  /// Puts `file` at `path`, in place of what stood there.
  public mutating func insert(_ file: SourceFile, at path: RepoPath) {
    if files.updateValue(file, forKey: path) == nil {
      addEntry(TreeEntry(name: path.name, kind: .file), below: path.parent)
    }
  }

  private mutating func addEntry(_ entry: TreeEntry, below parent: RepoPath?) {
    guard let parent else { return }
    if directories[parent] == nil {
      directories[parent] = []
      addEntry(TreeEntry(name: parent.name, kind: .directory), below: parent.parent)
    }
    directories[parent]?.append(entry)
  }

  /// All files, by path.
  public var allFiles: [(path: RepoPath, file: SourceFile)] {
    files.sorted { $0.key < $1.key }.map { (path: $0.key, file: $0.value) }
  }

  /// A file or a directory; nil when nothing is there.
  public func kind(of path: RepoPath) throws(FileError) -> EntryKind? {
    if files[path] != nil { return .file }
    return directories[path] == nil ? nil : .directory
  }

  /// The file at `path`; nil when there is none.
  public func file(at path: RepoPath) throws(FileError) -> SourceFile? {
    if let file = files[path] { return file }
    if directories[path] != nil { throw FileError(code: .isDirectory, path: path) }
    return nil
  }

  /// The entries of the directory at `path`, by name; nil when there is none.
  public func entries(of path: RepoPath) throws(FileError) -> [TreeEntry]? {
    directories[path]?.sorted { $0.name < $1.name }
  }
}
