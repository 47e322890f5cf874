import Diagnostics
import Files
import Foundation
import Testing

@testable import Git

@Suite struct GitRepositoryTests {
  @Test func isFoundFromBelow() throws {
    let scratch = try ScratchRepository()
    try scratch.write("clusters/prod/apps.yaml", "")
    let repository = try GitRepository.open("\(scratch.path)/clusters/prod")
    #expect(repository.workTree == scratch.path)
    #expect(try GitRepository.open("\(scratch.path)/clusters/prod/apps.yaml").workTree == scratch.path)
    #expect(throws: GitError(.notARepository(path: "/nonexistent"))) { try GitRepository.open("/nonexistent") }
    #expect(throws: GitError(.notARepository(path: "/"))) { try GitRepository.open("/") }
  }

  @Test func aCommittedBareRepositoryIsNotEntered() throws {
    let scratch = try ScratchRepository()
    for name in ["HEAD", "config", "objects/x", "refs/x"] {
      try scratch.write("trap/\(name)", "ref: refs/heads/trap\n")
    }
    #expect(try GitRepository.open("\(scratch.path)/trap").workTree == scratch.path)
  }

  @Test func theWorkTreeOfTheConfigurationIsNotFollowed() throws {
    let scratch = try ScratchRepository()
    let config = "[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = /etc\n"
    try scratch.write(".git/config", config)
    #expect(try scratch.opened.workTree == scratch.path)
    let empty = try scratch.commit([:])
    #expect(try scratch.opened.changedFiles(from: empty).isEmpty)
  }

  @Test func opensSparseAndPartialClones() throws {
    let scratch = try ScratchRepository()
    let extensions = "worktreeConfig = true\n\tpartialClone = origin"
    try scratch.write(".git/config", "[core]\n\trepositoryformatversion = 1\n[extensions]\n\t\(extensions)\n")
    let commit = try scratch.commit(["a": .file("a")])
    #expect(try scratch.opened.tree(at: commit).kind(of: RepoPath("a")) == .file)
  }

  @Test func knowsItsBranchAndRemotes() throws {
    let scratch = try ScratchRepository()
    #expect(try scratch.opened.currentBranch == "main", "before the first commit")
    let commit = try scratch.commit(["a": .file("a")], branch: "main")
    try scratch.remote("origin", "https://user:token@git.example.com/team/fleet.git")
    try scratch.remote("fork", "git@git.example.com:me/fleet.git")
    let repository = try scratch.opened
    #expect(repository.currentBranch == "main")
    #expect(
      repository.remotes == [
        "origin": "https://git.example.com/team/fleet.git", "fork": "git@git.example.com:me/fleet.git",
      ])
    try scratch.detach(at: commit)
    #expect(repository.currentBranch == nil)
  }

  @Test(arguments: [
    ("https://git.example.com/a@b", "https://git.example.com/a@b"),
    ("https://t@git.example.com", "https://git.example.com"),
    ("ssh://git@git.example.com/x", "ssh://git@git.example.com/x"), ("http://a:b@c@h/x", "http://h/x"),
  ]) func credentialsAreCutOff(_ url: String, _ shown: String) {
    #expect(GitRepository.withoutCredentials(url) == shown)
  }

  @Test func resolvesRevisions() throws {
    let scratch = try ScratchRepository()
    let first = try scratch.commit(["a": .file("1")], branch: "main")
    let second = try scratch.commit(["a": .file("2")], parents: [first], branch: "main")
    try scratch.reference("refs/remotes/origin/main", to: first)
    try scratch.reference("refs/tags/v1", to: first)
    let repository = try scratch.opened
    for (name, commit) in [
      ("main", second), ("HEAD", second), ("HEAD~1", first), ("main^", first), ("origin/main", first), ("v1", first),
      (second.description, second), (second.short, second),
    ] {
      #expect(try repository.resolve(name) == commit, "\(name)")
    }
    for name in ["nowhere", "HEAD~5", "HEAD:a", "", "0123456789"] {
      #expect(throws: GitError(.unknownRevision(name, isShallow: false))) { try repository.resolve(name) }
    }
  }

  @Test func listsWhatTwoCommitsDifferIn() throws {
    let scratch = try ScratchRepository()
    let first = try scratch.commit(["a": .file("1"), "dir/b": .file("1"), "c": .file("1"), "same": .file("1")])
    let second = try scratch.commit(["a": .file("2"), "c": .link("a"), "dir/d": .file("1"), "same": .file("1")])
    #expect(
      try scratch.opened.changedFiles(from: first, to: second).map { "\($0.path) \($0.change)" } == [
        "a modified", "c modified", "dir/b deleted", "dir/d added",
      ])
    #expect(try scratch.opened.changedFiles(from: first, to: first).isEmpty)
  }

  @Test func listsWhatTheWorkTreeDiffersIn() throws {
    let scratch = try ScratchRepository()
    let commit = try scratch.commit(
      ["a": .file("1"), "gone": .file("1"), "same": .file("1"), ".gitignore": .file("*.log\n")], branch: "main")
    try scratch.stage(commit)
    for (name, text) in [("a", "22"), ("same", "1"), (".gitignore", "*.log\n"), ("new/x.yaml", "x"), ("x.log", "x")] {
      try scratch.write(name, text)
    }
    #expect(
      try scratch.opened.changedFiles(from: commit).map { "\($0.path) \($0.change)" } == [
        "a modified", "gone deleted", "new/x.yaml added",
      ])
  }
}

