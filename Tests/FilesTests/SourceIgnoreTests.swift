import Diagnostics
import Files
import Testing

@Suite struct IgnorePatternTests {
  /// Pattern, path (a directory when it ends in `/`), whether it is excluded.
  @Test(arguments: [
    ("*.png", "logo.png", true),
    ("*.png", "docs/logo.png", true),
    ("*.png", "docs/logo.png.yaml", false),
    ("docs/", "docs/", true),
    ("docs/", "docs", false),
    ("docs/", "docs/a.yaml", true),
    ("docs/", "apps/docs/a.yaml", true),
    ("docs", "docs", true),
    ("/docs", "docs/a.yaml", true),
    ("/docs", "apps/docs/a.yaml", false),
    ("apps/docs", "apps/docs/a.yaml", true),
    ("apps/docs", "x/apps/docs/a.yaml", false),
    ("apps/docs/", "apps/docs", false),
    ("apps/docs/", "apps/docs/", true),
    ("**/docs", "docs", true),
    ("**/docs", "apps/x/docs/a.yaml", true),
    ("apps/**/docs", "apps/docs/a.yaml", true),
    ("apps/**/docs", "apps/x/y/docs/a.yaml", true),
    ("apps/**/docs", "x/apps/docs", false),
    ("apps/**", "apps/a.yaml", true),
    ("apps/**", "apps/", true),
    ("**/a/b", "a/x/a/b", false),  // the first `a` is taken
    ("**/.flux.yaml", ".flux.yaml", true),
    ("/**/web.yaml", "a/b/web.yaml", true),
    ("apps/**web", "apps/xweb", false),
    ("**web", "xweb", true),
    ("/*", "apps/web/a.yaml", true),
    ("/*/", "apps", false),
    ("/*/", "apps/web", true),
    ("a?c", "abc", true),
    ("a?c", "ac", false),
    ("[a-c].yaml", "b.yaml", true),
    ("[^a-c].yaml", "b.yaml", false),
    ("[^a-c].yaml", "d.yaml", true),
    ("[!a].yaml", "!.yaml", true),
    ("[a", "[a", false),
    ("[]", "]", false),
    ("a\\", "a", false),
    ("\\*", "*", true),
    ("\\*", "x", false),
    ("\\#a", "#a", true),
    ("name  ", "name", true),
    ("name\\ ", "name ", true),
    ("na me", "na me", true),
    ("*a*b*c", "xxaxxbxxbxxc", true),
    ("*a*b*c", "xxaxxbxxbxxd", false),
    ("ö?", "öü", true),
    ("/", "a", false),
    ("**", "a/b", true),
  ]) func matchesAsFluxDoes(_ pattern: String, _ text: String, _ excluded: Bool) throws {
    let isDirectory = text.hasSuffix("/")
    let ignore = SourceIgnore(patterns: [IgnorePattern(pattern)])
    #expect(try ignore.excludes(RepoPath(text), isDirectory: isDirectory) == excluded, "\(pattern) on \(text)")
  }

  @Test(.timeLimit(.minutes(1))) func starsTakeNoExponentialTime() throws {
    let pattern = String(repeating: "*a", count: 200) + "b"
    let ignore = SourceIgnore(patterns: [IgnorePattern(pattern)])
    #expect(try !ignore.excludes(RepoPath(String(repeating: "a", count: 2_000)), isDirectory: false))
  }

  @Test func theLastMatchingPatternDecides() throws {
    let ignore = SourceIgnore(patterns: ["/*", "!/apps", "/apps/secret/", "!keep.yaml"].map { IgnorePattern($0) })
    for (path, excluded) in [
      ("README.md", true), ("apps/web.yaml", false), ("apps/secret/a.yaml", true), ("apps/secret/keep.yaml", false),
      ("keep.yaml/x", false),
    ] {
      #expect(try ignore.excludes(RepoPath(path), isDirectory: false) == excluded, "\(path)")
    }
    #expect(try ignore.decision(for: RepoPath("apps/web.yaml"), isDirectory: false)?.text == "!/apps")
  }

  @Test func aDomainLimitsAPattern() throws {
    let ignore = SourceIgnore(patterns: [IgnorePattern("/a.yaml", domain: try RepoPath("apps/web"))])
    #expect(try ignore.excludes(RepoPath("apps/web/a.yaml"), isDirectory: false))
    #expect(try !ignore.excludes(RepoPath("a.yaml"), isDirectory: false))
    #expect(try !ignore.excludes(RepoPath("apps/web"), isDirectory: true))
    #expect(try !ignore.excludes(RepoPath("apps/api/a.yaml"), isDirectory: false))
  }
}

@Suite struct SourceIgnoreTests {
  private func kept(_ texts: [String: String], _ make: (MemoryTree) throws -> SourceIgnore) throws -> [String] {
    let tree = try MemoryTree(texts: texts)
    return try TreeWalk(IgnoringTree(tree, without: make(tree))).files.map(\.string)
  }

