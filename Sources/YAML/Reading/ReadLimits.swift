/// How much a YAML text may ask of the reader. Input is hostile: a fork's pull request can hold anything.
public struct ReadLimits: Sendable, Hashable {
  /// Levels of nesting. Trees are walked recursively, also on small stacks.
  public var depth: Int
  /// Values that aliases may add in one file, counted as if each were written out.
  public var aliasedNodes: Int
  /// Bytes of one file.
  public var bytes: Int

  /// Limits; the defaults are far above what people write.
  public init(depth: Int = 256, aliasedNodes: Int = 400_000, bytes: Int = 64 << 20) {
    self.depth = depth
    self.aliasedNodes = aliasedNodes
    self.bytes = bytes
  }

  /// What ``YAMLReader`` uses where nothing else is said.
  public static let standard = ReadLimits()
}
