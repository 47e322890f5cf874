import Glibc
import Reports

/// Results go to standard output, everything else to standard error.
enum Console {
  /// Writes a result. A reader that went away (`| head`) is no error.
  static func write(_ bytes: [UInt8]) {
    signal(SIGPIPE, SIG_IGN)
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      guard written > 0 else { return }
      rest = rest.dropFirst(written)
    }
  }

  /// Writes a result.
  static func write(_ text: String) {
    write(Array(text.utf8))
  }

  /// Writes lines that are no result. What a user or a repository has put into them cannot steer a terminal.
  static func error(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { VisibleText.line(String($0)) }
    let bytes = Array("\(lines.joined(separator: "\n"))\n".utf8)
    _ = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }

  /// Whether results may be coloured: the usual variables first, then whether a person reads them.
  static var usesColor: Bool {
    if let force = environment("FORCE_COLOR") ?? environment("CLICOLOR_FORCE"), force != "0" { return true }
    if let none = environment("NO_COLOR"), !none.isEmpty { return false }
    return isatty(STDOUT_FILENO) == 1 && environment("TERM") != "dumb"
  }

  /// Whether somebody watches standard error.
  static var isWatched: Bool { isatty(STDERR_FILENO) == 1 }

  private static func environment(_ name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    return String(cString: value)
  }
}
