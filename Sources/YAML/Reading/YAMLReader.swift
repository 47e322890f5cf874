import Diagnostics

/// Reads YAML (and JSON, which is YAML) into trees of nodes.
public enum YAMLReader {
  /// The documents of `file`, in their order.
  /// - Parameters:
  ///   - dialect: whose merge keys to follow. For v3 the keys of a mapping win over merged ones; for v2 what comes later
  ///     wins.
  ///   - repeatedKeys: which value of a key that stands twice in a mapping counts.
  /// - Throws: ``YAMLError`` at the first place that cannot be read, or where a limit is passed.
  public static func read(
    _ file: SourceFile, limits: ReadLimits = .standard, dialect: YAMLDialect = .goYAML3,
    repeatedKeys: RepeatedKeys = .lastWins
  ) throws(YAMLError) -> [Document] {
    try read(file, limits: limits, dialect: dialect, repeatedKeys: repeatedKeys, count: .max)
  }

  /// The first document of `file`, which is all that sigs.k8s.io/yaml looks at in values and kustomization files:
  /// what comes behind it may even be broken. Nil where there is none.
  public static func readFirst(
    _ file: SourceFile, limits: ReadLimits = .standard, dialect: YAMLDialect = .goYAML2
  ) throws(YAMLError) -> Document? {
    try read(file, limits: limits, dialect: dialect, repeatedKeys: .lastWins, count: 1).first
  }

  private static func read(
    _ file: SourceFile, limits: ReadLimits, dialect: YAMLDialect, repeatedKeys: RepeatedKeys, count: Int
  ) throws(YAMLError) -> [Document] {
    guard file.bytes.count <= limits.bytes else {
      throw YAMLError(.tooLarge(limit: limits.bytes), at: Location(file: file))
    }
    return try EscapedApostrophes.read(file) { bytes throws(YAMLError) in
      try FlowColons.read(bytes, of: file) { bytes throws(YAMLError) in
        try read(bytes, of: file, limits: limits, dialect: dialect, repeatedKeys: repeatedKeys, count: count)
      }
    } restore: { documents, escapes in
      documents.map(escapes.restored)
    }
  }

  /// - Parameter bytes: the content of `file`, or what is read in its place.
  private static func read(
    _ bytes: [UInt8], of file: SourceFile, limits: ReadLimits, dialect: YAMLDialect, repeatedKeys: RepeatedKeys,
    count: Int
  ) throws(YAMLError) -> [Document] {
    try unsafe bytes.withUnsafeBufferPointer { buffer throws(YAMLError) -> [Document] in
      var parser = unsafe EventParser(over: buffer, of: file)
      var builder = TreeBuilder(
        file: file, limits: limits, dialect: dialect, repeatedKeys: repeatedKeys,
        slashEscapes: SlashEscapes(bytes, of: file))
      while !builder.isFinished, builder.endedDocuments < count {
        try unsafe builder.take(parser.next())
      }
      return builder.documents
    }
  }

  /// The documents of a text that is not in a file of its own.
  public static func read(text: String, path: String = "<text>") throws(YAMLError) -> [Document] {
    try read(SourceFile(path: path, text: text))
  }
}
