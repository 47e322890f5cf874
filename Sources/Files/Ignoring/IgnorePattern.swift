import Diagnostics

/// One line of a `.sourceignore` file or of `spec.ignore`.
///
/// Flux matches with a copy of go-git's first gitignore code (fluxcd/pkg `sourceignore/gitignore`), which differs
/// from git: a pattern matches everything below what it names, so a negation further down *can* bring a file back
/// out of an excluded directory; `**` counts only as a whole component; a malformed pattern never matches.
public struct IgnorePattern: Sendable, Hashable {
  /// The line as written.
  public var text: String
  /// Where it stands; nil for one of Flux's defaults.
  public var location: Location?
  /// Whether it brings back what others excluded (`!` in front).
  public var isNegation: Bool

  private let domain: [ArraySlice<UInt8>]
  private let isDirectoryOnly: Bool
  private let segments: [Segment]

  private enum Segment: Hashable {
    /// An empty component: before a leading slash.
    case empty
    /// `**` alone.
    case anyDepth
    /// `**` with something beside it: never matches where components are compared one by one.
    case invalid
    case glob(NameGlob)
  }

  /// Reads `line`, which applies below the directory `domain`.
  public init(_ line: String, domain: RepoPath = .root, location: Location? = nil) {
    text = line
    self.location = location
    self.domain = domain.componentBytes
    var bytes = Array(line.utf8)
    isNegation = bytes.first == UInt8(ascii: "!")
    if isNegation { bytes.removeFirst() }
    // go-git looks for a backslash before the last of the trailing spaces only.
    if !bytes.suffix(2).elementsEqual(Array("\\ ".utf8)) {
      while bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
    }
    isDirectoryOnly = bytes.last == UInt8(ascii: "/")
    if isDirectoryOnly { bytes.removeLast() }
    let parts = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    isPath = parts.count > 1
    segments = parts.map { [isPath] part in
      guard isPath else { return .glob(NameGlob(part)) }
      if part.isEmpty { return .empty }
      if part == "**" { return .anyDepth }
      return part.utf8.elementsContainTwoStars ? .invalid : .glob(NameGlob(part))
    }
  }

  /// Whether it holds a slash before its end: then it is compared from the domain on, else with each component.
  private let isPath: Bool

  /// Whether it names the entry with these `components`, or a directory above it.
  func matches(_ components: [ArraySlice<UInt8>], isDirectory: Bool) -> Bool {
    guard components.count > domain.count, components.starts(with: domain) else { return false }
    let path = components.dropFirst(domain.count)
    return isPath ? matchesPath(path, isDirectory: isDirectory) : matchesName(path, isDirectory: isDirectory)
  }

  private func matchesName(_ path: ArraySlice<ArraySlice<UInt8>>, isDirectory: Bool) -> Bool {
    guard case .glob(let glob) = segments[0], let index = path.firstIndex(where: glob.matches) else { return false }
    return index < path.endIndex - 1 || isDirectory || !isDirectoryOnly
  }

  private func matchesPath(_ whole: ArraySlice<ArraySlice<UInt8>>, isDirectory: Bool) -> Bool {
    var path = whole
    var matched = false
    var skips = false
    for (index, segment) in segments.enumerated() {
      switch segment {
      case .invalid: return false
      case .empty: skips = false
      case .anyDepth: skips = index < segments.count - 1
      case .glob(let glob):
        guard !path.isEmpty else { return false }
        if skips {
          skips = false
          // The first component that fits is taken; there is no going back to a later one.
          let found = path.firstIndex(where: glob.matches)
          matched = found != nil
          path = path[(found.map { $0 + 1 } ?? path.endIndex)...]
        } else {
          guard let first = path.popFirst(), glob.matches(first) else { return false }
          matched = true
        }
      }
    }
    return matched && !(isDirectoryOnly && !isDirectory && path.isEmpty)
  }
}

extension String.UTF8View {
  fileprivate var elementsContainTwoStars: Bool {
    zip(self, dropFirst()).contains { $0 == UInt8(ascii: "*") && $1 == UInt8(ascii: "*") }
  }
}
