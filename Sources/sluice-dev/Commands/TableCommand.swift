import ArgumentParser
import Diagnostics
import Foundation
import YAML

/// Prints a generated table whose sources are not in the repository.
struct TableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "table",
    abstract: "Print the Swift file of a table of facts, made from documents outside of the repository.",
    discussion: """
      merge-keys    Sources/Kubernetes/Schema/MergeTable+Generated.swift, from the swagger of Kubernetes 1.21.2
      kinds         Sources/Kubernetes/Schema/BuiltInKinds+Generated.swift, from swagger documents, oldest first
      """)

  enum Table: String, CaseIterable, ExpressibleByArgument {
    case mergeKeys = "merge-keys"
    case kinds
  }

  @Argument(help: "The table.")
  var table: Table

  @Argument(help: "The documents, as JSON or YAML.")
  var documents: [String]

  func run() throws {
    let nodes = try documents.map { path -> Node in
      let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
      guard let root = try YAMLReader.read(SourceFile(path: path, bytes: bytes)).first?.root else {
        throw ValidationError("\(path) is empty")
      }
      return root
    }
    switch table {
    case .mergeKeys:
      guard let swagger = nodes.first, nodes.count == 1 else { throw ValidationError("merge-keys takes one document") }
      print(SchemaTable.swiftFile(swagger: swagger), terminator: "")
    case .kinds: print(KindTable.swiftFile(swaggers: nodes), terminator: "")
    }
  }
}
