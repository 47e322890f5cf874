import Diagnostics
import Documents
import Files

/// What kustomize-controller puts into `resources` of a directory without a kustomization file.
struct ManifestScan {
  /// The names of kustomization files, in the order in which they are looked for.
  static let kustomizationNames = ["kustomization.yaml", "kustomization.yml", "Kustomization"]

  /// Directories below each other that are walked.
  static let depthLimit = 100

  let tree: any DocumentTree

  /// The kustomization files in `directory`.
  func kustomizationFiles(in directory: RepoPath) throws(FluxBuildError) -> [RepoPath] {
    var found: [RepoPath] = []
    for name in Self.kustomizationNames where try isFile(directory.child(name)) { found.append(directory.child(name)) }
    return found
  }

  /// The YAML files below `directory` in the order of a walk, relative to it; a directory with a kustomization file
  /// stands for all in it.
  func resources(below directory: RepoPath) throws(FluxBuildError) -> [String] {
    var found: [String] = []
    try walk(directory, prefix: ".", depth: 0, into: &found)
    return found
  }

  private func walk(
    _ directory: RepoPath, prefix: String, depth: Int, into found: inout [String]
  ) throws(FluxBuildError) {
    let entries: [TreeEntry]
    do { entries = try tree.entries(of: directory) ?? [] } catch { throw FluxBuildError(error, at: directory) }
    guard depth <= Self.depthLimit else {
      throw FluxBuildError(
        FileError(code: .system("more than \(Self.depthLimit) directories deep"), path: directory), at: directory)
    }
    for entry in entries {
      let path = "\(prefix)/\(entry.name)"
      let child = directory.child(entry.name)
      switch entry.kind {
      case .directory:
        if try !kustomizationFiles(in: child).isEmpty {
          found.append(path)
        } else {
          try walk(child, prefix: path, depth: depth + 1, into: &found)
        }
      case .file, .link:
        if entry.name.hasSuffix(".yaml") || entry.name.hasSuffix(".yml") { found.append(path) }
      case .special: break
      }
    }
  }

  private func isFile(_ path: RepoPath) throws(FluxBuildError) -> Bool {
    do throws(FileError) {
      switch try tree.kind(of: path) {
      case .file: return true
      case .link:
        let isDirectory = try tree.entries(of: path) != nil
        return try isDirectory ? false : tree.file(at: path) != nil
      default: return false
      }
    } catch {
      throw FluxBuildError(error, at: path)
    }
  }
}

extension FluxBuildError {
  /// A file that cannot be read.
  init(_ error: FileError, at path: RepoPath) {
    self.init(.document(.file(error)), at: Origin(file: SourceFile(path: path.string, bytes: []), span: .fileStart))
  }
}
