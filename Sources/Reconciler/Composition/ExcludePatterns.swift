import ClusterModel
import Diagnostics
import Files
import Flux

/// The patterns of a copy's `exclude`, or of archives to extract, as the doublestar library matches them: `**` for any directories, `{a,b}` for
/// alternatives. One without a slash also fits the name of a file anywhere.
struct ExcludePatterns {
  /// How many patterns the alternatives of one may expand to.
  static let alternativeLimit = 1_000

  fileprivate struct Pattern {
    var segments: [Segment]
    var fitsNames: Bool
  }

  fileprivate enum Segment {
    case anyDirectories
    case name(NameGlob)
  }

  private let patterns: [Pattern]

  /// - Parameter fitsNames: whether a pattern without a slash also fits the name of a file anywhere.
  init(_ texts: [Field<String>], fitsNames: Bool = true) throws(CompositionError) {
    var found: [Pattern] = []
    for text in texts {
      guard let expanded = Self.expanded(Array(text.value.utf8)) else {
        throw CompositionError(.malformedCopy, "exclude pattern '\(text.value)' is malformed", at: text.origin)
      }
      for bytes in expanded {
        let segments = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map(Self.segment)
        guard segments.allSatisfy(\.isWellFormed) else {
          throw CompositionError(.malformedCopy, "exclude pattern '\(text.value)' is malformed", at: text.origin)
        }
        found.append(Pattern(segments: segments, fitsNames: fitsNames && !text.value.utf8.contains(UInt8(ascii: "/"))))
      }
    }
    patterns = found
  }

  /// Whether a path of the source is left out: by itself, or as seen from the directory that the copy starts at.
  func exclude(_ path: RepoPath, from root: RepoPath) -> Bool {
    if fits(path) { return true }
    guard let relative = path.relative(to: root), relative != .root, relative != path else { return false }
    return fits(relative)
  }

  /// Whether one of the patterns fits a path.
  func fits(_ path: RepoPath) -> Bool {
    let components = path.components
    return patterns.contains { pattern in
      Self.fits(components[...], pattern.segments[...])
        || (pattern.fitsNames && Self.fits(components.suffix(1), pattern.segments[...]))
    }
  }

  private static func fits(_ names: ArraySlice<Substring>, _ segments: ArraySlice<Segment>) -> Bool {
    var (names, segments) = (names, segments)
    // Where to go on when what follows the last `**` does not fit: one name later.
    var retry: (names: ArraySlice<Substring>, segments: ArraySlice<Segment>)?
    while true {
      switch (segments.first, names.first) {
      case (.anyDirectories?, _):
        segments.removeFirst()
        retry = (names, segments)
      case (.name(let glob)?, let name?) where glob.matches(name):
        segments.removeFirst()
        names.removeFirst()
      case (nil, nil): return true
      default:
        // A closing `**` takes all that is left.
        if segments.isEmpty, retry?.segments.isEmpty == true { return true }
        guard let again = retry, !again.names.isEmpty else { return false }
        retry = (again.names.dropFirst(), again.segments)
        (names, segments) = (again.names.dropFirst(), again.segments)
      }
    }
  }

  private static func segment(_ bytes: ArraySlice<UInt8>) -> Segment {
    let text = String(decoding: bytes, as: UTF8.self)
    return text == "**" ? .anyDirectories : .name(NameGlob(withCaretNegation(text)))
  }

  /// `[!a]`, which doublestar reads like `[^a]`.
  private static func withCaretNegation(_ text: String) -> String {
    var bytes = Array(text.utf8)
    var isEscaped = false
    for index in bytes.indices {
      if !isEscaped, bytes[index] == UInt8(ascii: "["), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "!") {
        bytes[index + 1] = UInt8(ascii: "^")
      }
      isEscaped = !isEscaped && bytes[index] == UInt8(ascii: "\\")
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The patterns that the alternatives in `text` stand for; nil where a brace is not closed, or there are too many.
  private static func expanded(_ text: [UInt8]) -> [[UInt8]]? {
    var done: [[UInt8]] = []
    var pending = [text]
    while let next = pending.popLast() {
      guard done.count + pending.count < alternativeLimit else { return nil }
      guard let open = firstBrace(next) else {
        done.append(next)
        continue
      }
      guard let (choices, end) = alternatives(next, from: open + 1) else { return nil }
      for choice in choices.reversed() {
        var pattern = Array(next[..<open])
        pattern += choice
        pattern += next[(end + 1)...]
        pending.append(pattern)
      }
    }
    return done
  }

  private static func firstBrace(_ text: [UInt8]) -> Int? {
    var isEscaped = false
    for (index, byte) in text.enumerated() {
      if byte == UInt8(ascii: "{"), !isEscaped { return index }
      isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
    }
    return nil
  }

  /// The choices of a brace whose content starts at `start`, and where it closes.
  private static func alternatives(_ text: [UInt8], from start: Int) -> ([ArraySlice<UInt8>], end: Int)? {
    var choices: [ArraySlice<UInt8>] = []
    var (depth, begin, index) = (0, start, start)
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "\\"): index += 1
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "}") where depth == 0: return (choices + [text[begin..<index]], index)
      case UInt8(ascii: "}"): depth -= 1
      case UInt8(ascii: ",") where depth == 0:
        choices.append(text[begin..<index])
        begin = index + 1
      default: break
      }
      index += 1
    }
    return nil
  }
}

extension ExcludePatterns.Segment {
  fileprivate var isWellFormed: Bool {
    if case .name(let glob) = self { glob.isWellFormed } else { true }
  }
}
