import Foundation

/// Runs the built `sluice`, with an environment of its own.
struct Program {
  struct Run {
    var status: Int32
    var output: String
    var errors: String
  }

  /// The executable beside the one that runs the tests.
  static var executable: URL {
    let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    let beside = tests.appendingPathComponent("sluice")
    return FileManager.default.isExecutableFile(atPath: beside.path)
      ? beside : Repository.root.appendingPathComponent(".build/debug/sluice")
  }

  static func run(
    _ arguments: [String], in directory: URL = Repository.root, environment: [String: String] = [:]
  ) throws -> Run {
    try run(executable, arguments, in: directory, environment: environment)
  }

  /// Runs any program.
  static func run(
    _ program: URL, _ arguments: [String], in directory: URL, environment: [String: String]
  ) throws -> Run {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = directory
    process.environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C"].merging(environment) { $1 }
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = FileHandle.nullDevice
    try process.run()
    // Both pipes are drained at once: a full one would block the program.
    let collected = Collected()
    let group = DispatchGroup()
    DispatchQueue.global().async(group: group) { collected.errors = errors.fileHandleForReading.readDataToEndOfFile() }
    let text = output.fileHandleForReading.readDataToEndOfFile()
    group.wait()
    process.waitUntilExit()
    return Run(
      status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
      errors: String(decoding: collected.errors, as: UTF8.self))
  }

  /// Written by one thread and read after it is done.
  private final class Collected: @unchecked Sendable {
    var errors = Data()
  }
}

/// A directory of its own for one test, gone afterwards.
final class ScratchDirectory {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("sluice-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  func write(_ text: String, to path: String) throws {
    let file = url.appendingPathComponent(path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }
}
