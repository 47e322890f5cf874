/// A stretch of a file: what a finding or an error points at.
public struct Location: Sendable, Hashable {
  /// The file.
  public var file: SourceFile
  /// The stretch within it.
  public var span: SourceSpan

  /// A stretch of a file; without a span, its very start.
  public init(file: SourceFile, span: SourceSpan = .fileStart) {
    self.file = file
    self.span = span
  }

  /// `path:line:column`, as compilers write it.
  public var description: String {
    "\(file.path):\(span.start.line):\(span.start.column)"
  }
}

extension Location: CustomStringConvertible, Comparable {
  /// By path (in the order of its bytes), then by span.
  public static func < (left: Location, right: Location) -> Bool {
    left.file == right.file ? left.span < right.span : left.file.path < right.file.path
  }
}

/// A second place that helps to understand a first one, with a sentence that says how.
public struct RelatedLocation: Sendable, Hashable {
  /// The place.
  public var location: Location
  /// One sentence without a full stop: what happens there.
  public var message: String

  /// A place with the sentence that explains it.
  public init(_ message: String, at location: Location) {
    self.location = location
    self.message = message
  }
}
