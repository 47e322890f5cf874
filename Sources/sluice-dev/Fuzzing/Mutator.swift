/// Spoils texts the way mistakes, merges and malice do.
struct Mutator {
  /// A text is cut here, so that a case stays quick.
  static let maximumBytes = 200_000

  /// Other texts, to take parts from.
  let donors: [[UInt8]]

  /// `text` after a few changes.
  func mutated(_ text: [UInt8], _ random: inout RandomSource) -> [UInt8] {
    var text = text
    for _ in 0...random.below(4) {
      text = change(text, &random)
      if text.count > Self.maximumBytes { text.removeLast(text.count - Self.maximumBytes) }
    }
    return text
  }

  private func change(_ text: [UInt8], _ random: inout RandomSource) -> [UInt8] {
    switch random.below(14) {
    case 0: return flipByte(text, &random)
    case 1: return insert(Self.tokens, into: text, &random)
    case 2: return insert(Self.tokens, into: text, &random)
    case 3: return removeBytes(text, &random)
    case 4: return changeLines(text, &random) { lines, index, _ in lines.insert(lines[index], at: index) }
    case 5: return changeLines(text, &random) { lines, index, _ in lines.remove(at: index) }
    case 6:
      return changeLines(text, &random) { lines, index, random in
        lines.swapAt(index, random.below(lines.count))
      }
    case 7: return indentLines(text, &random)
    case 8, 9: return swapWords(text, &random)
    case 10: return splice(text, &random)
    case 11: return takeLines(text, &random)
    case 12: return nest(text, &random)
    default: return changeValue(text, &random)
    }
  }

  // MARK: Bytes

  private func flipByte(_ text: [UInt8], _ random: inout RandomSource) -> [UInt8] {
    guard !text.isEmpty else { return [UInt8(truncatingIfNeeded: random.next())] }
    var text = text
    text[random.below(text.count)] ^= 1 << UInt8(random.below(8))
    return text
  }

  private func removeBytes(_ text: [UInt8], _ random: inout RandomSource) -> [UInt8] {
    guard !text.isEmpty else { return text }
    let start = random.below(text.count)
    let end = min(text.count, start + 1 + random.below(random.oneIn(8) ? text.count : 8))
    return Array(text[..<start] + text[end...])
  }

  private func insert(_ tokens: [[UInt8]], into text: [UInt8], _ random: inout RandomSource) -> [UInt8] {
    guard let token = random.pick(tokens) else { return text }
    let place = random.below(text.count + 1)
    let times = random.oneIn(10) ? 1 + random.below(300) : 1
    return Array(text[..<place] + Array(repeatElement(token, count: times).joined()) + text[place...])
  }

  /// The beginning of one text and the end of another.
  private func splice(_ text: [UInt8], _ random: inout RandomSource) -> [UInt8] {
    guard let other = random.pick(donors) else { return text }
    return Array(text[..<random.below(text.count + 1)] + other[random.below(other.count + 1)...])
  }

  // MARK: Lines

  private typealias Lines = [ArraySlice<UInt8>]

  private func lines(_ text: [UInt8]) -> Lines {
    text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  }

  private func changeLines(
    _ text: [UInt8], _ random: inout RandomSource, _ change: (inout Lines, Int, inout RandomSource) -> Void
  ) -> [UInt8] {
    var lines = lines(text)
    guard !lines.isEmpty else { return text }
    let index = random.below(lines.count)
    change(&lines, index, &random)
    return Array(lines.joined(separator: [UInt8(ascii: "\n")]))
  }

  private func indentLines(_ text: [UInt8], _ random: inout RandomSource) -> [UInt8] {
    changeLines(text, &random) { lines, index, random in
      let end = min(lines.count, index + 1 + random.below(6))
      for line in index..<end {
        lines[line] = random.oneIn(2) ? [0x20, 0x20] + lines[line] : lines[line].dropFirst(2)
      }
    }
  }

  /// Some lines of another text between those of this one.
  private func takeLines(_ text: [UInt8], _ random: inout RandomSource) -> [UInt8] {
    guard let other = random.pick(donors) else { return text }
    let donor = lines(other)
    return changeLines(text, &random) { lines, index, random in
      let start = random.below(donor.count)
      lines.insert(contentsOf: donor[start..<min(donor.count, start + 1 + random.below(10))], at: index)
    }
  }

  /// Puts what stands behind a line's colon of this or another text behind a line's colon here.
  private func changeValue(_ text: [UInt8], _ random: inout RandomSource) -> [UInt8] {
    let donor = lines(random.oneIn(2) ? text : random.pick(donors) ?? text)
    return changeLines(text, &random) { lines, index, random in
      guard let colon = lines[index].firstIndex(of: UInt8(ascii: ":")) else { return }
      let value: [UInt8]
      if random.oneIn(2), let token = random.pick(Self.tokens) {
        value = [0x20] + token
      } else {
        value = random.pick(donor).map { Array($0.drop { $0 != UInt8(ascii: ":") }.dropFirst()) } ?? []
      }
      lines[index] = lines[index][...colon] + value
    }
  }

