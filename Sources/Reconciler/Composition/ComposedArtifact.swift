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
/// value in them knows where it was written. What comes out of an archive stands at the place that asks for it.
struct ComposedArtifact: SourceArtifact {
  /// One file of the artifact.
  struct Entry: Sendable {
    var file: SourceFile
    /// The files of the repository that it is made of.
    var parts: [RepoPath]
    var content: Content
    /// The `to` that put it there.
    var copiedBy: Location

    /// Where the documents of a file are.
    enum Content: Sendable {
      /// In the repository, under the path that the file is a copy of.
      case copied
      /// Here: they are made of several.
      case merged([Document])
      /// In the file itself. It comes out of an archive, so its values get this origin.
      case extracted(Origin)
    }

    /// The documents of the file, if it is YAML.
    func documents(in repository: any DocumentTree) throws(DocumentError) -> [Document]? {
      switch content {
      case .merged(let documents): return documents
      case .copied:
        if let part = parts.first { return try repository.documents(at: part) }
        do { return try YAMLReader.read(file) } catch { throw .yaml(error) }
      case .extracted(let origin):
        do {
          return try YAMLReader.read(file).map { document in
            var document = document
            document.root = document.root.extracted(to: origin.adding(.valued(from: file.path), at: origin.location))
            return document
          }
        } catch {
          throw .yaml(error)
        }
      }
    }
  }

  let repository: any DocumentTree
  private let files: any FileTree
  private let entries: [RepoPath: Entry]
  let missingPart: String?

  /// - Throws: ``FileError`` when there are too many files.
  init(
    _ entries: [RepoPath: Entry], of repository: any DocumentTree, without ignore: SourceIgnore = .composed,
    missingPart: String? = nil
  ) throws(FileError) {
    self.repository = repository
    self.entries = entries
    self.missingPart = missingPart
    files = try IgnoringTree(MemoryTree(entries.mapValues(\.file)), without: ignore)
  }

  func kind(of path: RepoPath) throws(FileError) -> EntryKind? { try files.kind(of: path) }
  func file(at path: RepoPath) throws(FileError) -> SourceFile? { try files.file(at: path) }
  func entries(of path: RepoPath) throws(FileError) -> [TreeEntry]? { try files.entries(of: path) }

  func repositoryFiles(of path: RepoPath) -> [RepoPath] { entries[path]?.parts ?? [] }

  func documents(at path: RepoPath) throws(DocumentError) -> [Document]? {
    let found: SourceFile?
    do { found = try files.file(at: path) } catch { throw .file(error) }
    guard found != nil, let entry = entries[path] else { return nil }
    return try entry.documents(in: repository)
  }

  /// The file at a path with all that is known of it; nil when there is none, or the artifact leaves it out.
  func entry(at path: RepoPath) throws(FileError) -> Entry? {
    try files.file(at: path) == nil ? nil : entries[path]
  }

  func isReadable(below directory: RepoPath) -> Bool {
    !entries.contains { path, entry in
      if case .extracted = entry.content { path.isInside(directory) } else { false }
    }
  }
}

extension Node {
  /// This value as if all of it stood at `origin`.
  fileprivate func extracted(to origin: Origin) -> Node {
    switch value {
    case .scalar(let scalar): return Node(scalar: scalar, origin: origin)
    case .sequence(let items): return Node(.sequence(items.map { $0.extracted(to: origin) }), origin: origin)
    case .mapping(let mapping):
      let entries = mapping.entries.map {
        Mapping.Entry(key: $0.key, keyOrigin: origin, value: $0.value.extracted(to: origin))
      }
      return Node(.mapping(Mapping(entries)), origin: origin)
    }
  }
}
