import CLibYAML
import Diagnostics

extension YAMLReader {
  /// The first document of `file`; nil when it holds none. What follows it is not looked at, as Go's `yaml.Unmarshal`
  /// does not.
  /// - Throws: ``YAMLError`` at the first place of the document that cannot be read, or where a limit is passed.
  public static func readFirst(_ file: SourceFile, limits: ReadLimits = .standard) throws(YAMLError) -> Document? {
    guard file.bytes.count <= limits.bytes else {
      throw YAMLError(.tooLarge(limit: limits.bytes), at: Location(file: file))
    }
    return try unsafe file.bytes.withUnsafeBufferPointer { buffer throws(YAMLError) -> Document? in
      var parser = unsafe EventParser(over: buffer, of: file)
      var builder = TreeBuilder(file: file, limits: limits)
      var event = unsafe yaml_event_t()
      var hasEnded = false
      while !builder.isFinished, !hasEnded {
        try unsafe parser.next(&event)
        defer { unsafe yaml_event_delete(&event) }
        try unsafe builder.take(event)
        hasEnded = unsafe event.type == YAML_DOCUMENT_END_EVENT
      }
      return builder.documents.first
    }
  }
}
