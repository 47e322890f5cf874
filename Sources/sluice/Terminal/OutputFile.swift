import Glibc

/// Writes a report to a file: whole or not at all, so that a run that is cut off leaves no half report behind.
enum OutputFile {
  /// - Throws: ``UsageFailure`` when the file cannot be written.
  static func write(_ bytes: [UInt8], to path: String) throws(UsageFailure) {
    let partial = "\(path).\(getpid()).partial"
    let descriptor = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(path) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written <= 0 {
        let error = failure(path)
        close(descriptor)
        unlink(partial)
        throw error
      }
      rest = rest.dropFirst(written)
    }
    guard close(descriptor) == 0, rename(partial, path) == 0 else {
      let error = failure(path)
      unlink(partial)
      throw error
    }
  }

  private static func failure(_ path: String) -> UsageFailure {
    UsageFailure(message: "cannot write '\(path)': \(String(cString: strerror(errno)))")
  }
}
