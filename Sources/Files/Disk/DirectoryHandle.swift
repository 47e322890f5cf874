import Diagnostics
import Glibc

/// An open directory. All system calls of ``DiskTree`` are in this file and take a single name, never a path.
final class DirectoryHandle: WalkableDirectory, Sendable {
  private let descriptor: Int32

  private init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  deinit {
    close(descriptor)
  }

  /// Opens the directory at `path` of the system.
  convenience init(rootPath path: String) throws(FileError) {
    let found = unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard found >= 0 else {
      throw FileError(code: .system("the directory '\(path)' cannot be opened: \(SystemReason(errno))"), path: .root)
    }
    self.init(descriptor: found)
  }

  /// What stands under `name`, itself not followed; nil when nothing does.
  func kind(of name: String, asked: RepoPath) throws(FileError) -> EntryKind? {
    var status = stat()
    guard unsafe fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
      return try nothing(asked)
    }
    return EntryKind(mode: status.st_mode)
  }

  /// Opens the directory `name`; nil when it has become something else meanwhile.
  func open(_ name: String, asked: RepoPath) throws(FileError) -> DirectoryHandle? {
    let found = unsafe openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard found >= 0 else { return try nothing(asked) }
    return DirectoryHandle(descriptor: found)
  }

  /// The target of the link `name`; nil when it is no link any more.
  func target(of name: String, asked: RepoPath) throws(FileError) -> String? {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let length = unsafe buffer.withUnsafeMutableBytes { bytes in
      guard let start = bytes.baseAddress else { return -1 }
      return unsafe readlinkat(descriptor, name, start, bytes.count)
    }
    guard length >= 0 else { return errno == EINVAL ? nil : try nothing(asked) }
    guard let target = String(validating: buffer[..<length], as: UTF8.self) else {
      throw FileError(code: .system("the link's target is not UTF-8"), path: asked)
    }
    return target
  }

  /// The bytes of the regular file `name`; nil when it has gone.
  ///
  /// `O_NONBLOCK` so that a pipe put in the place of the file since it was looked at cannot hold the run up.
  func read(_ name: String, limit: Int, asked: RepoPath) throws(FileError) -> [UInt8]? {
    let file = unsafe openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard file >= 0 else { return try nothing(asked) }
    defer { close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0 else { throw FileError(system: errno, path: asked) }
    guard EntryKind(mode: status.st_mode) == .file else { throw FileError(code: .notRegular, path: asked) }
    let size = Int(status.st_size)
    guard size <= limit else { throw FileError(code: .tooLarge(limit: limit), path: asked) }
    return try Self.readAll(file, expecting: size, limit: limit, asked: asked)
  }

  /// Reads to the end, which may lie elsewhere than the size said: a file can change while it is read.
  private static func readAll(
    _ file: Int32, expecting size: Int, limit: Int, asked: RepoPath
  ) throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    var room = size + 1
    while true {
      var failure: Int32 = 0
      let chunk = unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
        let got = unsafe Glibc.read(file, buffer.baseAddress, buffer.count)
        failure = got < 0 ? errno : 0
        count = max(got, 0)
      }
      if failure == EINTR { continue }
      guard failure == 0 else { throw FileError(system: failure, path: asked) }
      if chunk.isEmpty { return bytes }
      if bytes.isEmpty { bytes = chunk } else { bytes.append(contentsOf: chunk) }
      guard bytes.count <= limit else { throw FileError(code: .tooLarge(limit: limit), path: asked) }
      // There was room for more than the size said, and there was no more.
      if bytes.count == size, chunk.count < room { return bytes }
      room = max(size + 1 - bytes.count, 4096)
    }
  }

  /// The entries, by the bytes of their names. One whose name is not UTF-8 appears under its repaired name as
  /// ``EntryKind/special``: no path can lead there.
  func list(limit: Int, asked: RepoPath) throws(FileError) -> [TreeEntry] {
    // A descriptor of its own: reading moves the position, which copies of a descriptor share.
    let copy = unsafe openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0 else { throw FileError(system: errno, path: asked) }
    guard let stream = unsafe fdopendir(copy) else {
      let reason = errno
      close(copy)
      throw FileError(system: reason, path: asked)
    }
    defer { unsafe closedir(stream) }
    var found: [TreeEntry] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else { break }
      let name = unsafe Self.name(of: entry)
      if name.count <= 2, name.allSatisfy({ $0 == UInt8(ascii: ".") }) { continue }
      guard found.count < limit else { throw FileError(code: .tooManyEntries(limit: limit), path: asked) }
      guard let text = String(validating: name, as: UTF8.self) else {
        found.append(TreeEntry(name: String(decoding: name, as: UTF8.self), kind: .special))
        continue
      }
      let type = unsafe entry.pointee.d_type
      var kind = EntryKind(directoryType: type)
      if kind == nil { kind = try self.kind(of: text, asked: asked) }
      if let kind { found.append(TreeEntry(name: text, kind: kind)) }
    }
    guard errno == 0 else { throw FileError(system: errno, path: asked) }
    return found.sorted { $0.name.precedesByBytes($1.name) }
  }

  private static func name(of entry: UnsafeMutablePointer<dirent>) -> [UInt8] {
    unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
      unsafe Array(bytes.prefix { $0 != 0 })
    }
  }

  /// Nil where `errno` says that nothing stands there; otherwise the reason is thrown.
  private func nothing<Value>(_ asked: RepoPath) throws(FileError) -> Value? {
    switch errno {
    // ELOOP and ENOTDIR: no link and no file can have been here when it was looked at; it has changed since.
    case ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG: return nil
    case let reason: throw FileError(system: reason, path: asked)
    }
  }
}

extension EntryKind {
  /// From the mode that `stat` gives.
  fileprivate init(mode: mode_t) {
    switch mode & S_IFMT {
    case S_IFREG: self = .file
    case S_IFDIR: self = .directory
    case S_IFLNK: self = .link
    default: self = .special
    }
  }

  /// From the type that a directory's entry carries; nil where the file system does not say.
  fileprivate init?(directoryType: UInt8) {
    switch Int(directoryType) {
    case DT_REG: self = .file
    case DT_DIR: self = .directory
    case DT_LNK: self = .link
    case DT_UNKNOWN: return nil
    default: self = .special
    }
  }
}

extension FileError {
  /// The system's reason, by its number.
  fileprivate init(system number: Int32, path: RepoPath) {
    self.init(code: .system("\(SystemReason(number))"), path: path)
  }
}

/// An error number in words that depend on no locale.
private struct SystemReason: CustomStringConvertible {
  let number: Int32

  init(_ number: Int32) {
    self.number = number
  }

  var description: String {
    switch number {
    case EACCES, EPERM: "permission denied"
    case ENOENT: "no such file or directory"
    case ENOTDIR: "not a directory"
    case EMFILE, ENFILE: "too many open files"
    case EIO: "input/output error"
    case ENOMEM: "out of memory"
    case ELOOP: "too many links"
    default: "system error \(number)"
    }
  }
}
