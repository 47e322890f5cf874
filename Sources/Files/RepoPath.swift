/// A path below the root of a file tree that cannot leave it.
///
/// Always normalised: no leading or trailing `/`, no empty, `.` or `..` component. The root itself is the empty string.
public struct RepoPath: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The components joined by `/`; empty for the root.
  public let string: String

  /// The root of the tree.
  public static let root = RepoPath(normalised: "")

  private init(normalised: String) {
    string = normalised
  }

  /// Reads a relative path such as `./apps//web/../api`.
  /// - Throws: ``PathError`` when the text is absolute, leaves the root or holds a NUL byte.
  public init(_ text: String) throws(PathError) {
    self = try RepoPath.root.appending(text)
  }

  /// The path that `relative` names when read from this directory. `..` may climb, but not above the root.
  /// - Throws: ``PathError`` when `relative` is absolute, leaves the root or holds a NUL byte.
  public func appending(_ relative: String) throws(PathError) -> RepoPath {
    guard relative.utf8.first != UInt8(ascii: "/") else { throw PathError(code: .absolute, text: relative) }
    guard !relative.utf8.contains(0) else { throw PathError(code: .holdsNul, text: relative) }
    var (base, rest) = (self, relative.utf8[...])
    while let first = rest.first, first == UInt8(ascii: ".") || first == UInt8(ascii: "/") {
      let part = rest.prefix { $0 != UInt8(ascii: "/") }
      guard part.count <= 2, part.allSatisfy({ $0 == UInt8(ascii: ".") }) else { break }
      if part.count == 2 {
        guard let parent = base.parent else { throw PathError(code: .leavesRoot, text: relative) }
        base = parent
      }
      rest = rest[part.endIndex...].dropFirst()
    }
    if rest.isEmpty { return base }
    let text = rest.count == relative.utf8.count ? relative : String(Substring(rest))
    return Self.isNormalised(text) ? base.child(text) : try base.appendingParts(of: text)
  }

  /// The path that `relative` names, part by part.
  private func appendingParts(of relative: String) throws(PathError) -> RepoPath {
    var parts = components
    for part in relative.utf8.split(separator: UInt8(ascii: "/")).map({ Substring($0) }) where part != "." {
      if part == ".." {
        guard parts.popLast() != nil else { throw PathError(code: .leavesRoot, text: relative) }
      } else {
        parts.append(part)
      }
    }
    return RepoPath(normalised: parts.joined(separator: "/"))
  }

  /// Whether no component is empty or begins with a dot, which most paths that people write are, so that they need not be cut.
  private static func isNormalised(_ relative: String) -> Bool {
    var startsComponent = true
    for byte in relative.utf8 {
      if startsComponent, byte == UInt8(ascii: ".") || byte == UInt8(ascii: "/") { return false }
      startsComponent = byte == UInt8(ascii: "/")
    }
    return !startsComponent
  }

  /// The path of the entry `name` in this directory. `name` is one component, as a directory listing gives it.
  public func child(_ name: String) -> RepoPath {
    RepoPath(normalised: string.isEmpty ? name : "\(string)/\(name)")
  }

  /// The parts between the slashes; none for the root.
  public var components: [Substring] {
    string.utf8.split(separator: UInt8(ascii: "/")).map { Substring($0) }
  }

  /// The bytes of the components: what paths are compared by where there are many.
  var componentBytes: [ArraySlice<UInt8>] {
    Array(string.utf8).split(separator: UInt8(ascii: "/"))
  }

  /// The last component; empty for the root.
  public var name: String {
    guard let slash = string.utf8.lastIndex(of: UInt8(ascii: "/")) else { return string }
    return String(string[string.utf8.index(after: slash)...])
  }

  /// The directory that holds this entry; nil for the root.
  public var parent: RepoPath? {
    guard !string.isEmpty else { return nil }
    guard let slash = string.utf8.lastIndex(of: UInt8(ascii: "/")) else { return .root }
    return RepoPath(normalised: String(string[..<slash]))
  }

  /// The directories around this entry, nearest first; the root of the repository is the last.
  public var ancestors: [RepoPath] {
    var found: [RepoPath] = []
    var next = parent
    while let directory = next {
      found.append(directory)
      next = directory.parent
    }
    return found
  }

  /// Whether this is `directory` itself or anything below it.
  public func isInside(_ directory: RepoPath) -> Bool {
    let (own, other) = (string.utf8, directory.string.utf8)
    if other.isEmpty { return true }
    guard own.starts(with: other) else { return false }
    return own.count == other.count || own[own.index(own.startIndex, offsetBy: other.count)] == UInt8(ascii: "/")
  }

  /// This path as seen from `directory`; nil where it is not inside.
  public func relative(to directory: RepoPath) -> RepoPath? {
    guard isInside(directory) else { return nil }
    if directory.string.isEmpty { return self }
    let rest = string.utf8.dropFirst(directory.string.utf8.count).drop { $0 == UInt8(ascii: "/") }
    return RepoPath(normalised: String(Substring(rest)))
  }

  /// This path put below `directory`.
  public func below(_ directory: RepoPath) -> RepoPath {
    if directory.string.isEmpty { return self }
    if string.isEmpty { return directory }
    return RepoPath(normalised: "\(directory.string)/\(string)")
  }

  /// The path as text; `.` for the root.
  public var description: String { string.isEmpty ? "." : string }

  /// By the bytes of the text.
  public static func < (left: RepoPath, right: RepoPath) -> Bool { left.string < right.string }
}

/// A text that is no path below the root.
public struct PathError: Error, Sendable, Hashable {
  /// What is wrong with it.
  public enum Code: Sendable, Hashable {
    /// It starts with `/`.
    case absolute
    /// Its `..` climb above the root.
    case leavesRoot
    /// It holds a NUL byte.
    case holdsNul
  }

  /// What is wrong.
  public var code: Code
  /// The text as written.
  public var text: String

  /// An error about `text`.
  public init(code: Code, text: String) {
    self.code = code
    self.text = text
  }

  /// What is wrong, as a sentence without a full stop.
  public var message: String {
    switch code {
    case .absolute: "path '\(text)' is absolute; it must be relative"
    case .leavesRoot: "path '\(text)' leaves the root of the repository"
    case .holdsNul: "path holds a NUL byte"
    }
  }
}
