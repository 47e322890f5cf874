import Diagnostics

/// An entry that names something outside of the repository: a git repository or a file behind HTTP.
public struct RemoteReference: Sendable, Hashable {
  /// The entry as written.
  public var text: String
  /// Where it stands.
  public var location: Location
  /// Whether objects would come of it; not of a file that goes into a ConfigMap.
  public var bringsObjects: Bool

  /// An entry with its place.
  public init(text: String, location: Location, bringsObjects: Bool = true) {
    self.text = text
    self.location = location
    self.bringsObjects = bringsObjects
  }

  /// Whether kustomize would fetch `text` from elsewhere: a URL, or one of git's `user@host:path` and `github.com/…` forms.
  static func isRemote(_ text: String) -> Bool {
    let isPlain = text.utf8.allSatisfy { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "@") }
    if isPlain, text.utf8.first.map({ $0 | 0x20 }) != UInt8(ascii: "g") { return false }
    let lowered = text.lowercased()
    if lowered.hasPrefix("http://") || lowered.hasPrefix("https://") { return true }
    if text.hasPrefix("/") { return false }
    let bare = Substring(lowered.hasPrefix("git::") ? String(lowered.dropFirst("git::".count)) : lowered)
    for scheme in ["ssh://", "https://", "http://", "file://"] where bare.hasPrefix(scheme) { return true }
    let (user, rest) = splitUser(bare)
    guard rest.hasPrefix("github.com/") || rest.hasPrefix("github.com:") || !user.isEmpty else { return false }
    // git's short form: a host, then ':' or '/', then at least two segments or one of the marks of a repository.
    guard let separator = rest.firstIndex(where: { $0 == "/" || $0 == ":" }) else { return false }
    let path = rest[rest.index(after: separator)...].prefix { $0 != "?" }
    return !path.isEmpty && (path.contains("/") || path.contains(".git"))
  }

  private static func splitUser(_ text: Substring) -> (user: Substring, rest: Substring) {
    guard let at = text.firstIndex(of: "@"), at != text.startIndex else { return ("", text) }
    let user = text[..<at]
    let isName = user.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || byte == UInt8(ascii: "-")
    }
    guard isName, user.first.map({ $0.isLetter }) == true else { return ("", text) }
    return (user, text[text.index(after: at)...])
  }
}
