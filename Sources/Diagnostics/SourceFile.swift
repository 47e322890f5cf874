/// The bytes of one file, under the path a user knows it by.
///
/// A file is read once; every origin that points into it shares this object.
public final class SourceFile: Sendable {
  /// Relative to the root of the repository, separated by `/`, without a leading `./`.
  public let path: String
  /// The content as read, before any decoding.
  public let bytes: [UInt8]

  /// - Parameters:
  ///   - path: relative to the root of the repository.
  ///   - bytes: the whole content.
  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  /// A file from text: what tests and values made by Sluice itself use.
  public convenience init(path: String, text: String) {
    self.init(path: path, bytes: Array(text.utf8))
  }
}

extension SourceFile: Hashable {
  /// Files are the same when their paths are: within one analysis a path is read once.
  public static func == (left: SourceFile, right: SourceFile) -> Bool {
    left === right || left.path == right.path
  }

  /// Hashes the path.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(path)
  }
}
