import ArgumentParser
import Files
import Foundation
import Generate

/// Writes the generated files of the repository.
struct GenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Write the rule catalogue, the packs, the rule pages and the schemas from what they are made of.",
    subcommands: [FluxFieldsCommand.self, KindsCommand.self, SchemaCommand.self])

  @Flag(name: .long, help: "Only tell which files are stale; status 1 when one is.")
  var check = false

  @Option(name: .long, help: "The root of the Sluice repository.")
  var root = "."

  func run() throws {
    let tree = try DiskTree(root: root)
    var stale: [String] = []
    for output in Generator.outputs {
      let text = try output.render(tree)
      let path = "\(root)/\(output.path)"
      guard (try? String(contentsOfFile: path, encoding: .utf8)) != text else { continue }
      stale.append(output.path)
      if !check { try text.write(toFile: path, atomically: true, encoding: .utf8) }
    }
    for path in stale { print("\(check ? "stale" : "wrote") \(path)") }
    if check, !stale.isEmpty { throw ExitCode(1) }
  }
}

/// Writes the files of a new rule.
struct NewRuleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new-rule", abstract: "Write the files of a new rule, to be filled in.")

  @Argument(help: "The kebab-case id: it names the thing that is wrong.")
  var id: String

  @Option(name: .long, help: "The folder below Sources/Rules.")
  var chapter = "Sources"

  @Option(name: .long, help: "The root of the Sluice repository.")
  var root = "."

  func run() throws {
    for file in try RuleScaffold.files(id: id, chapter: chapter) {
      let path = "\(root)/\(file.path)"
      let directory = URL(fileURLWithPath: path).deletingLastPathComponent()
      try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
      try file.text.write(toFile: path, atomically: true, encoding: .utf8)
      print("wrote \(file.path)")
    }
  }
}
