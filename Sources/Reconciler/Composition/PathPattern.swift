import ClusterModel
import Diagnostics
import Files
import Flux
import Pattern

/// `spec.pathPattern`: every directory of a source that fits makes the artifacts once, with what the pattern captures
/// filled in (source-watcher, internal/controller/artifactgenerator_pathpattern.go).
struct PathPattern {
  /// What one directory gives.
  struct Match {
    var directory: RepoPath
    /// As written in the path: for `from` and `to`.
    var captures: [String: String]
    /// In small letters: for names and labels.
    var normalised: [String: String] { captures.mapValues { $0.lowercased() } }
  }

  let text: Field<String>
  let alias: String
  private let expression: Pattern
  private let names: [String]

  init(_ text: Field<String>) throws(CompositionError) {
    self.text = text
    let parts = text.value.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].hasPrefix("@") else {
      throw Self.invalid(text, "it must have the form '@alias/pattern'")
    }
    alias = String(parts[0].dropFirst())
    var expression = "^"
    var names: [String] = []
    do throws(PlaceholderError) {
      for piece in try Placeholders.pieces(of: String(parts[1])) {
        switch piece {
        case .text(let literal): expression += Pattern.quoting(literal)
        case .name(let name):
          if names.contains(name) { throw PlaceholderError(reason: "'{\(name)}' stands twice in it") }
          names.append(name)
          expression += "(?P<\(name)>[^/]+)"
        }
      }
    } catch {
      throw Self.invalid(text, error.reason)
    }
    self.names = names
    do { self.expression = try Pattern(expression + "$") } catch { throw Self.invalid(text, error.message) }
  }

  /// The directories of a source that fit, in the order of their paths.
  func matches(in source: any SourceArtifact) throws(CompositionError) -> [Match] {
    var found: [Match] = []
    let directories: [RepoPath]
    do { directories = try TreeWalk(source).directories } catch {
      throw CompositionError(gap: error.message, at: text.origin)
    }
    for directory in directories {
      guard let match = try? expression.firstMatch(in: directory.string) else { continue }
      let bytes = Array(directory.string.utf8)
      var captures: [String: String] = [:]
      for (index, name) in names.enumerated() {
        guard index + 1 < match.groups.count, let range = match.groups[index + 1] else { continue }
        captures[name] = String(decoding: bytes[range], as: UTF8.self)
      }
      for (name, value) in captures.sorted(by: { $0.key < $1.key }) where !value.lowercased().isLabelValue {
        throw Self.invalid(
          text, "'\(value)', which '{\(name)}' captures from '\(directory)', cannot be a label's value")
      }
      found.append(Match(directory: directory, captures: captures))
    }
    return found
  }

  private static func invalid(_ text: Field<String>, _ reason: String) -> CompositionError {
    CompositionError(.invalidPathPattern, "pathPattern '\(text.value)' cannot be used: \(reason)", at: text.origin)
  }
}

/// What is wrong with the placeholders in a text.
struct PlaceholderError: Error {
  var reason: String
}

/// `{name}` in path patterns, and in the artifacts that they make.
enum Placeholders {
  enum Piece {
    case text(String)
    case name(String)
  }

  /// `template` with the captured values in it.
  static func filled(_ template: String, with values: [String: String]) throws(PlaceholderError) -> String {
    var result = ""
    for piece in try pieces(of: template) {
      switch piece {
      case .text(let text): result += text
      case .name(let name):
        guard let value = values[name] else {
          throw PlaceholderError(reason: "'{\(name)}' is not captured by pathPattern")
        }
        result += value
      }
    }
    return result
  }

  static func pieces(of text: String) throws(PlaceholderError) -> [Piece] {
    var found: [Piece] = []
    var rest = Substring(text)
    while let brace = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
      guard rest[brace] == "{" else { throw PlaceholderError(reason: "a closing brace has no opening one") }
      guard let end = rest[brace...].firstIndex(of: "}") else {
        throw PlaceholderError(reason: "an opening brace has no closing one")
      }
      let name = String(rest[rest.index(after: brace)..<end])
      guard name.isCaptureName else { throw PlaceholderError(reason: "'{\(name)}' is no name") }
      if brace > rest.startIndex { found.append(.text(String(rest[..<brace]))) }
      found.append(.name(name))
      rest = rest[rest.index(after: end)...]
    }
    return rest.isEmpty ? found : found + [.text(String(rest))]
  }
}

extension String {
  fileprivate var isCaptureName: Bool {
    guard let first = utf8.first, first.isLetter || first == UInt8(ascii: "_") else { return false }
    return utf8.allSatisfy { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") }
  }

  /// Whether Kubernetes takes it as the value of a label.
  fileprivate var isLabelValue: Bool {
    guard let first = utf8.first, let last = utf8.last else { return true }
    return utf8.count <= 63 && (first.isLetter || first.isDigit) && (last.isLetter || last.isDigit)
      && utf8.allSatisfy { $0.isLetter || $0.isDigit || "-_.".utf8.contains($0) }
  }

  /// Whether Kubernetes takes it as the name of most objects.
  var isObjectName: Bool {
    guard !isEmpty, utf8.count <= 253 else { return false }
    return split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
      guard let first = part.utf8.first, let last = part.utf8.last else { return false }
      let isBounded = first != UInt8(ascii: "-") && last != UInt8(ascii: "-")
      return isBounded
        && part.utf8.allSatisfy {
          ($0.isLetter && $0 >= UInt8(ascii: "a")) || $0.isDigit || $0 == UInt8(ascii: "-")
        }
    }
  }
}

extension UInt8 {
  var isLetter: Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self)
  }
  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
