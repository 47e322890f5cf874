import CLibArchive
import Diagnostics

/// Reads a gzipped tar archive in memory. Nothing is written, and what the names say is up to the reader.
public enum TarArchive {
  /// One entry of an archive.
  public struct Entry: Sendable {
    /// What an entry is.
    public enum Kind: Sendable, Hashable {
      case file, directory, link, other
    }

    /// The name as written.
    public var path: String
    /// What it is.
    public var kind: Kind
    /// The content of a file.
    public var bytes: [UInt8]
  }

  /// Why an archive cannot be read.
  public enum Failure: Error, Sendable, Hashable {
    /// It is no gzipped archive.
    case notGzip
    /// It is damaged; the reason in words.
    case damaged(String)
    /// It has more entries than allowed.
    case tooMany(limit: Int)
    /// All files together are larger than allowed, in bytes.
    case tooLarge(limit: Int)
    /// One file is larger than allowed, in bytes.
    case fileTooLarge(path: String, limit: Int)
  }

  private static let chunk = 64 << 10

  /// How much of an archive is read.
  public struct Limits: Sendable {
    /// The most that all files and their names together may amount to.
    public var total: Int
    /// The most that one file may amount to.
    public var file: Int
    /// The most entries.
    public var entries: Int

    /// Limits in bytes, and in entries.
    public init(total: Int, file: Int, entries: Int) {
      self.total = total
      self.file = file
      self.entries = entries
    }
  }

  /// The entries of an archive, in its order.
  public static func entries(of archive: SourceFile, limits: Limits) throws(Failure) -> [Entry] {
    guard archive.bytes.starts(with: [0x1F, 0x8B]) else { throw .notGzip }
    guard let reader = unsafe archive_read_new() else { throw .damaged("cannot read archives") }
    defer { unsafe archive_read_free(reader) }
    unsafe archive_read_support_filter_gzip(reader)
    unsafe archive_read_support_format_tar(reader)
    var room = Room(total: limits.total, limits: limits)
    return try unsafe archive.bytes.withUnsafeBufferPointer { buffer throws(Failure) -> [Entry] in
      guard unsafe archive_read_open_memory(reader, buffer.baseAddress, buffer.count) == ARCHIVE_OK else {
        throw unsafe failure(reader)
      }
      return try unsafe entries(reader, &room)
    }
  }

  private struct Room {
    var total: Int
    let limits: Limits
  }

  private static func failure(_ reader: OpaquePointer) -> Failure {
    .damaged(unsafe archive_error_string(reader).map { unsafe String(cString: $0) } ?? "unreadable")
  }

  private static func entries(_ reader: OpaquePointer, _ room: inout Room) throws(Failure) -> [Entry] {
    var found: [Entry] = []
    var entry: OpaquePointer?
    while true {
      let status = unsafe archive_read_next_header(reader, &entry)
      if status == ARCHIVE_EOF { return found }
      guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry = unsafe entry else {
        throw unsafe failure(reader)
      }
      guard found.count < room.limits.entries else { throw .tooMany(limit: room.limits.entries) }
      let path = unsafe archive_entry_pathname(entry).map { unsafe String(cString: $0) } ?? ""
      room.total -= path.utf8.count
      guard room.total > 0 else { throw .tooLarge(limit: room.limits.total) }
      let kind: Entry.Kind =
        switch unsafe archive_entry_filetype(entry) & 0o170000 {
        case 0o100000: .file
        case 0o040000: .directory
        case 0o120000: .link
        default: .other
        }
      let bytes = kind == .directory ? [] : try unsafe content(reader, path, &room)
      found.append(Entry(path: path, kind: kind, bytes: bytes))
    }
  }

  private static func content(_ reader: OpaquePointer, _ path: String, _ room: inout Room) throws(Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: chunk)
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { unsafe archive_read_data(reader, $0.baseAddress, chunk) }
      if count == 0 { return bytes }
      guard count > 0 else { throw unsafe failure(reader) }
      room.total -= count
      guard room.total > 0 else { throw .tooLarge(limit: room.limits.total) }
      bytes += buffer[..<count]
      guard bytes.count <= room.limits.file else { throw .fileTooLarge(path: path, limit: room.limits.file) }
    }
  }
}
