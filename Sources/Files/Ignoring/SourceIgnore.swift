import Diagnostics

/// What source-controller leaves out of an artifact.
public struct SourceIgnore: Sendable, Hashable {
  /// The name of the files with patterns.
  public static let fileName = ".sourceignore"

  /// Lines of patterns from outside the tree: `spec.ignore` of a source.
  public struct Text: Sendable, Hashable {
    /// The value of the field.
    public var value: String
    /// The place of the value.
    public var location: Location?

    /// The patterns in `value`.
    public init(_ value: String, at location: Location? = nil) {
      self.value = value
      self.location = location
    }
  }

  /// The patterns; a later one beats an earlier one.
  public let patterns: [IgnorePattern]

  /// Exactly these `patterns`.
  public init(patterns: [IgnorePattern]) {
    self.patterns = patterns
  }

  /// What a GitRepository's or an OCIRepository's artifact leaves out (an OCIRepository with
  /// `layerSelector.operation: copy` leaves nothing out).
  ///
  /// All `.sourceignore` files count, each below its directory, then `spec.ignore`. As soon as there is a single
  /// pattern among those, Flux's default exclusions no longer apply, but for those of git's own files.
  /// - Throws: ``FileError`` when the tree cannot be read.
  public static func repository(_ tree: any FileTree, specIgnore: Text? = nil) throws(FileError) -> SourceIgnore {
    try repository(tree, walked: TreeWalk(tree), specIgnore: specIgnore)
  }

  /// The same for a tree that was walked before.
  /// - Parameter prefixes: what the paths of all files start with that are checked out; empty for any.
  static func repository(
    _ tree: any FileTree, walked walk: TreeWalk, specIgnore: Text?, prefixes: [String] = []
  ) throws(FileError) -> SourceIgnore {
    var found: [IgnorePattern] = []
    for directory in [.root] + depthFirst(walk.directories) {
      let path = directory.child(fileName).string
      guard prefixes.isEmpty || prefixes.contains(where: path.hasPrefix) else { continue }
      found += try read(in: directory, of: tree)
    }
    if let specIgnore { found += Self.patterns(in: specIgnore) }
    return SourceIgnore(patterns: found.isEmpty ? gitsOwn + defaults : gitsOwn + found)
  }

  /// What is left out of an artifact that is composed of others (source-watcher): Flux's default exclusions, whatever
  /// files with patterns are in it.
  public static let composed = SourceIgnore(patterns: gitsOwn + defaults)

  /// What a Bucket's artifact leaves out: the patterns of the `.sourceignore` at its root and of `spec.ignore`, and
  /// nothing by default, git's own files neither. The `.sourceignore` itself is never part of it.
  /// - Throws: ``FileError`` when the tree cannot be read.
  public static func bucket(_ tree: any FileTree, specIgnore: Text? = nil) throws(FileError) -> SourceIgnore {
    var found = try read(in: .root, of: tree)
    if let specIgnore { found += Self.patterns(in: specIgnore) }
    found.append(IgnorePattern("/" + fileName))
    return SourceIgnore(patterns: found)
  }

  /// The pattern that decides about `path`: it excludes, or, as a negation, brings back; nil where none names it.
  public func decision(for path: RepoPath, isDirectory: Bool) -> IgnorePattern? {
    let components = path.componentBytes
    return patterns.last { $0.matches(components, isDirectory: isDirectory) }
  }

  /// Whether `path` is left out.
  public func excludes(_ path: RepoPath, isDirectory: Bool) -> Bool {
    decision(for: path, isDirectory: isDirectory).map { !$0.isNegation } ?? false
  }
}

// MARK: - Reading

extension SourceIgnore {
  /// What Go's line scanner takes; at a longer line it stops, and Flux does not notice.
  private static let maximumLineBytes = 65_535

  /// Files of git itself: always left out of a repository's artifact unless a pattern brings them back.
  private static let gitsOwn = [".git/", ".gitignore", ".gitmodules", ".gitattributes"].map { IgnorePattern($0) }

  /// What is left out of a repository's artifact when nothing says otherwise: pictures and archives, files of CI
  /// services, and configuration of other tools.
  private static let defaults = [
    "*.jpg", "*.jpeg", "*.gif", "*.png", "*.wmv", "*.flv", "*.tar.gz", "*.zip",
    ".github/", ".circleci/", ".travis.yml", ".gitlab-ci.yml", "appveyor.yml", ".drone.yml", "cloudbuild.yaml",
    "codeship-services.yml", "codeship-steps.yml",
    "**/.goreleaser.yml", "**/.sops.yaml", "**/.flux.yaml",
  ].map { IgnorePattern($0) }

  /// Directories in the order in which Flux reads them: each before what is below it, siblings by name.
  private static func depthFirst(_ directories: [RepoPath]) -> [RepoPath] {
    directories.sorted {
      $0.components.lexicographicallyPrecedes($1.components) { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
  }

  private static func read(in directory: RepoPath, of tree: any FileTree) throws(FileError) -> [IgnorePattern] {
    let path = directory.child(fileName)
    switch try tree.kind(of: path) {
    case .file, .link: break
    // A directory of that name opens but gives no lines.
    case .directory, .special, nil: return []
    }
    guard let file = try tree.file(at: path) else { return [] }
    return lines(of: file.bytes).map { line in
      let width = UInt32(clamping: line.text.unicodeScalars.count)
      let span = SourceSpan(
        start: SourcePosition(line: line.number, column: 1), end: SourcePosition(line: line.number, column: width + 1))
      return IgnorePattern(line.text, domain: directory, location: Location(file: file, span: span))
    }
  }

  private static func patterns(in text: Text) -> [IgnorePattern] {
    lines(of: Array(text.value.utf8)).map { IgnorePattern($0.text, location: text.location) }
  }

  /// The lines that are patterns: not empty, not beginning with `#`.
  private static func lines(of bytes: [UInt8]) -> [(number: UInt32, text: String)] {
    var found: [(number: UInt32, text: String)] = []
    var number: UInt32 = 0
    for var line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      guard line.count <= maximumLineBytes else { break }
      if line.last == UInt8(ascii: "\r") { line.removeLast() }
      let text = String(decoding: line, as: UTF8.self)
      if line.first != UInt8(ascii: "#"), text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) {
        found.append((number, text))
      }
    }
    return found
  }
}