  private let files = [
    "apps/web.yaml": "", "logo.png": "", ".github/ci.yaml": "", ".sops.yaml": "", ".gitignore": "",
    "charts/a.tar.gz": "",
    "sub/.gitattributes": "", "sub/cloudbuild.yaml": "",
  ]

  @Test func byDefaultPicturesArchivesAndFilesOfOtherToolsAreLeftOut() throws {
    #expect(try kept(files) { try .repository($0) } == ["apps/web.yaml"])
  }

  @Test func specIgnoreReplacesTheDefaultsButNotGitsOwn() throws {
    #expect(
      try kept(files) { try .repository($0, specIgnore: .init("# only this\n\n/apps\n")) } == [
        ".github/ci.yaml", ".sops.yaml", "charts/a.tar.gz", "logo.png", "sub/cloudbuild.yaml",
      ])
  }

  @Test func commentsAloneReplaceNothing() throws {
    #expect(try kept(files) { try .repository($0, specIgnore: .init("# nothing\n  \n")) } == ["apps/web.yaml"])
  }

  @Test func ignoreFilesCountBelowTheirDirectoryAndReplaceTheDefaultsToo() throws {
    let texts = [
      ".sourceignore": "*.md\r\n", "a.md": "", "logo.png": "", "apps/.sourceignore": "/web\n!b.md\n", "apps/web/x": "",
      "apps/b.md": "", "web/x": "",
    ]
    #expect(
      try kept(texts) { try .repository($0) } == [
        ".sourceignore", "apps/.sourceignore", "apps/b.md", "logo.png", "web/x",
      ])
    #expect(
      try kept(texts) { try .repository($0, specIgnore: .init("b.md")) } == [
        ".sourceignore", "apps/.sourceignore", "logo.png", "web/x",
      ], "spec.ignore comes last and wins")
  }

  @Test func aNegationBringsAFileBackOutOfAnExcludedDirectory() throws {
    let texts = ["docs/a.md": "", "docs/deep/keep.yaml": "", "apps/web.yaml": ""]
    let tree = try MemoryTree(texts: texts)
    let artifact = try IgnoringTree(tree, without: .repository(tree, specIgnore: .init("docs/\n!keep.yaml")))
    #expect(try TreeWalk(artifact).files.map(\.string) == ["apps/web.yaml", "docs/deep/keep.yaml"])
    #expect(try artifact.kind(of: RepoPath("docs/deep")) == .directory)
    #expect(try artifact.file(at: RepoPath("docs/a.md")) == nil)
    #expect(try artifact.exclusion(of: RepoPath("docs/a.md"))?.text == "docs/")
  }

  @Test func everythingButOneDirectory() throws {
    #expect(
      try kept(["apps/web.yaml": "", "infra/x.yaml": "", "top.yaml": ""]) {
        try .repository($0, specIgnore: .init("/*\n!/apps"))
      } == ["apps/web.yaml"])
  }

  @Test func aPatternKnowsItsPlace() throws {
    let tree = try MemoryTree(texts: ["apps/.sourceignore": "# c\n*.md\n"])
    let pattern = try SourceIgnore.repository(tree).decision(for: RepoPath("apps/x.md"), isDirectory: false)
    #expect(pattern?.location?.description == "apps/.sourceignore:2:1")
  }

  @Test func aBucketReadsOnlyTheFileAtItsRootAndHasNoDefaults() throws {
    let texts = [
      ".sourceignore": "*.md", "a.md": "", "logo.png": "", "x/.sourceignore": "*", "x/y": "", ".gitignore": "",
    ]
    #expect(try kept(texts) { try .bucket($0) } == [".gitignore", "logo.png", "x/.sourceignore", "x/y"])
    #expect(try kept(texts) { try .bucket($0, specIgnore: .init("!a.md\nx/")) } == [".gitignore", "a.md", "logo.png"])
  }

  @Test func aLineThatIsTooLongEndsTheFile() throws {
    let long = String(repeating: "x", count: 70_000)
    #expect(
      try kept([".sourceignore": "a\n\(long)\nb", "a": "", "b": ""]) { try .repository($0) } == [".sourceignore", "b"])
  }

  @Test func linksAreNoPartOfAnArtifact() throws {
    let scratch = try ScratchDirectory()
    for name in ["root", "root/base"] { scratch.directory(name) }
    try scratch.file("root/base/a.yaml", "a")
    scratch.link("root/link.yaml", to: "base/a.yaml")
    scratch.link("root/dir", to: "base")
    let tree = try scratch.tree()
    let artifact = try IgnoringTree(tree, without: .repository(tree))
    #expect(try artifact.entries(of: .root)?.map(\.name) == ["base"])
    for path in ["link.yaml", "dir", "dir/a.yaml"] {
      #expect(try artifact.kind(of: RepoPath(path)) == nil)
      #expect(try artifact.file(at: RepoPath(path)) == nil)
    }
  }
}
