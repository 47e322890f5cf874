import Diagnostics
import Testing
import YAML

@Suite struct ReaderTests {
  private func span(_ node: Node?) -> String {
    guard let span = node?.origin.span else { return "nothing" }
    return "\(span.start.line):\(span.start.column)-\(span.end.line):\(span.end.column)"
  }

  @Test func spansAreTight() throws {
    let root = try #require(
      YAMLReader.read(
        text: """
          list: [a, {b: c}]   # comment
          block:
            - one
            - two:   three

          empty:
          text: |
            line
          last: "x"
          """
      ).first?.root)
    #expect(span(root) == "1:1-9:10")
    #expect(span(root["list"]) == "1:7-1:18")
    #expect(span(root["list"]?.sequence?[1]) == "1:11-1:17")
    #expect(span(root["block"]) == "3:3-4:17")
    #expect(span(root["block"]?.sequence?[1]) == "4:5-4:17")
    #expect(span(root["empty"]) == "6:7-6:7")
    #expect(span(root["text"]) == "7:7-9:1")
    #expect(span(root["last"]) == "9:7-9:10")
    #expect(root["list"]?.sequence?[1].mapping?.isFlow == true)
  }

  @Test func documentsKnowWhereTheyStart() throws {
    let documents = try YAMLReader.read(text: "a: 1\n---\nb: 2\n---\n---   # nothing\n# c\n")
    #expect(documents.map(\.start.line) == [1, 2, 4, 5])
    #expect(documents.map(\.isEmpty) == [false, false, true, true])
    #expect(documents.map(\.index) == [0, 1, 2, 3])
  }

  @Test func anchorsAndMergesAreExpanded() throws {
    let root = try #require(
      YAMLReader.read(
        text: """
          base: &base {a: 1, b: 2}
          more: &more {b: 3, c: 4}
          one:
            <<: *base
            a: own
          both:
            <<: [*base, *more]
          same: *base
          """
      ).first?.root)
    #expect(root[path: "one", "a"]?.scalar?.text == "own")
    #expect(root[path: "one", "b"]?.scalar?.text == "2")
    #expect(root["both"]?.mapping?.keys == ["a", "b", "c"])
    #expect(root[path: "both", "b"]?.scalar?.text == "2")
    // a value that was taken over is where it was written
    #expect(span(root["same"]) == "1:7-1:25")
    // what holds it ends where it stands
    #expect(span(root["one"]) == "4:3-5:9")
  }

  @Test func repeatedKeysAreReported() throws {
    let documents = try YAMLReader.read(text: "a: 1\nb: 2\na: 3\n")
    #expect(documents[0].root["a"]?.scalar?.text == "3")
    #expect(documents[0].root.mapping?.count == 2)
    let duplicate = try #require(documents[0].duplicateKeys.first)
    #expect(duplicate.code == .duplicateKey("a"))
    #expect(duplicate.place.span.start == .init(line: 3, column: 1))
    #expect(duplicate.trace.first?.location.span.start == .init(line: 1, column: 1))
    let many = (0..<40).map { "k\($0): \($0)\n" }.joined() + "k7: x\n"
    #expect(try YAMLReader.read(text: many)[0].duplicateKeys.map(\.code) == [.duplicateKey("k7")])
  }

  @Test(arguments: [
    ("a: [1, 2\n", "1:4"), ("a: \"b\nc: \"d\"", "1:4"), ("a: 'b\nc: d", "1:4"), ("a: [1, 2", "1:9"),
    ("a: b: c", "1:5"),
    ("a:\n\t- b", "2:1"),
    ("a: 'x", "1:6"),
    ("{a: 1}}", "1:7"),
    ("a: *nope", "1:4"),
    ("a: &x [*x]", "1:8"),
    ("? [a]\n: b", "1:3"),
    ("<<: 1", "1:5"),
    ("a: 1\n%foo", "2:5"),
    ("%YAML 1.2\n---\na: 1\n", "1:1"),
    (#"{"ok": "\\/", "url": "http:\/\/x"}"#, "1:28"),
  ])
  func brokenTextsAreErrorsWithAPlace(text: String, place: String) {
    do {
      _ = try YAMLReader.read(text: text)
      Issue.record("no error")
    } catch {
      #expect("\(error.place.span.start.line):\(error.place.span.start.column)" == place, "\(error.message)")
    }
  }

  @Test(
    arguments: [
      ([0x61, 0x3A, 0x20, 0x00], "1:4"),
      ([0x61, 0x0A, 0x3A, 0x20, 0xFF], "2:3"),
      ([0x61, 0x3A, 0x20, 0xC3], "1:4"),
      ([0x61, 0x3A, 0x20, 0x7F], "1:4"),
      ([0x61, 0x3A, 0x20, 0xED, 0xA0, 0x80], "1:4"),
      ([0xFF, 0xFE, 0x61], "1:3"),
    ] as [([UInt8], String)])
  func wrongBytesAreErrorsWithAPlace(bytes: [UInt8], place: String) {
    do {
      _ = try YAMLReader.read(SourceFile(path: "f.yaml", bytes: bytes))
      Issue.record("no error")
    } catch {
      guard case .encoding = error.code else {
        Issue.record("\(error)")
        return
      }
      #expect("\(error.place.span.start.line):\(error.place.span.start.column)" == place, "\(error.message)")
    }
  }

  @Test func escapedApostrophesAreReadAsGoYAMLDoes() throws {
    let text = #"{a: "it\'s \\ \'x\'", b: c, d: "\'"} # e"# + "\nf: \"\\'\n  g\"\n"
    let lines = text.split(separator: "\n").map(String.init)
    let root = try YAMLReader.read(text: lines[0])[0].root
    #expect(root["a"]?.scalar?.text == #"it's \ 'x'"#)
    #expect(span(root["a"]) == "1:5-1:21")
    #expect(span(root["b"]) == "1:26-1:27")
    #expect(span(root["d"]) == "1:32-1:36")
    #expect(span(root) == "1:1-1:37")
    #expect(try YAMLReader.read(text: lines[1...].joined(separator: "\n"))[0].root["f"]?.scalar?.text == "' g")
    #expect(throws: YAMLError.self) { try YAMLReader.read(text: #"a: "\'" b"#) }
    #expect(throws: YAMLError.self) { try YAMLReader.read(text: #"a: "\'\q""#) }
  }

  @Test func otherEncodingsAndLineBreaks() throws {
    let marked = try YAMLReader.read(text: "\u{FEFF}a: 1\r\nb: [x,\r\n  y]\r\n")
    #expect(marked[0].root.mapping?.keys == ["a", "b"])
    #expect(span(marked[0].root["b"]) == "2:4-3:5")
    let wide: [UInt8] = [0xFE, 0xFF] + "é: 😀\n".utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    let root = try YAMLReader.read(SourceFile(path: "f.yaml", bytes: wide))[0].root
    #expect(root["é"]?.scalar?.text == "😀")
    #expect(try YAMLReader.read(text: "").isEmpty)
    #expect(try YAMLReader.read(text: "# only\n").isEmpty)
  }

  // MARK: Where go-yaml and libyaml disagree about brackets

  @Test(arguments: ["[--url=http://a?b=c]", "[a?]", "{a: b?c}", "{a?: b}", "[:b]", "{a: :b}"])
  func bracketsRefuseWhatGoYAMLRefuses(_ text: String) throws {
    #expect(throws: YAMLError.self) { try YAMLReader.read(text: text) }
  }

  @Test(arguments: ["a: --url=http://a?b=c", "['--url=http://a?b=c']", "- a?b", "[a:b]", "{a: b:c}"])
  func outsideOfThemAndInQuotesTheSameIsRead(_ text: String) throws {
    #expect(try YAMLReader.read(text: text).count == 1)
  }

  @Test func colonsBeforeCommasBelongToTheText() throws {
    let root = try YAMLReader.read(text: "{http://example.com:, b: [c:, d], e^: f}")[0].root
    #expect(root.mapping?.keys == ["http://example.com:", "b", "e^"])
    #expect(root["b"]?.sequence?.compactMap { $0.scalar?.text } == ["c:", "d"])
    #expect(span(root["b"]) == "1:26-1:33")
    let error = #expect(throws: YAMLError.self) { try YAMLReader.read(text: "{a:, b: ]}") }
    #expect(error?.place.span.start.column == 9)
  }
}
