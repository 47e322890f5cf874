import Diagnostics
import Documents
import Files
import Foundation
import Kustomize
import YAML

/// How long it takes to build every directory of a repository that has a kustomization file.
enum KustomizeBenchmark {
  static func run(_ directory: String, rounds: Int = 5) {
    guard let (tree, overlays) = load(directory) else { return }
    let results = overlays.compactMap { build($0, in: tree) }
    guard !results.isEmpty else { return }
    let once = sources(of: Set(results.flatMap(\.filesRead)), in: tree)
    let each = results.flatMap { sources(of: Set($0.filesRead), in: tree) }
    let objects = results.reduce(0) { $0 + $1.resources.count }
    print("\(results.count) of \(overlays.count) overlays build, \(objects) objects")

    let bare = best(of: rounds) { once.forEach(YAMLBenchmark.countEvents) }
    let bareEach = best(of: rounds) { each.forEach(YAMLBenchmark.countEvents) }
    let read = best(of: rounds) { once.forEach { _ = try? YAMLReader.read($0) } }
    let built = best(of: rounds) { overlays.forEach { _ = build($0, in: tree) } }
    let written = best(of: rounds) {
      for result in results { _ = try? YAMLEmitter.emit(result.resources.map(\.node)) }
    }
    let bytes = once.reduce(0) { $0 + $1.bytes.count }
    let bytesEach = each.reduce(0) { $0 + $1.bytes.count }
    print("bare event loop over the \(bytes) bytes that they read: \(bare); over each again: \(bytesEach), \(bareEach)")
    for (name, time) in [("read once", read), ("built", built), ("written", written), ("all", read + built + written)] {
      print("  \(name) \(time), \(ratio(time, bare))x; \(ratio(time, bareEach))x of each again")
    }
  }

  /// The files of a repository, parsed, and the directories with a kustomization file.
  private static func load(_ directory: String) -> (tree: ParsedTree, overlays: [RepoPath])? {
    var (files, parsed) = (MemoryTree(), [RepoPath: Result<[Document], YAMLError>]())
    for file in YAMLBenchmark.sources(below: directory) {
      guard let path = try? RepoPath(file.path) else { return nil }
      files.insert(file, at: path)
      do throws(YAMLError) {
        parsed[path] = .success(try YAMLReader.read(file))
      } catch {
        parsed[path] = .failure(error)
      }
    }
    let names: Set<String> = ["kustomization.yaml", "kustomization.yml"]
    let overlays = parsed.keys.filter { names.contains($0.name) }.compactMap(\.parent).sorted()
    return (ParsedTree(files, parsed: parsed), overlays)
  }

  /// The overlay as Flux builds it; nil where it does not build.
  private static func build(_ directory: RepoPath, in tree: any DocumentTree) -> BuildResult? {
    let options = BuildOptions(order: .none, loadRestriction: .none, remotePolicy: .leaveOut)
    return try? KustomizeBuild.run(directory, in: tree, options: options)
  }

  private static func sources(of paths: Set<RepoPath>, in tree: any DocumentTree) -> [SourceFile] {
    paths.sorted().compactMap { try? tree.file(at: $0) }
  }

  private static func ratio(_ one: Duration, _ other: Duration) -> String {
    String(format: "%.2f", one / other)
  }

  private static func best(of rounds: Int, _ body: () -> Void) -> Duration {
    (0..<rounds).map { _ in ContinuousClock().measure(body) }.min() ?? .zero
  }
}
