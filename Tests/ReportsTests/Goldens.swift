import Foundation
import Testing

/// The root of the repository, from the place of this file.
let repositoryRoot = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

/// Compares with a file under `testdata/`. `UPDATE_GOLDENS=1` rewrites it; a missing one is written, and fails.
func expectGolden(
  _ bytes: [UInt8], _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let url = repositoryRoot.appendingPathComponent("testdata/\(name)")
  let known = try? Data(contentsOf: url)
  if known == nil || ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] != nil {
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }
  #expect(
    known == Data(bytes), "\(name) differs; look at the change, then run the tests with UPDATE_GOLDENS=1",
    sourceLocation: sourceLocation)
}

extension [UInt8] {
  var text: String { String(decoding: self, as: UTF8.self) }
}
