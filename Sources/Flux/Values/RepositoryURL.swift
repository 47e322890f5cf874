/// The address of a repository in a form that is the same for all ways to write it.
///
/// Scheme, user, port, a trailing `.git` or `/` and the case of the host do not count: what is left is host and path,
/// which is what tells whether a source is this repository.
public struct RepositoryURL: Sendable, Hashable, CustomStringConvertible {
  /// The host in lower case; empty for a path on the disk.
  public var host: String
  /// The path without leading and trailing `/` and without `.git`.
  public var path: String

  /// Reads `https://…`, `ssh://…`, `git://…`, `oci://…`, `file://…` and the form of scp, `git@host:path`.
  public init(_ text: String) {
    if let mark = text.range(of: "://") {
      self.init(afterScheme: text[mark.upperBound...])
    } else if let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")), !text[..<colon].utf8.contains(UInt8(ascii: "/"))
    {
      self.init(authority: text[..<colon], path: text[text.index(after: colon)...], hasPort: false)
    } else {
      self.init(authority: "", path: text[...], hasPort: false)
    }
  }

  private init(afterScheme rest: Substring) {
    let slash = rest.utf8.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
    self.init(authority: rest[..<slash], path: rest[slash...], hasPort: true)
  }

  private init(authority: Substring, path: Substring, hasPort: Bool) {
    var host = authority
    if let at = host.utf8.lastIndex(of: UInt8(ascii: "@")) { host = host[host.index(after: at)...] }
    if hasPort, let colon = host.utf8.lastIndex(of: UInt8(ascii: ":")), !host.hasSuffix("]") { host = host[..<colon] }
    self.host = host.lowercased()
    var bytes = path.utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    while bytes.first == UInt8(ascii: "/") { bytes = bytes.dropFirst() }
    while bytes.last == UInt8(ascii: "/") { bytes = bytes.dropLast() }
    var trimmed = Substring(bytes)
    if trimmed.hasSuffix(".git") { trimmed = trimmed.dropLast(4) }
    self.path = String(trimmed)
  }

  /// Whether both mean the same repository. The big hosts do not tell the case of paths apart, so neither does this.
  public func isSame(as other: RepositoryURL) -> Bool {
    host == other.host && path.lowercased() == other.path.lowercased()
  }

  /// `host/path`.
  public var description: String { host.isEmpty ? path : "\(host)/\(path)" }
}

extension String {
  /// The first place of `needle`; nil when it is not there.
  func range(of needle: String) -> Range<String.Index>? {
    let wanted = Array(needle.utf8)
    var start = utf8.startIndex
    while let first = utf8[start...].firstIndex(of: wanted[0]) {
      if utf8[first...].starts(with: wanted) { return first..<utf8.index(first, offsetBy: wanted.count) }
      start = utf8.index(after: first)
    }
    return nil
  }
}
