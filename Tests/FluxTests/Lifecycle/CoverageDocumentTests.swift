import Flux
import TestSupport
import Testing

/// `docs/flux-coverage.md` speaks of every kind and every field below `spec`, and of nothing else.
@Suite struct CoverageDocumentTests {
  private struct Row {
    var fields: [String]
    var state: String
  }

  /// The rows of the table under each heading of the third level.
  private static func tables() throws -> [String: [Row]] {
    var found: [String: [Row]] = [:]
    var kind: String?
    for line in try Repository.text("docs/flux-coverage.md").split(separator: "\n") {
      if line.hasPrefix("#") { kind = line.hasPrefix("### ") ? String(line.dropFirst("### ".count)) : nil }
      guard let kind, line.hasPrefix("| `") else { continue }
      let cells = line.split(separator: "|").map { $0.split(separator: " ").map(String.init) }
      guard cells.count >= 2 else { continue }
      let names = cells[0].map { String($0.filter { $0.isLetter }) }
      found[kind, default: []].append(Row(fields: names, state: cells[1].joined(separator: " ")))
    }
    return found
  }

  @Test func everyKindIsThere() throws {
    #expect(Set(try Self.tables().keys) == Set(FluxKind.allCases.map(\.rawValue)))
  }

  @Test(arguments: FluxKind.allCases)
  func everyFieldIsThereOnce(_ kind: FluxKind) throws {
    let rows = try #require(try Self.tables()[kind.rawValue])
    #expect(rows.flatMap(\.fields).sorted() == (kind.schema.members["spec"] ?? [:]).keys.sorted())
    #expect(rows.allSatisfy { ["simulated", "checked", "gap"].contains($0.state) })
  }
}
