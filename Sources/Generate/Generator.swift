import Diagnostics
import Files
import Policies
import Rules

/// The files of the repository that are made from others. A test compares each with what is committed.
public enum Generator {
  /// One generated file.
  public struct Output: Sendable, CustomStringConvertible {
    /// Where it lies, from the root of the repository.
    public let path: String
    /// Makes its content from the repository.
    public let render: @Sendable (any FileTree) throws -> String

    /// The path.
    public var description: String { path }
  }

  /// Everything that is generated.
  public static var outputs: [Output] {
    [
      Output(path: CatalogueGenerator.path, render: CatalogueGenerator.render),
      Output(path: PackGenerator.path, render: PackGenerator.render),
      Output(path: "docs/schemas/config-v1.json") { _ in ConfigurationSchemaGenerator.render() },
      Output(path: "docs/rules/README.md") { _ in RuleIndexGenerator.render() },
    ]
      + Rule.catalogue.map { rule in
        Output(path: "docs/rules/\(rule.id).md") { try RulePageGenerator.render(rule, in: $0) }
      }
  }
}

/// Why something cannot be generated.
public struct GenerationError: Error, CustomStringConvertible {
  /// What is wrong.
  public let description: String

  init(_ description: String) {
    self.description = description
  }
}

extension FileTree {
  /// The text of a file that must be there.
  func text(at path: String) throws -> String {
    guard let file = try file(at: RepoPath(path)) else { throw GenerationError("\(path) is missing") }
    return String(decoding: file.bytes, as: UTF8.self)
  }

  /// The paths of all files below a directory, sorted.
  func files(below path: String) throws -> [String] {
    var found: [String] = []
    for entry in try entries(of: RepoPath(path)) ?? [] {
      let child = "\(path)/\(entry.name)"
      switch entry.kind {
      case .directory: found += try files(below: child)
      case .file: found.append(child)
      case .link, .special: break
      }
    }
    return found.sorted()
  }
}
