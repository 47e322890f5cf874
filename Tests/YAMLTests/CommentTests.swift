import Diagnostics
import Testing
import YAML

@Suite struct CommentTests {
  private func comments(_ text: String) throws -> [String] {
    try Comments.scan(SourceFile(path: "f.yaml", text: text)).map {
      "\($0.span.start.line):\($0.span.start.column)-\($0.span.end.column) \($0.isAlone ? "alone" : "beside") \($0.text)"
    }
  }

  @Test func standAloneAndBesideValues() throws {
    let text = """
      # head
      image: nginx:1.27 # {"$imagepolicy": "flux-system:nginx"}
      ports:   # which
        - 80
        #foot
      """
    #expect(
      try comments(text) == [
        "1:1-7 alone head",
        #"2:19-58 beside {"$imagepolicy": "flux-system:nginx"}"#,
        "3:10-17 beside which",
        "5:3-8 alone foot",
      ])
  }

  @Test func areNotFoundInsideScalars() throws {
    let text = """
      url: http://example.org/#top
      quoted: "a # b"
      single: 'it''s # c'
      script: |  # header
        # not a comment
        run

      folded: >-
        # neither
      flow: [a, "#b", c]  # real
      plain: a
        b #end
      """
    #expect(try comments(text) == ["4:12-20 beside header", "10:21-27 beside real", "12:5-9 beside end"])
  }

  @Test(arguments: [
    ("a: 1 # x\r\nb: 2 # y\r\n", ["1:6-9 beside x", "2:6-9 beside y"]),
    ("\u{FEFF}# head\na: 1\n", ["1:1-7 alone head"]),
    ("ä: öö # ü\n", ["1:7-10 beside ü"]),
    ("%YAML 1.1 # d\n---  # s\na: 1\n... # e\n", ["1:11-14 beside d", "2:6-9 beside s", "4:5-8 beside e"]),
    ("a: |+\n  x\n\n# after\nb: 1\n", ["4:1-8 alone after"]),
    ("a: &x#y 1\nb: *x#y\n", [String]()),
    (##"a: ["\'#\'", " # ", "#"] # e"##, ["1:26-29 beside e"]),
    ("a: | # x\u{85} b # c\n", ["1:6-9 beside x"]),
    ("#\n#", ["1:1-2 alone ", "2:1-2 alone "]),
    ("a: 'b'#c", [String]()),
  ])
  func inOddPlaces(text: String, expected: [String]) throws {
    guard let found = try? comments(text) else {
      // libyaml refuses a comment that touches a quote
      #expect(expected.isEmpty)
      return
    }
    #expect(found == expected)
  }

  @Test func inUTF16() throws {
    let bytes: [UInt8] = [0xFF, 0xFE] + "a: 1 # ü\nb: 2 # z".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let found = try Comments.scan(SourceFile(path: "f.yaml", bytes: bytes))
    #expect(found.map(\.text) == ["ü", "z"])
    #expect(found.map(\.span.start) == [.init(line: 1, column: 6), .init(line: 2, column: 6)])
  }

  @Test func needAFileThatIsYAML() {
    #expect(throws: YAMLError.self) { try comments("# c\na: [") }
  }
}
