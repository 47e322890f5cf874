import Diagnostics
import Files
import YAML

/// A file tree whose YAML files are parsed once and shared by all who read them.
public protocol DocumentTree: FileTree {
  /// The documents of the YAML (or JSON) file at `path`; nil when no file stands there.
  func documents(at path: RepoPath) throws(DocumentError) -> [Document]?
}

/// Why a file's documents cannot be had.
public enum DocumentError: PlacedError, Hashable {
  /// The file cannot be read.
  case file(FileError)
  /// It is no YAML.
  case yaml(YAMLError)

  private var cause: any PlacedError {
    switch self {
    case .file(let error): error
    case .yaml(let error): error
    }
  }

  /// What is wrong, as a sentence without a full stop.
  public var message: String { cause.message }
  /// Where.
  public var location: Location? { cause.location }
  /// Places that explain it.
  public var trace: [RelatedLocation] { cause.trace }
}
