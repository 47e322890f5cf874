import Diagnostics

/// One document of a YAML file.
public struct Document: Sendable {
  /// Its content; a plain empty scalar (null) where the document is empty.
  public var root: Node
  /// Its number in the file, from 0, empty documents included.
  public var index: Int
  /// Where it starts: at its `---`, or at its first token where there is none.
  public var start: SourcePosition
  /// Keys that stand twice in a mapping: what strict readers refuse and others let pass (the last one wins here).
  public var duplicateKeys: [YAMLError]

  /// A document with its content.
  public init(
    root: Node, index: Int, start: SourcePosition = SourceSpan.fileStart.start, duplicateKeys: [YAMLError] = []
  ) {
    self.root = root
    self.index = index
    self.start = start
    self.duplicateKeys = duplicateKeys
  }

  /// Whether it holds nothing (or a null).
  public var isEmpty: Bool {
    root.scalar?.resolved == .null
  }
}
