import Diagnostics
import Documents
import Files
import Foundation
import Kustomize
import YAML

/// How long it takes to build every directory of a repository that has a kustomization file.
enum KustomizeBenchmark {
  static func run(_ directory: String, rounds: Int) {
    guard let (tree, overlays) = load(directory) else { return }
    let results = overlays.compactMap { build($0, in: tree) }
    guard !results.isEmpty else { return }
    let once = sources(of: Set(results.flatMap(\.filesRead)), in: tree)
    let each = results.flatMap { sources(of: Set($0.filesRead), in: tree) }
    let objects = results.reduce(0) { $0 + $1.resources.count }
    print("\(results.count) of \(overlays.count) overlays build, \(objects) objects")

    let bare = Stopwatch.processorTime(bestOf: rounds) { once.forEach(YAMLBenchmark.countEvents) }
    let bareEach = Stopwatch.processorTime(bestOf: rounds) { each.forEach(YAMLBenchmark.countEvents) }
    let read = Stopwatch.processorTime(bestOf: rounds) { once.forEach { _ = try? YAMLReader.read($0) } }
    let built = Stopwatch.processorTime(bestOf: rounds) { overlays.forEach { _ = build($0, in: tree) } }
    let written = Stopwatch.processorTime(bestOf: rounds) {
      for result in results { _ = try? YAMLEmitter.emit(result.resources.map(\.node)) }
    }
    let bytes = once.reduce(0) { $0 + $1.bytes.count }
    let bytesEach = each.reduce(0) { $0 + $1.bytes.count }
    print(
      "bare event loop over the \(bytes) bytes that they read \(Stopwatch.milliseconds(bare)); over each again: "
        + "\(bytesEach) bytes, \(Stopwatch.milliseconds(bareEach))")
    for (name, time) in [("read once", read), ("built", built), ("written", written), ("all", read + built + written)] {
      let multiples = (Stopwatch.multiple(time, of: bare), Stopwatch.multiple(time, of: bareEach))
      print("  \(name) \(Stopwatch.milliseconds(time)), \(multiples.0); \(multiples.1) of each again")
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
}
