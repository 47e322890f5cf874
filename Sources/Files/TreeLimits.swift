/// What may be read of a tree at most.
public struct TreeLimits: Sendable, Hashable {
  /// The size of one file, in bytes.
  public var fileBytes: Int
  /// The entries of one directory.
  public var directoryEntries: Int

  /// Limits that no repository written by people meets.
  public init(fileBytes: Int = 64 << 20, directoryEntries: Int = 200_000) {
    self.fileBytes = fileBytes
    self.directoryEntries = directoryEntries
  }
}
