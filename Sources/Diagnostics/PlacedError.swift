/// An error that knows its place. Every engine's error type is one, so that any of them can become a finding.
public protocol PlacedError: Error, Sendable {
  /// What is wrong: the object, the fact, and where short the remedy. No full stop, no file name or line in front.
  var message: String { get }
  /// The place that causes it; nil only where no file is involved.
  var location: Location? { get }
  /// Further places that led there, outermost last.
  var trace: [RelatedLocation] { get }
}

extension PlacedError {
  /// `path:line:column: message`, then a line for each step of the trace.
  public var report: String {
    let head = location.map { "\($0): \(message)" } ?? message
    return trace.reduce(head) { $0 + "\n  \($1.location): \($1.message)" }
  }
}
