import Files

/// Where the root of an artifact lies in the repository. Artifacts are often made of a folder, and examples are whole
/// repositories in one: paths are then meant from there.
enum ArtifactRoot {
  /// The root, and the directory that a path in the artifact means, both from the root of the repository.
  struct Place {
    var root: RepoPath
    var path: RepoPath
  }

  /// The directory around `file` that `text` means: from the root of the repository, else from the topmost folder.
  static func around(_ file: RepoPath, of text: String?, in tree: any FileTree) -> Place? {
    places(of: text, from: file).first { file.isInside($0.path) && isDirectory($0, in: tree) }
  }

  /// The directory that `text` in `file` means: from the root of the repository, else from the topmost folder around the
  /// file that has it.
  static func place(of text: String?, from file: RepoPath, in tree: any FileTree) -> Place? {
    places(of: text, from: file).first { isDirectory($0, in: tree) }
  }

  /// The folder around `folder` from which its paths are meant: the root of the repository unless none of them is there.
  static func of(folder: RepoPath, where paths: [String], in tree: any FileTree) -> RepoPath {
    let meant = paths.compactMap { try? RepoPath($0) }.filter { $0 != .root && !$0.string.contains("${") }
    func areThere(below root: RepoPath) -> Int {
      meant.count { (try? tree.isDirectory($0.below(root))) == true }
    }
    guard !meant.isEmpty, areThere(below: .root) == 0 else { return .root }
    return folder.parents.first { areThere(below: $0) * 2 > meant.count } ?? .root
  }

  /// What `text` may mean, whether it is there or not.
  private static func places(of text: String?, from file: RepoPath) -> [Place] {
    guard let path = try? RepoPath(text ?? ".") else { return [] }
    // The whole artifact could be any folder. What lies in a hidden one, such as `.archive`, is out of use.
    let roots = path == .root ? [] : file.parents.filter { !$0.isHidden }
    return ([.root] + roots).map { Place(root: $0, path: path.below($0)) }
  }

  private static func isDirectory(_ place: Place, in tree: any FileTree) -> Bool {
    (try? tree.isDirectory(place.path)) == true
  }
}

extension RepoPath {
  /// The directories around this path, the topmost first; without the root of the repository.
  fileprivate var parents: [RepoPath] {
    ancestors.dropLast().reversed()
  }
}
