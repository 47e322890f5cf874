import ArgumentParser
import Diagnostics
import Foundation
import YAML

/// Prints the table of Flux's fields, which is made of documents that are not in the repository.
struct FluxFieldsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "flux-fields", abstract: "Print Flux/Lifecycle/FieldTable+Generated.swift.")

  @Argument(help: "Descriptions of CRDs: kind, versionHistory, specFields …")
  var descriptions: [String]

  func run() throws {
    print(FluxFields.swiftFile(descriptions: try descriptions.map(document)), terminator: "")
  }
}

/// Prints the table of Kubernetes' kinds.
struct KindsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kinds", abstract: "Print Kubernetes/Schema/BuiltInKinds+Generated.swift.")

  @Argument(help: "Swagger documents of Kubernetes, the oldest first.")
  var swaggers: [String]

  func run() throws {
    print(KindTable.swiftFile(swaggers: try swaggers.map(document)), terminator: "")
  }
}

/// Prints the table of merge keys.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print Kubernetes/Schema/MergeTable+Generated.swift.")

  @Argument(help: "The swagger document of Kubernetes 1.21.2.")
  var swagger: String

  func run() throws {
    print(SchemaTable.swiftFile(swagger: try document(swagger)), terminator: "")
  }
}

/// The first document of a YAML or JSON file.
private func document(_ path: String) throws -> Node {
  let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
  guard let first = try YAMLReader.read(SourceFile(path: path, bytes: bytes)).first else {
    throw ValidationError("\(path) is empty")
  }
  return first.root
}
