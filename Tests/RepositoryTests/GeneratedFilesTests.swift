import Files
import Generate
import Policies
import Rules
import TestSupport
import Testing

@Suite struct GeneratedFilesTests {
  @Test func areFresh() throws {
    let tree = try Repository.tree(["Sources/Rules", "policies", "testdata/rules"])
    for output in Generator.outputs {
      let committed = Repository.exists(output.path) ? try Repository.text(output.path) : ""
      #expect(committed == (try output.render(tree)), "\(output.path) is stale: run `swift run sluice-dev generate`")
    }
  }

  @Test func nothingIsLeftOver() {
    let generated = Set(Generator.outputs.map(\.path))
    let pages = Repository.files(below: "docs/rules")
    #expect(pages.filter { !generated.contains($0) } == [])
  }
}

@Suite struct CatalogueTests {
  @Test func idsAreUniqueAndPlain() {
    let ids = Rule.catalogue.map(\.id)
    #expect(Set(ids).count == ids.count)
    for id in ids {
      #expect(id.allSatisfy { ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-" }, "\(id)")
    }
  }

  @Test func everyRuleIsInAPack() {
    let packed = Set(Pack.builtIn.flatMap(\.entries).map(\.rule))
    #expect(Rule.catalogue.map(\.id).filter { !packed.contains($0) } == [])
  }

  @Test func everyFileIsNamedAfterItsRule() throws {
    for rule in Rule.catalogue {
      let name = rule.id.split(separator: "-").joined()
      let files = Repository.files(below: "Sources/Rules").filter {
        ($0.split(separator: "/").last ?? "").lowercased() == "\(name).swift"
      }
      #expect(files.count == 1, "\(rule.id) has no file of its own")
    }
  }

  @Test func textsKeepToTheirForm() {
    for rule in Rule.catalogue {
      #expect(!rule.title.isEmpty && !rule.title.hasSuffix(".") && rule.title.first?.isUppercase != true, "\(rule.id)")
      #expect(rule.why.hasSuffix(".") && rule.remedy.hasSuffix("."), "\(rule.id)")
    }
  }

  @Test func theScaffoldMakesBothFiles() throws {
    let files = try RuleScaffold.files(id: "source-too-large", chapter: "Sources")
    #expect(files.map(\.path) == ["Sources/Rules/Sources/SourceTooLarge.swift", "testdata/rules/source-too-large.md"])
    #expect(files[0].text.contains("static let sourceTooLarge = Rule("))
    #expect(throws: GenerationError.self) { try RuleScaffold.files(id: "Bad Id", chapter: "Sources") }
    #expect(throws: GenerationError.self) { try RuleScaffold.files(id: "dependency-cycle", chapter: "Sources") }
  }
}
