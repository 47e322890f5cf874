import Diagnostics
import YAML

/// Where an object, or a change of one, comes from, as `buildMetadata` prints it into annotations.
struct Provenance: Sendable, Hashable {
  /// The file of an object, seen from where the build started.
  var path = ""
  /// The kustomization or plugin file that made or changed the object.
  var configuredIn = ""
  /// What made or changed it.
  var maker: Maker?

  /// A generator or transformer.
  struct Maker: Sendable, Hashable {
    var apiVersion: String
    var kind: String
    var name = ""
    var namespace = ""
  }

  static let originAnnotation = "config.kubernetes.io/origin"
  static let transformationsAnnotation = "alpha.config.kubernetes.io/transformations"

  /// The provenance of what stands at `relative`, seen from here.
  func appending(_ relative: String) -> Provenance {
    Provenance(path: CleanPath.join(path, relative))
  }

  /// The fields that say something, in kustomize's order.
  private var fields: [(key: String, value: Field)] {
    var found: [(key: String, value: Field)] = []
    if !path.isEmpty { found.append(("path", .text(path))) }
    if !configuredIn.isEmpty { found.append(("configuredIn", .text(configuredIn))) }
    if let maker {
      let parts = [
        ("apiVersion", maker.apiVersion), ("kind", maker.kind), ("name", maker.name), ("namespace", maker.namespace),
      ]
      found.append(("configuredBy", .fields(parts.filter { !$0.1.isEmpty })))
    }
    return found
  }

  private enum Field {
    case text(String)
    case fields([(String, String)])
  }

  /// The value of the origin annotation.
  var text: String { lines(first: "", rest: "") }

  /// The value of the annotation that lists transformations.
  static func text(of list: [Provenance]) -> String {
    list.map { $0.lines(first: "- ", rest: "  ") }.joined()
  }

  private func lines(first: String, rest: String) -> String {
    var text = ""
    for field in fields {
      let margin = text.isEmpty ? first : rest
      switch field.value {
      case .text(let value): text += "\(margin)\(field.key): \(Self.quoted(value))\n"
      case .fields(let parts):
        text += "\(margin)\(field.key):\n"
        for (key, value) in parts { text += "\(rest)  \(key): \(Self.quoted(value))\n" }
      }
    }
    return text.isEmpty ? "{}\n" : text
  }

  /// A text as YAML would read it back: quoted where it looks like something else.
  private static func quoted(_ text: String) -> String {
    Scalar(text).isAnythingButString ? "\"\(text)\"" : text
  }
}

/// Paths as Go's `filepath` cleans them: `..` may lead above the start.
enum CleanPath {
  static func join(_ base: String, _ relative: String) -> String {
    clean([base, relative].filter { !$0.isEmpty }.joined(separator: "/"))
  }

  static func clean(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/", omittingEmptySubsequences: true) where part != "." {
      if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
    }
    return parts.joined(separator: "/")
  }
}
