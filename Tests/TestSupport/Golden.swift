import Foundation
import Testing

/// Compares a text with a file that was reviewed once.
///
/// With `UPDATE_GOLDENS=1` in the environment the file is written. A file that is missing is written too, and the test
/// fails, so that nobody takes it for reviewed.
/// - Parameter path: from the root of the repository.
public func expectGolden(_ text: String, at path: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
  let isUpdate = ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] == "1"
  if isUpdate || !Repository.exists(path) {
    let url = Repository.root.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: url, atomically: true, encoding: .utf8)
    if !isUpdate { Issue.record("\(path) was missing and has been written: review it", sourceLocation: sourceLocation) }
    return
  }
  let wanted = try Repository.text(path)
  #expect(
    text == wanted, "\(path) differs; run the test with UPDATE_GOLDENS=1 and review the change",
    sourceLocation: sourceLocation)
}
