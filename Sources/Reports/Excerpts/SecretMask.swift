import Diagnostics

/// Keeps values of Secrets out of excerpts.
///
/// Works on lines, not on parsed YAML: an excerpt is wanted most where a file does not parse. So it errs on the side
/// of hiding: in a document that has to do with a Secret, a value is shown only where it surely is none of its data.
struct SecretMask {
  private let lines: SourceLines
  private let secretDocuments: [ClosedRange<Int>]

  init(_ lines: SourceLines) {
    self.lines = lines
    // Most files hold none of the words, which is found out faster over the whole than line by line.
    secretDocuments = lines.contains("ecret") || lines.contains("stringData") ? Self.secretDocuments(lines) : []
  }

  /// What an excerpt shows instead of a value.
  static let replacement = "•••"

  /// How many of the line's characters may be shown; nil for all of them.
  func visiblePrefix(ofLine line: Int, of finding: Finding) -> Int? {
    guard
      finding.isSensitive || finding.object?.kind == "Secret" || secretDocuments.contains(where: { $0.contains(line) })
    else { return nil }
    guard let text = lines.text(line) else { return nil }
    let entry = LineEntry(text)
    guard entry.hasValue, finding.isSensitive || !isHarmless(line, entry) else { return nil }
    return entry.valueStart
  }

  /// The lines of the YAML documents that hold a Secret or make one. One that only refers to a Secret holds none of its
  /// values.
  private static func secretDocuments(_ lines: SourceLines) -> [ClosedRange<Int>] {
    var found: [ClosedRange<Int>] = []
    var (first, namesSecret, hasData) = (1, false, false)
    for number in 1...max(lines.count, 1) {
      let text = lines.text(number) ?? ""
      if text.hasPrefix("---"), number > first {
        if namesSecret, hasData { found.append(first...(number - 1)) }
        (first, namesSecret, hasData) = (number, false, false)
      }
      let compact = String(text.unicodeScalars.filter { !" \t\"'".unicodeScalars.contains($0) })
      let makesSecret = compact.contains("stringData:") || compact.contains("secretGenerator:")
      let isSecret = makesSecret || (namesKind(compact) && text.first != " " && text.first != "-")
      namesSecret = namesSecret || isSecret || namesKind(compact)
      hasData = hasData || isSecret || holdsData(compact)
    }
    return namesSecret && hasData ? found + [first...max(lines.count, 1)] : found
  }

  /// Whether a line has the key `data`, or a pointer to something below it; `metadata` is another one.
  private static func holdsData(_ compact: String) -> Bool {
    compact.hasPrefix("data:")
      || ["-data:", ",data:", "{data:", "/data/", "tringData"].contains { compact.contains($0) }
  }

  private static func namesKind(_ compact: String) -> Bool {
    guard let range = compact.firstRange(of: "kind:Secret") else { return false }
    let rest = compact[range.upperBound...]
    return rest.hasPrefix("List") || rest.first.map { !$0.isLetter && !$0.isNumber } ?? true
  }

  /// Paths of keys under which no secret value stands: identity, and references to files.
  private static let harmless: Set<[String]> = [
    ["apiVersion"], ["kind"], ["type"], ["immutable"], ["namespace"], ["resources"], ["components"], ["bases"],
    ["namePrefix"], ["nameSuffix"], ["metadata", "name"], ["metadata", "namespace"], ["metadata", "labels"],
    ["secretGenerator", "name"], ["secretGenerator", "namespace"], ["secretGenerator", "type"],
    ["secretGenerator", "behavior"],
  ]

  private func isHarmless(_ line: Int, _ entry: LineEntry) -> Bool {
    guard let path = path(line, entry) else { return false }
    return Self.harmless.contains { path.starts(with: $0) }
  }

  /// The keys that lead to a line, by indentation; nil where the lines above do not say.
  private func path(_ line: Int, _ entry: LineEntry) -> [String]? {
    var keys = entry.key.map { [$0] } ?? []
    // An item of a list may stand in the column of its key.
    var (indent, isItem) = (entry.indent, entry.isItem)
    var above = line - 1
    while indent > 0 || isItem, let text = lines.text(above) {
      let candidate = LineEntry(text)
      above -= 1
      if candidate.isBlank { continue }
      if text.hasPrefix("---") { return nil }
      guard candidate.indent < indent || (isItem && candidate.indent == indent && !candidate.isItem) else { continue }
      // After a dash stands the first of several keys of one item: beside ours, or above it.
      if candidate.keyColumn < indent || !candidate.isItem {
        guard let key = candidate.key else { return nil }
        keys.insert(key, at: 0)
      }
      (indent, isItem) = (candidate.indent, candidate.isItem)
    }
    return keys.isEmpty ? nil : keys
  }
}

/// One line of YAML in block style, as far as a line tells.
private struct LineEntry {
  /// The column of the first character that is no space, from 0.
  let indent: Int
  /// The column of the key: behind the dashes.
  let keyColumn: Int
  /// Whether it begins with a dash.
  let isItem: Bool
  /// The key, when it is a simple one.
  let key: String?
  /// Where the value begins, counted in Unicode scalars from 0.
  let valueStart: Int
  let hasValue: Bool
  let isBlank: Bool

  init(_ text: String) {
    let scalars = Array(text.unicodeScalars)
    var start = scalars.firstIndex { $0 != " " } ?? scalars.count
    indent = start
    isBlank = start == scalars.count || scalars[start] == "#"
    let dash = start
    while start + 1 < scalars.count, scalars[start] == "-", scalars[start + 1] == " " {
      start = scalars[(start + 1)...].firstIndex { $0 != " " } ?? scalars.count
    }
    isItem = start > dash
    keyColumn = start
    let end = scalars[start...].firstIndex { !Self.isKeyCharacter($0) } ?? scalars.count
    let isKey =
      end > start && end < scalars.count && scalars[end] == ":"
      && (end + 1 == scalars.count || scalars[end + 1] == " ")
    key = isKey ? String(String.UnicodeScalarView(scalars[start..<end])) : nil
    let afterKey = isKey ? end + 1 : start
    valueStart = scalars[afterKey...].firstIndex { $0 != " " } ?? scalars.count
    hasValue = valueStart < scalars.count
  }

  private static func isKeyCharacter(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "-_./".unicodeScalars.contains(scalar)
  }
}
