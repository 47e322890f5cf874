import Diagnostics

/// What excerpts are taken from: a file's lines, and what of them must stay hidden; found once for all its findings.
struct ExcerptSource {
  let lines: SourceLines
  let mask: SecretMask

  init(_ file: SourceFile) {
    lines = SourceLines(file)
    mask = SecretMask(lines)
  }
}

/// One line of source with the stretch to look at.
struct Excerpt: Equatable {
  /// The line, fit to be printed.
  var text: String
  /// How many cells stand before the stretch.
  var leading: Int
  /// How many cells it covers; at least one.
  var length: Int

  /// The longest line that is shown, in bytes: nobody wrote a longer one, and it takes time to find the place in it.
  static let lineLimit = 16 << 10
  /// Cells where nothing says how many there are: a report is read by people.
  private static let defaultWidth = 400

  /// The first line of `location`, cut to `width` cells around its stretch, without values of Secrets; nil where
  /// the file has no such line, or it is too long.
  init?(_ location: Location, of finding: Finding, in source: ExcerptSource, width: Int?) {
    let (start, end) = (location.span.start, location.span.end)
    guard source.lines.length(Int(start.line)) <= Self.lineLimit,
      let text = source.lines.text(Int(start.line)), !text.isEmpty
    else { return nil }
    var scalars = Array(text.unicodeScalars)
    var first = min(max(Int(start.column) - 1, 0), scalars.count)
    var last = end.line == start.line ? min(max(Int(end.column) - 1, 0), scalars.count) : scalars.count
    if let prefix = source.mask.visiblePrefix(ofLine: Int(start.line), of: finding) {
      let mask = SecretMask.replacement.unicodeScalars
      scalars = scalars[..<prefix] + Array(mask)
      first = min(first, prefix)
      last = last > prefix ? scalars.count : last
    }
    let cells = scalars.map { Cell($0) }
    let range = Self.window(cells, around: first..<max(first, last), width: width)
    let before = cells[range.lowerBound..<first]
    let within = cells[first..<min(max(first, last), range.upperBound)]
    let head = range.lowerBound > 0 ? "…" : ""
    let tail = range.upperBound < cells.count ? "…" : ""
    self.text = VisibleText.line(head + cells[range].map(\.text).joined() + tail)
    leading = before.reduce(head.isEmpty ? 0 : 1) { $0 + $1.width }
    length = max(1, within.reduce(0) { $0 + $1.width })
  }

  /// The part of a line that fits: with the start of the stretch in it, a third of the way in.
  private static func window(_ cells: [Cell], around stretch: Range<Int>, width: Int?) -> Range<Int> {
    let width = width.map { max($0, 20) } ?? defaultWidth
    guard cells.reduce(0, { $0 + $1.width }) > width else { return 0..<cells.count }
    var lower = stretch.lowerBound
    var room = width / 3
    while lower > 0, cells[lower - 1].width <= room {
      lower -= 1
      room -= cells[lower].width
    }
    var upper = lower
    room = width - 2
    while upper < cells.count, cells[upper].width <= room {
      room -= cells[upper].width
      upper += 1
    }
    return lower..<max(upper, stretch.lowerBound)
  }
}

/// What one character becomes on a terminal.
private struct Cell {
  let text: String
  let width: Int

  init(_ scalar: Unicode.Scalar) {
    text = VisibleText.line(String(scalar))
    width = text.unicodeScalars.count > 1 ? text.unicodeScalars.count : Self.width(of: scalar)
  }

  /// Two cells for East Asian wide characters and emoji, none for combining marks.
  private static func width(of scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}
