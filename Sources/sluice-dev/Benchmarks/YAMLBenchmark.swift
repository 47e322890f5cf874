import CLibYAML
import Diagnostics
import Foundation
import YAML

/// How long reading into trees takes, as a multiple of libyaml's bare event loop over the same bytes.
enum YAMLBenchmark {
  /// Measures all `.yaml` and `.yml` files below `directory`, several times, and prints the best of each.
  static func run(_ directory: String, rounds: Int) {
    let files = sources(below: directory)
    let trees = files.compactMap { try? YAMLReader.read($0).map(\.root) }
    let bare = Stopwatch.processorTime(bestOf: rounds) { files.forEach(countEvents) }
    let read = Stopwatch.processorTime(bestOf: rounds) { files.forEach { _ = try? YAMLReader.read($0) } }
    let emitted = Stopwatch.processorTime(bestOf: rounds) { trees.forEach { _ = try? YAMLEmitter.emit($0) } }
    print("\(files.count) files, \(files.reduce(0) { $0 + $1.bytes.count }) bytes")
    print("bare event loop \(Stopwatch.milliseconds(bare))")
    print("  into trees \(Stopwatch.milliseconds(read)), \(Stopwatch.multiple(read, of: bare))")
    print("  emitted \(Stopwatch.milliseconds(emitted)), \(Stopwatch.multiple(emitted, of: bare))")
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
