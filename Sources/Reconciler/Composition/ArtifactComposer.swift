import ClusterModel
import Diagnostics
import Documents
import Files
import Flux
import YAML

/// Composes one artifact: carries out its copies, as source-watcher does (internal/builder).
struct ArtifactComposer {
  /// Directories below each other that a copy walks into.
  static let depthLimit = 100

  /// What each alias hands out; nil where that is not at hand.
  let sources: [String: (any SourceArtifact)?]
  /// The Flux whose source-watcher composes.
  let flux: FluxVersion
  private var staging = Staging()

  init(sources: [String: (any SourceArtifact)?], flux: FluxVersion) {
    self.sources = sources
    self.flux = flux
  }

  /// The files of the artifact, and which of them took the place of others.
  static func compose(
    _ copies: [Field<ArtifactGenerator.Copy>], from sources: [String: (any SourceArtifact)?],
    flux: FluxVersion
  ) throws(CompositionError) -> Staging {
    var composer = ArtifactComposer(sources: sources, flux: flux)
    for copy in copies { try composer.carryOut(CopyOperation(copy)) }
    return composer.staging
  }

  private mutating func carryOut(_ copy: CopyOperation) throws(CompositionError) {
    guard let source = sources[copy.alias] else {
      throw CompositionError(
        .unknownAlias(copy.alias),
        "'\(copy.from.value)' copies from alias '\(copy.alias)', which spec.sources does not have",
        at: copy.from.origin)
    }
    guard let source else {
      throw CompositionError(
        gap: "the files of source '@\(copy.alias)' are not at hand", at: copy.from.origin)
    }
    let listing = SourceListing(artifact: source, place: copy.from.origin)
    if copy.isPattern {
      try copyMatches(copy, in: listing)
    } else {
      try copySingle(copy, in: listing)
    }
  }

  private mutating func copySingle(_ copy: CopyOperation, in listing: SourceListing) throws(CompositionError) {
    let path = try? RepoPath(copy.pattern)
    let kind = try path.flatMap { (path) throws(CompositionError) in try listing.kind(of: path) }
    switch (path, kind) {
    case (let path?, .file?): try copyFile(path, copy, in: listing)
    case (let path?, .directory?):
      guard copy.strategy != .extract else { throw CompositionError.noArchive(copy) }
      try copyDirectory(path, to: try copy.destination(path.name), copy, root: path, start: path, in: listing, depth: 0)
    default:
      throw CompositionError(
        .missingPath(copy.pattern), "'\(copy.pattern)' is not in source '@\(copy.alias)'", at: copy.from.origin)
    }
  }

  private mutating func copyMatches(_ copy: CopyOperation, in listing: SourceListing) throws(CompositionError) {
    guard let found = try matches(of: copy, in: listing) else {
      throw CompositionError(.malformedCopy, "pattern '\(copy.pattern)' is malformed", at: copy.from.origin)
    }
    guard !found.isEmpty else {
      throw CompositionError(
        .nothingMatched(copy.pattern), "pattern '\(copy.pattern)' fits nothing in source '@\(copy.alias)'",
        at: copy.from.origin)
    }
    let kept = found.filter { !copy.exclude.exclude($0, from: flux < .v29 ? .root : copy.literalRoot) }
    guard !kept.isEmpty else {
      throw CompositionError(
        .allExcluded(copy.pattern), "'exclude' leaves nothing of what pattern '\(copy.pattern)' fits",
        at: copy.copy.exclude.first?.origin ?? copy.from.origin)
    }
    for match in kept {
      guard copy.strategy != .extract else {
        if match.isArchive, try listing.kind(of: match) == .file { try extract(match, copy, in: listing) }
        continue
      }
      let target = try copy.destination(ofMatch: match)
      if try listing.kind(of: match) == .directory {
        try copyDirectory(match, to: target, copy, root: copy.literalRoot, start: match, in: listing, depth: 0)
      } else {
        try place(match, at: target, copy, in: listing)
      }
    }
  }