  // MARK: Words

  private func swapWords(_ text: [UInt8], _ random: inout RandomSource) -> [UInt8] {
    let other = random.oneIn(3) ? random.pick(donors) ?? text : text
    guard let target = word(in: text, &random), let source = word(in: other, &random) else { return text }
    return Array(text[..<target.lowerBound] + other[source] + text[target.upperBound...])
  }

  private func word(in text: [UInt8], _ random: inout RandomSource) -> Range<Int>? {
    guard !text.isEmpty else { return nil }
    let start = random.below(text.count)
    let isInWord = { (byte: UInt8) in byte > 0x20 && byte != UInt8(ascii: ":") && byte != UInt8(ascii: ",") }
    guard let first = text[start...].firstIndex(where: isInWord) else { return nil }
    let end = text[first...].firstIndex { !isInWord($0) } ?? text.endIndex
    return first..<end
  }

  // MARK: Depth

  /// Deep brackets, or the whole text deep inside of keys.
  private func nest(_ text: [UInt8], _ random: inout RandomSource) -> [UInt8] {
    let depth = 1 + random.below(random.oneIn(4) ? 20_000 : 60)
    let pairs: [(open: String, close: String)] = [
      ("[", "]"), ("{a: ", "}"), ("- ", ""), ("${a:=", "}"), ("(", ")"), ("{{ if 1 }}", "{{ end }}"),
    ]
    let pair = pairs[random.below(pairs.count)]
    let place = random.below(text.count + 1)
    let end = place + random.below(text.count - place + 1)
    let opened = repeatElement(Array(pair.open.utf8), count: depth).joined()
    let closed = repeatElement(Array(pair.close.utf8), count: depth).joined()
    return Array(text[..<place]) + Array(opened) + Array(text[place..<end]) + Array(closed) + Array(text[end...])
  }

  /// What means something to one of the languages that are read.
  static let tokens: [[UInt8]] =
    [
      "", " ", "\n", "\t", "\r\n", "\u{FEFF}", "\u{85}", "\u{2028}", "\u{0}", "---\n", "...\n", "--- ", "# ",
      "%YAML 1.3\n",
      "&a ", "*a", "*a ", "<<: *a\n", "? ", ": ", "- ", "|\n", ">-\n", "|9\n", "!!binary ", "!!int ", "!!str ", "!<x> ",
      "'", "\"", "\\", "\\x", "\\U0010ffff", "[", "]", "{", "}", "[]", "{}", ",", "~", "null", "true", "yes", ".inf",
      ".nan",
      "0", "-1", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "1e999", "0x7fffffffffffffff",
      "0o7", "1_0",
      "99999999999999999999999999999999", "-0", "4294967296", "2147483648", "1s", "9999999999h", "-1ns",
      "${a}", "${a:=", "${a/b/c}", "${a:1:-9}", "${a:9223372036854775807}", "${", "$${a}", "${a^^}", "${a##*}",
      "{{ . }}", "{{", "}}", "{{-", "-}}", "{{ range . }}", "{{ end }}", "{{ template \"t\" . }}",
      "{{ include \"t\" . }}",
      "| printf \"%99999d\"", "| repeat 999999999", "| indent 999999999", "| until", "| toYaml", "| fromYaml",
      "| b64dec",
      "| substr 5 -1", "| slice 9223372036854775807", "| index 1", "| regexMatch \"(a+)+$\"", "| nindent -1",
      "| trunc -9223372036854775808",
      "$patch: delete\n", "$patch: replace\n", "$patch: merge\n", "$retainKeys: [a]\n",
      "$setElementOrder/containers: []\n",
      "$deleteFromPrimitiveList/args: [a]\n", "../", "../..", "/", ".", "./", "/-", "/0", "~1", "~0", "*", "**",
      "(a+)+$", "[", "(?", "\\1",
      "kind: Kustomization\n", "kind: List\n", "kind: ConfigMap\n", "apiVersion: v1\n", "metadata:\n  name: a\n",
      "namespace: ",
      "op: copy", "op: move", "op: remove", "from: \"\"", "path: \"\"", "path: /", "value: ", "1.2.3", ">= 1.0 <0",
      "^*", "x", "@sha256:",
      "resources:\n- .\n", "components:\n- ..\n",
      "patches:\n- patch: |-\n    - op: copy\n      from: \"\"\n      path: /a\n",
    ].map { Array($0.utf8) } + [[0xFF], [0xC3, 0x28], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80]]
}
