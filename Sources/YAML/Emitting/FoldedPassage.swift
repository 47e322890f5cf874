/// What becomes of a folded scalar (`>`) in kustomize, which prints resources with go-yaml v3 and reads them again
/// before it builds its output.
///
/// go-yaml decides with the *first* line of the text, not with the next one, whether a line break must be doubled to
/// survive folding. Texts with indented lines come out changed: such a block gains an empty line before it.
enum FoldedPassage {
  /// The text after it was printed and read again.
  static func pass(_ text: String) -> String {
    // What cannot stand in block style is printed in quotes, and comes back unchanged.
    guard text.utf8.contains(UInt8(ascii: "\n")), TextAnalysis(text.utf8.span, tabsAreSpecial: false).allowsBlock
    else { return text }
    return read(printed(Array(text.utf8)), keepsAll: text.hasSuffix("\n\n") || text == "\n")
  }

  /// The lines as go-yaml prints them, without their indentation.
  private static func printed(_ text: [UInt8]) -> [UInt8] {
    let firstOfText = text.first { $0 != UInt8(ascii: "\n") }
    let doublesBreaks = firstOfText.map { !isBlank($0) } ?? false
    var lines: [UInt8] = []
    var (afterBreak, inBlankLine) = (true, true)
    for byte in text {
      if byte == UInt8(ascii: "\n") {
        if !afterBreak, !inBlankLine, doublesBreaks { lines.append(byte) }
        afterBreak = true
      } else {
        if afterBreak { inBlankLine = isBlank(byte) }
        afterBreak = false
      }
      lines.append(byte)
    }
    return lines
  }

  /// Folds the lines as YAML says. At the end one line break stays, all of them, or none if there was none.
  private static func read(_ lines: [UInt8], keepsAll: Bool) -> String {
    var found: [UInt8] = []
    var breaks = 0
    var previousIsBlank: Bool?
    var index = 0
    while index < lines.count {
      if lines[index] == UInt8(ascii: "\n") {
        breaks += 1
        index += 1
        continue
      }
      let startsBlank = isBlank(lines[index])
      if let previous = previousIsBlank, !previous, !startsBlank {
        found.append(
          contentsOf: breaks == 1 ? [UInt8(ascii: " ")] : Array(repeating: UInt8(ascii: "\n"), count: breaks - 1))
      } else {
        found.append(contentsOf: Array(repeating: UInt8(ascii: "\n"), count: breaks))
      }
      breaks = 0
      previousIsBlank = startsBlank
      let end = lines[index...].firstIndex(of: UInt8(ascii: "\n")) ?? lines.endIndex
      found += lines[index..<end]
      index = end
    }
    found.append(contentsOf: Array(repeating: UInt8(ascii: "\n"), count: keepsAll ? breaks : min(breaks, 1)))
    return String(decoding: found, as: UTF8.self)
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }
}
