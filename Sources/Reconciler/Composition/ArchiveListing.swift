import ClusterModel
import Diagnostics
import Files
import Flux
import Helm

/// What is in an archive that `strategy: Extract` unpacks (fluxcd/pkg/tar, `Untar`).
struct ArchiveListing {
  /// The most that the files of one archive may amount to.
  static let totalLimit = 100 << 20
  /// The most entries of one archive.
  static let entryLimit = 100_000

  let copy: CopyOperation
  let listing: SourceListing

  struct Entry {
    enum Content {
      case directory
      case file(ComposedArtifact.Entry)
    }

    /// The path in the archive, as written.
    var name: String
    var content: Content
  }

  func entries(of path: RepoPath) throws(CompositionError) -> [Entry] {
    guard let archive = try listing.entry(at: path, for: copy) else { return [] }
    let found: [TarArchive.Entry]
    do {
      found = try TarArchive.entries(
        of: archive.file, limits: .init(total: Self.totalLimit, file: Self.totalLimit, entries: Self.entryLimit))
    } catch {
      throw failure(error, path)
    }
    var entries: [Entry] = []
    for entry in found {
      guard entry.path.isRelativeName else {
        throw unreadable(path, "it holds '\(entry.path)', a name that leads out of it")
      }
      switch entry.kind {
      case .directory: entries.append(Entry(name: entry.path, content: .directory))
      case .file:
        let file = SourceFile(path: "\(archive.file.path)/\(entry.path)", bytes: entry.bytes)
        let content = ComposedArtifact.Entry(
          file: file, parts: archive.parts, content: .extracted(copy.from.origin), copiedBy: archive.copiedBy)
        entries.append(Entry(name: entry.path, content: .file(content)))
      case .link: throw unreadable(path, "'\(entry.path)' in it is a link")
      case .other: throw unreadable(path, "'\(entry.path)' in it is no file")
      }
    }
    return entries
  }

  private func unreadable(_ path: RepoPath, _ reason: String) -> CompositionError {
    CompositionError(
      .unreadableArchive(path.string), "archive '\(path)' cannot be extracted: \(reason)", at: copy.from.origin)
  }

  private func failure(_ failure: TarArchive.Failure, _ path: RepoPath) -> CompositionError {
    switch failure {
    case .notGzip: unreadable(path, "it is not compressed with gzip")
    case .damaged(let reason): unreadable(path, reason)
    case .tooMany(let limit):
      CompositionError(gap: "archive '\(path)' holds more than \(limit) entries", at: copy.from.origin)
    case .tooLarge(let limit), .fileTooLarge(_, let limit):
      CompositionError(gap: "archive '\(path)' holds more than \(limit) bytes", at: copy.from.origin)
    }
  }
}

extension String {
  /// Whether Flux takes it as the name of a file in an archive.
  fileprivate var isRelativeName: Bool {
    let bytes = Array(utf8)
    return !isEmpty && !hasPrefix("/") && !bytes.contains(UInt8(ascii: "\\"))
      && !bytes.indices.contains { bytes[$0...].starts(with: "../".utf8) }
  }
}

extension RepoPath {
  /// The path that `text` names below this one, where `..` cannot climb above the root.
  func appendingClamped(_ text: String) -> RepoPath {
    RepoPath(clamping: "\(string)/\(text)") ?? self
  }
}
