import Diagnostics
import Reports

/// Lines of text with places behind them, for people at a terminal.
struct TextTable {
  /// The widest column of texts; longer ones have their places below them.
  private static let widest = 76
  /// How wide labels are, with the spaces behind them.
  private static let labelWidth = 11
  private(set) var lines: [String] = []

  /// A line by itself.
  mutating func add(_ text: String = "", indent: Int = 0) {
    lines.append(text.isEmpty ? "" : Self.spaces(indent) + VisibleText.line(text))
  }

  /// Lines with their places, in two columns.
  mutating func add(_ rows: [(text: String, place: Location?)], indent: Int, below: Int = 2) {
    let width = rows.map(\.text.unicodeScalars.count).filter { $0 <= Self.widest }.max() ?? 0
    for row in rows {
      guard let place = row.place else {
        add(row.text, indent: indent)
        continue
      }
      let length = row.text.unicodeScalars.count
      if length > Self.widest {
        add(row.text, indent: indent)
        add(place.description, indent: indent + below)
      } else {
        add(row.text + Self.spaces(width + 2 - length) + place.description, indent: indent)
      }
    }
  }

  /// Lines with their places, the first behind a label, the others below it.
  mutating func add(_ label: String, _ rows: [RelatedLocation], indent: Int) {
    let width = Self.labelWidth
    let labelled = rows.enumerated().map { index, row in
      let head = index == 0 ? label : ""
      return (text: head + Self.spaces(width - head.utf8.count) + row.message, place: Optional(row.location))
    }
    add(labelled, indent: indent, below: width + 2)
  }

  /// A text without a place, behind a label.
  mutating func add(_ label: String, _ text: String, indent: Int) {
    add(label + Self.spaces(Self.labelWidth - label.utf8.count) + text, indent: indent)
  }

  /// All of it.
  var text: String { lines.joined(separator: "\n") + "\n" }

  private static func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}