  /// With `strategy: Extract`, `**` stands for any directories; else it is no more than `*`.
  private func matches(of copy: CopyOperation, in listing: SourceListing) throws(CompositionError) -> [RepoPath]? {
    guard copy.strategy == .extract else { return try listing.matches(copy.pattern) }
    let pattern = try ExcludePatterns([Field(copy.pattern, origin: copy.from.origin)], fitsNames: false)
    return try listing.matches(pattern)
  }

  /// Puts what an archive holds below the target.
  private mutating func extract(
    _ path: RepoPath, _ copy: CopyOperation, in listing: SourceListing
  ) throws(CompositionError) {
    let target = try copy.destination("")
    try staging.makeDirectory(target, for: copy)
    for entry in try ArchiveListing(copy: copy, listing: listing).entries(of: path) {
      let inner = target.appendingClamped(entry.name)
      switch entry.content {
      case .directory: try staging.makeDirectory(inner, for: copy)
      case .file(let file): try staging.put(file, at: inner, for: copy)
      }
    }
  }

  /// A single file goes to the path that `to` names, or into the directory that it names.
  private mutating func copyFile(
    _ path: RepoPath, _ copy: CopyOperation, in listing: SourceListing
  ) throws(CompositionError) {
    if copy.exclude.exclude(path, from: .root) { return }
    if copy.strategy == .extract {
      guard path.isArchive else { throw CompositionError.noArchive(copy) }
      return try extract(path, copy, in: listing)
    }
    let target = try copy.destination("")
    let isIntoDirectory = copy.to.value.hasSuffix("/") || staging.isDirectory(target)
    try place(path, at: isIntoDirectory ? target.child(path.name) : target, copy, in: listing)
  }

  /// Everything below a directory; `strategy: Merge` does not count here (source-watcher, `copyDirWithRoots`).
  private mutating func copyDirectory(
    _ path: RepoPath, to target: RepoPath, _ copy: CopyOperation, root: RepoPath, start: RepoPath,
    in listing: SourceListing, depth: Int
  ) throws(CompositionError) {
    guard depth < Self.depthLimit else {
      throw CompositionError(gap: "'\(path)' is more than \(Self.depthLimit) directories deep", at: copy.from.origin)
    }
    try staging.makeDirectory(target, for: copy)
    for entry in try listing.entries(of: path) {
      let child = path.child(entry.name)
      if isExcluded(child, from: root, below: start, by: copy) { continue }
      if entry.kind == .directory {
        try copyDirectory(
          child, to: target.child(entry.name), copy, root: root, start: start, in: listing,
          depth: depth + 1)
      } else if let file = try listing.entry(at: child, for: copy) {
        try staging.put(file, at: target.child(entry.name), for: copy)
      }
    }
  }

  /// Before Flux 2.9, `exclude` was about paths below the directory that is copied, and no others.
  private func isExcluded(
    _ path: RepoPath, from root: RepoPath, below start: RepoPath, by copy: CopyOperation
  ) -> Bool {
    guard flux < .v29 else { return copy.exclude.exclude(path, from: root) }
    return path.relative(to: start).map(copy.exclude.fits) ?? false
  }

  private mutating func place(
    _ path: RepoPath, at target: RepoPath, _ copy: CopyOperation, in listing: SourceListing
  ) throws(CompositionError) {
    guard let file = try listing.entry(at: path, for: copy) else { return }
    guard copy.strategy == .merge, let below = staging.entries[target] else {
      return try staging.put(file, at: target, for: copy)
    }
    let merge = FileMerge(copy: copy, repository: listing.artifact.repository)
    try staging.replace(try merge.merged(base: below, over: file, at: target), at: target, for: copy)
  }
}

extension CompositionError {
  fileprivate static func noArchive(_ copy: CopyOperation) -> CompositionError {
    CompositionError(
      .wrongStrategy(copy.pattern), "strategy Extract needs an archive (.tar.gz or .tgz), not '\(copy.pattern)'",
      at: copy.copy.strategy?.origin ?? copy.from.origin)
  }
}

extension RepoPath {
  /// Whether source-watcher takes the file for an archive.
  fileprivate var isArchive: Bool {
    let name = name.lowercased()
    return name.hasSuffix(".tar.gz") || name.hasSuffix(".tgz")
  }
}
