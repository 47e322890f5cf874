import Diagnostics
import Reports

/// Lines of text with places behind them, for people at a terminal.
struct TextTable {
  /// The widest column of texts; longer ones push their places to the right.
  private static let widest = 76
  private(set) var lines: [String] = []

  /// A line by itself.
  mutating func add(_ text: String = "", indent: Int = 0) {
    lines.append(text.isEmpty ? "" : Self.spaces(indent) + VisibleText.line(text))
  }

  /// Lines with their places, in two columns.
  mutating func add(_ rows: [(text: String, place: Location?)], indent: Int) {
    let width = min(rows.map(\.text.unicodeScalars.count).max() ?? 0, Self.widest)
    for row in rows {
      guard let place = row.place else {
        add(row.text, indent: indent)
        continue
      }
      let gap = max(2, width + 2 - row.text.unicodeScalars.count)
      add(row.text + Self.spaces(gap) + place.description, indent: indent)
    }
  }

  /// Lines with their places, the first behind a label, the others below it.
  mutating func add(_ label: String, _ rows: [RelatedLocation], indent: Int) {
    let width = 11
    let labelled = rows.enumerated().map { index, row in
      let head = index == 0 ? label : ""
      return (text: head + Self.spaces(width - head.utf8.count) + row.message, place: Optional(row.location))
    }
    add(labelled, indent: indent)
  }

  /// All of it.
  var text: String { lines.joined(separator: "\n") + "\n" }

  private static func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}