@Suite struct MergeBaseTests {
  @Test func isWhereABranchWasCut() throws {
    let scratch = try ScratchRepository()
    let root = try scratch.commit(["a": .file("0")])
    let cut = try scratch.commit(["a": .file("1")], parents: [root])
    let main = try scratch.commit(["a": .file("2")], parents: [cut])
    let branch = try scratch.commit(["a": .file("3")], parents: [cut])
    let repository = try scratch.opened
    #expect(try repository.mergeBase(main, branch) == cut)
    #expect(try repository.mergeBase(branch, main) == cut)
    #expect(try repository.mergeBase(cut, branch) == cut)
    #expect(try repository.mergeBase(main, main) == main)
  }

  @Test func isTheLastMergeWhereThereWereSeveral() throws {
    let scratch = try ScratchRepository()
    let cut = try scratch.commit(["a": .file("0")])
    let main = try scratch.commit(["a": .file("1")], parents: [cut])
    let branch = try scratch.commit(["a": .file("2")], parents: [cut])
    let merged = try scratch.commit(["a": .file("3")], parents: [branch, main])
    let later = try scratch.commit(["a": .file("4")], parents: [main])
    #expect(try scratch.opened.mergeBase(merged, later) == main)
  }

  /// Clocks of committers differ: the ancestor is newer than its descendants.
  @Test func doesNotTrustTheClock() throws {
    let scratch = try ScratchRepository()
    let root = try scratch.commit(["a": .file("0")], time: 9_000_000_000)
    let cut = try scratch.commit(["a": .file("1")], parents: [root], time: 1_000)
    let main = try scratch.commit(["a": .file("2")], parents: [cut], time: 5_000)
    let branch = try scratch.commit(["a": .file("3")], parents: [cut], time: 4_000)
    #expect(try scratch.opened.mergeBase(main, branch) == cut)
  }

  @Test func needsACommonHistory() throws {
    let scratch = try ScratchRepository()
    let one = try scratch.commit(["a": .file("1")])
    let other = try scratch.commit(["a": .file("2")])
    #expect(throws: GitError(.noMergeBase(one, other, isShallow: false))) { try scratch.opened.mergeBase(one, other) }
  }

  @Test func inAShallowCloneSaysWhatToFetchOnlyWhenNeeded() throws {
    let scratch = try ScratchRepository()
    let missing = try scratch.commit(["a": .file("0")])
    let cut = try scratch.commit(["a": .file("1")], parents: [missing])
    let main = try scratch.commit(["a": .file("2")], parents: [cut])
    let branch = try scratch.commit(["a": .file("3")], parents: [cut])
    let old = try scratch.commit(["a": .file("4")], parents: [missing])
    try scratch.cut(missing, below: cut)
    let repository = try scratch.opened
    #expect(repository.isShallow)
    #expect(try repository.mergeBase(main, branch) == cut, "the base is there, though not its parent")
    let error = #expect(throws: GitError(.noMergeBase(main, old, isShallow: true))) {
      try repository.mergeBase(main, old)
    }
    #expect(error?.message.contains("git fetch --deepen") == true)
    #expect(throws: GitError(.unknownRevision("main~9", isShallow: true))) { try repository.resolve("main~9") }
  }

  @Test(.timeLimit(.minutes(1))) func isFastOnALongHistory() throws {
    let scratch = try ScratchRepository()
    var last = try scratch.commit(["a": .file("0")])
    let root = last
    for _ in 0..<500 { last = try scratch.commit(["a": .file("0")], parents: [last]) }
    let other = try scratch.commit(["a": .file("1")], parents: [root])
    #expect(try scratch.opened.mergeBase(last, other) == root)
  }
}
