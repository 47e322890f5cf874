/// A unified diff with `a/` and `b/` prefixes, as `git diff` writes it, applied to texts in memory.
struct UnifiedDiff {
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  private struct Hunk {
    var start: Int
    var lines: [Substring]
  }

  private var changes: [(old: String?, new: String?, hunks: [Hunk])] = []

  /// Reads a diff; text before the first header is for people.
  init(_ text: String) throws {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("--- ") {
        changes.append((Self.path(line), nil, []))
      } else if line.hasPrefix("+++ "), !changes.isEmpty {
        changes[changes.count - 1].new = Self.path(line)
      } else if line.hasPrefix("@@ "), !changes.isEmpty {
        changes[changes.count - 1].hunks.append(Hunk(start: try Self.start(line), lines: []))
      } else if let last = changes.indices.last, let hunk = changes[last].hunks.indices.last,
        let mark = line.first, " +-".contains(mark)
      {
        changes[last].hunks[hunk].lines.append(line)
      }
    }
    if changes.isEmpty { throw Failure(description: "the text holds no diff") }
  }

  /// `--- a/path` or `+++ b/path`; nil for `/dev/null`.
  private static func path(_ line: Substring) -> String? {
    let path = line.dropFirst(4).prefix { $0 != "\t" }
    return path == "/dev/null" ? nil : String(path.dropFirst(2))
  }

  private static func start(_ line: Substring) throws -> Int {
    let numbers = line.split(separator: " ")[1].dropFirst().split(separator: ",")
    guard let start = numbers.first.flatMap({ Int($0) }) else { throw Failure(description: "bad hunk: \(line)") }
    return start
  }

  /// `files` after the change.
  func apply(to files: [String: String]) throws -> [String: String] {
    var files = files
    for change in changes {
      let old = change.old.flatMap { files[$0] } ?? ""
      if change.old != nil, change.old.flatMap({ files[$0] }) == nil {
        throw Failure(description: "there is no file \(change.old ?? "")")
      }
      let patched = try Self.patched(old, change.hunks, path: change.new ?? change.old ?? "")
      if let path = change.old { files[path] = nil }
      if let path = change.new { files[path] = patched }
    }
    return files
  }

  private static func patched(_ text: String, _ hunks: [Hunk], path: String) throws -> String {
    let old = text.split(separator: "\n", omittingEmptySubsequences: false)
    var new: [Substring] = []
    var next = 0
    for hunk in hunks {
      let start = max(hunk.start - 1, 0)
      guard start >= next, start <= old.count else { throw Failure(description: "\(path): hunks out of order") }
      new += old[next..<start]
      next = start
      for line in hunk.lines {
        let content = line.dropFirst()
        if line.first == "+" {
          new.append(content)
          continue
        }
        guard next < old.count, old[next] == content else {
          throw Failure(description: "\(path):\(next + 1): the diff expects '\(content)'")
        }
        if line.first == " " { new.append(content) }
        next += 1
      }
    }
    new += old[min(next, old.count)...]
    return new.joined(separator: "\n")
  }
}
