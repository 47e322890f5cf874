import CLibYAML
import Diagnostics
import Foundation
import YAML

/// How long reading into trees takes, as a multiple of libyaml's bare event loop over the same bytes.
enum YAMLBenchmark {
  /// Measures all `.yaml` and `.yml` files below `directory`, several times, and prints the best of each.
  static func run(_ directory: String, rounds: Int = 7) {
    let files = sources(below: directory)
    let size = files.reduce(0) { $0 + $1.bytes.count }
    print("\(files.count) files, \(size) bytes")
    var (bare, read, emitted) = (Duration.seconds(1_000), Duration.seconds(1_000), Duration.seconds(1_000))
    let trees = files.compactMap { try? YAMLReader.read($0).map(\.root) }
    for _ in 0..<rounds {
      bare = min(bare, time { files.forEach(countEvents) })
      read = min(read, time { files.forEach { _ = try? YAMLReader.read($0) } })
      emitted = min(emitted, time { trees.forEach { _ = try? YAMLEmitter.emit($0) } })
    }
    print("bare event loop \(bare)")
    print("into trees      \(read), \(ratio(read, bare))x")
    print("emitted         \(emitted), \(ratio(emitted, bare))x")
  }

  private static func ratio(_ one: Duration, _ other: Duration) -> String {
    String(format: "%.2f", one / other)
  }

  private static func time(_ body: () -> Void) -> Duration {
    ContinuousClock().measure(body)
  }

  static func sources(below directory: String) -> [SourceFile] {
    guard let paths = FileManager.default.enumerator(atPath: directory) else { return [] }
    var found: [SourceFile] = []
    for case let path as String in paths where path.hasSuffix(".yaml") || path.hasSuffix(".yml") {
      if let data = FileManager.default.contents(atPath: directory + "/" + path) {
        found.append(SourceFile(path: path, bytes: Array(data)))
      }
    }
    return found
  }

  static func countEvents(_ file: SourceFile) {
    var parser = unsafe yaml_parser_t()
    unsafe yaml_parser_initialize(&parser)
    defer { unsafe yaml_parser_delete(&parser) }
    unsafe file.bytes.withUnsafeBufferPointer { buffer in
      unsafe yaml_parser_set_input_string(&parser, buffer.baseAddress, buffer.count)
      var event = unsafe yaml_event_t()
      while unsafe yaml_parser_parse(&parser, &event) == 1 {
        let isLast = unsafe event.type == YAML_STREAM_END_EVENT
        unsafe yaml_event_delete(&event)
        if isLast { return }
      }
    }
  }
}
