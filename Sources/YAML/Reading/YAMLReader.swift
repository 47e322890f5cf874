import CLibYAML
import Diagnostics

/// Reads YAML (and JSON, which is YAML) into trees of nodes.
public enum YAMLReader {
  /// The documents of `file`, in their order.
  /// - Throws: ``YAMLError`` at the first place that cannot be read, or where a limit is passed.
  public static func read(_ file: SourceFile, limits: ReadLimits = .standard) throws(YAMLError) -> [Document] {
    guard file.bytes.count <= limits.bytes else {
      throw YAMLError(.tooLarge(limit: limits.bytes), at: Location(file: file))
    }
    return try unsafe file.bytes.withUnsafeBufferPointer { buffer throws(YAMLError) -> [Document] in
      var parser = unsafe EventParser(over: buffer, of: file)
      var builder = TreeBuilder(file: file, limits: limits)
      var event = unsafe yaml_event_t()
      while !builder.isFinished {
        try unsafe parser.next(&event)
        defer { unsafe yaml_event_delete(&event) }
        try unsafe builder.take(event)
      }
      return builder.documents
    }
  }

  /// The documents of a text that is not in a file of its own.
  public static func read(text: String, path: String = "<text>") throws(YAMLError) -> [Document] {
    try read(SourceFile(path: path, text: text))
  }
}
