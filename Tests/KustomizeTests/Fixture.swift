import Diagnostics
import Documents
import Files
import Kustomize
import Testing
import YAML

/// A few files in one text: a line `== path` starts each of them.
struct Fixture: ExpressibleByStringLiteral {
  private var files: [String: String] = [:]

  init(stringLiteral text: String) {
    var path: String?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("== ") {
        path = String(line.dropFirst(3))
        files[path ?? ""] = ""
      } else if let path {
        files[path, default: ""] += line + "\n"
      }
    }
  }

  /// The files as a tree.
  var tree: ParsedTree {
    get throws { ParsedTree(try MemoryTree(texts: files)) }
  }

  /// What building `directory` gives.
  func build(_ directory: String = "", options: BuildOptions = BuildOptions(order: .none)) throws -> BuildResult {
    try KustomizeBuild.run(try RepoPath(directory), in: try tree, options: options)
  }

  /// What building `directory` prints.
  func output(_ directory: String = "", options: BuildOptions = BuildOptions(order: .none)) throws -> String {
    let built = try build(directory, options: options)
    return String(decoding: try YAMLEmitter.emit(built.resources.map(\.node)), as: UTF8.self)
  }

  /// The error of building `directory`, as `path:line:column: text` with its trace.
  func error(_ directory: String = "", options: BuildOptions = BuildOptions(order: .none)) throws -> String {
    do {
      _ = try build(directory, options: options)
    } catch let error as KustomizeError {
      return error.report
    }
    Issue.record("it builds")
    return ""
  }
}

extension BuildResult {
  /// The object of the name.
  func object(_ name: String) throws -> Resource {
    try #require(resources.first { $0.node[path: "metadata", "name"]?.scalar?.text == name })
  }
}

extension Node {
  /// `path:line` of the place, with the steps that led to it.
  var story: [String] {
    (["\(origin.location)"] + origin.trace.map { "\($0.message) \($0.location)" })
  }
}
