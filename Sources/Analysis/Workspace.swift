import ClusterModel
import Diagnostics
import Documents
import Files
import Workers
import YAML

/// A repository, read and parsed once: what every later step works from.
public struct Workspace: Sendable {
  /// The repository with its parsed files.
  public let tree: ParsedTree
  /// Its YAML files, by path.
  public let files: [AnalysedFile]
  /// What could not be read.
  public let problems: [FileError]
  /// The size of all YAML files, in bytes.
  public let bytes: Int
  /// The URLs the repository is known by, as its remotes are written.
  public let remoteURLs: [String]
  /// Directories outside of the repository that hold charts.
  public let chartDirectories: [any FileTree]

  /// Reads all YAML files of `tree` on several threads.
  /// - Throws: ``FileError`` when the tree itself cannot be walked.
  public static func load(
    _ tree: any FileTree, remoteURLs: [String] = [], chartDirectories: [any FileTree] = [], workers: Workers
  ) throws(FileError) -> Workspace {
    let tree = try ListedTree(tree)
    let walk = tree.walk
    let paths = walk.files.filter { isYAML($0) }
    let portions = stride(from: 0, to: paths.count, by: portion).map {
      Array(paths[$0..<min($0 + portion, paths.count)])
    }
    let read = workers.map(portions) { paths in
      zip(paths, tree.files(at: paths)).map { Self.read($0, $1) }
    }.flatMap(\.self)
    var parsed: [RepoPath: Result<[Document], YAMLError>] = [:]
    var files: [AnalysedFile] = []
    var problems = walk.problems
    for (path, result) in zip(paths, read) {
      switch result {
      case .failure(let error): problems.append(error)
      case .success(let file):
        files.append(file)
        parsed[path] = file.error.map { .failure($0) } ?? .success(file.documents)
      }
    }
    return Workspace(
      tree: ParsedTree(tree, parsed: parsed), files: files, problems: problems,
      bytes: files.reduce(0) { $0 + $1.file.bytes.count }, remoteURLs: remoteURLs,
      chartDirectories: chartDirectories)
  }

  private static func isYAML(_ path: RepoPath) -> Bool {
    path.string.hasSuffix(".yaml") || path.string.hasSuffix(".yml")
  }

  /// How many files one job reads: those that stand beside each other are found together.
  private static let portion = 32

  private static func read(
    _ path: RepoPath, _ file: Result<SourceFile?, FileError>
  ) -> Result<AnalysedFile, FileError> {
    file.flatMap { file in
      guard let file else {
        return .failure(FileError(code: .system("it vanished while the repository was read"), path: path))
      }
      do throws(YAMLError) {
        let documents = try YAMLReader.read(file)
        return .success(AnalysedFile(path: path, file: file, documents: documents, error: nil))
      } catch {
        return .success(AnalysedFile(path: path, file: file, documents: [], error: error))
      }
    }
  }
}
